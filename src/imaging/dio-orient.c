/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns stored pixels upright. */

#include "config.h"

#include "dio-orient-private.h"

#include <string.h>

/* Side of the squares that are turned at a time, so that rows of both pictures
 * stay in the processor's cache. */
#define SQUARE 32

/* Where the new pixels are in the old ones. */
typedef struct
{
  const guint8 *start;
  gssize        right; /* from a pixel to the one that becomes its right neighbour */
  gssize        down;
} Walk;

/**
 * dio_orient_get_turn:
 * @orientation: EXIF orientation, 1 to 8
 *
 * Returns: how what is stored so becomes upright
 */
DioTurn
dio_orient_get_turn (int orientation)
{
  return (DioTurn) {
    .is_lying = orientation >= 5,
    .is_from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8,
    .is_from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7,
  };
}

static Walk
plan_walk (const guint8 *data,
           int           width,
           int           height,
           int           stride,
           int           channels,
           int           orientation)
{
  Walk walk = { data, channels, stride };
  DioTurn turn = dio_orient_get_turn (orientation);
  gssize across = channels;
  gssize along = stride;

  if (turn.is_from_right)
    {
      walk.start += (gsize) (width - 1) * channels;
      across = -across;
    }
  if (turn.is_from_bottom)
    {
      walk.start += (gsize) (height - 1) * stride;
      along = -along;
    }

  walk.right = turn.is_lying ? along : across;
  walk.down = turn.is_lying ? across : along;

  return walk;
}

static void
copy_square (const Walk *walk,
             DioPixels  *pixels,
             int         x0,
             int         y0)
{
  int n = MIN (SQUARE, pixels->width - x0);
  int channels = pixels->channels;

  for (int y = y0; y < MIN (y0 + SQUARE, pixels->height); y++)
    {
      const guint8 *in = walk->start + y * walk->down + x0 * walk->right;
      guint8 *out = dio_pixels_row (pixels, y) + x0 * channels;

      if (walk->right == channels)
        {
          memcpy (out, in, n * channels);
          continue;
        }

      for (int x = 0; x < n; x++, in += walk->right, out += channels)
        {
          out[0] = in[0];
          out[1] = in[1];
          out[2] = in[2];
          if (channels == 4)
            out[3] = in[3];
        }
    }
}

/**
 * dio_orient_copy:
 * @data: the first row
 * @width: as stored
 * @height: as stored
 * @stride: bytes from one row to the next
 * @old_channels: 3 or 4
 * @new_channels: @old_channels, or 3 to leave alpha behind
 * @orientation: EXIF orientation, 1 to 8
 *
 * Returns: (transfer full): the picture upright
 */
DioPixels *
dio_orient_copy (const guint8 *data,
                 int           width,
                 int           height,
                 int           stride,
                 int           old_channels,
                 int           new_channels,
                 int           orientation)
{
  Walk walk = plan_walk (data, width, height, stride, old_channels, orientation);
  DioPixels *pixels = orientation >= 5 ? dio_pixels_new (height, width, new_channels)
                                       : dio_pixels_new (width, height, new_channels);

  for (int y = 0; y < pixels->height; y += SQUARE)
    for (int x = 0; x < pixels->width; x += SQUARE)
      copy_square (&walk, pixels, x, y);

  return pixels;
}

/**
 * dio_orient_take:
 * @pixels: (transfer full): as stored
 * @orientation: EXIF orientation, 1 to 8
 *
 * Returns: (transfer full): the picture upright: @pixels where it is
 */
DioPixels *
dio_orient_take (DioPixels *pixels,
                 int        orientation)
{
  DioPixels *upright;

  if (orientation == 1)
    return pixels;

  upright = dio_orient_copy (pixels->data, pixels->width, pixels->height, pixels->stride,
                             pixels->channels, pixels->channels, orientation);
  dio_pixels_unref (pixels);

  return upright;
}
