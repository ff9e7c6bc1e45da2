/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture in ever smaller versions. Each has half the sides of the one before
 * it, and its pixels are the plain means of four. May be made in any thread, and
 * be read by many at once. */

#include "config.h"

#include "dio-pyramid.h"

#include "dio-image-decode.h"

/* Nothing is gained by going below it. */
#define SMALLEST_SIDE 64
#define MAX_LEVELS 16

struct _DioPyramid
{
  int        width;  /* of the whole picture, which may be larger than any level */
  int        height;
  guint      n_levels;
  guint      first;              /* halvings before the first level that is kept */
  DioPixels *levels[MAX_LEVELS]; /* (owned): the largest first */
};

G_DEFINE_BOXED_TYPE (DioPyramid, dio_pyramid, dio_pyramid_ref, dio_pyramid_unref)

/* The mean of four, rounded; where an edge has no second row or column the first
 * counts twice. */
static void
halve_row_opaque (const guint8 *upper,
                  const guint8 *lower,
                  guint8       *target,
                  int           width)
{
  int n_pairs = width / 2;

  for (int x = 0; x < n_pairs; x++)
    for (int c = 0; c < 3; c++)
      target[x * 3 + c] = (upper[x * 6 + c] + upper[x * 6 + 3 + c] + lower[x * 6 + c] + lower[x * 6 + 3 + c] + 2) / 4;

  if (width % 2 == 1)
    for (int c = 0; c < 3; c++)
      target[n_pairs * 3 + c] = (upper[n_pairs * 6 + c] + lower[n_pairs * 6 + c] + 1) / 2;
}

/* What is transparent has no say in the colour. */
static void
halve_row_alpha (const guint8 *upper,
                 const guint8 *lower,
                 guint8       *target,
                 int           width)
{
  for (int x = 0; x < (width + 1) / 2; x++)
    {
      int right = MIN (x * 2 + 1, width - 1);
      const guint8 *four[4] = { upper + x * 8, upper + right * 4, lower + x * 8, lower + right * 4 };
      guint alpha = four[0][3] + four[1][3] + four[2][3] + four[3][3];

      for (int c = 0; c < 3; c++)
        {
          guint sum = 0;

          for (int i = 0; i < 4; i++)
            sum += four[i][c] * four[i][3];
          target[x * 4 + c] = alpha > 0 ? (sum + alpha / 2) / alpha : 0;
        }
      target[x * 4 + 3] = (alpha + 2) / 4;
    }
}

static DioPixels *
halve (const DioPixels *source)
{
  DioPixels *target = dio_pixels_new ((source->width + 1) / 2, (source->height + 1) / 2, source->channels);

  for (int y = 0; y < target->height; y++)
    {
      const guint8 *upper = dio_pixels_row (source, y * 2);
      const guint8 *lower = dio_pixels_row (source, MIN (y * 2 + 1, source->height - 1));

      if (source->channels == 3)
        halve_row_opaque (upper, lower, dio_pixels_row (target, y), source->width);
      else
        halve_row_alpha (upper, lower, dio_pixels_row (target, y), source->width);
    }

  return target;
}

static gsize
count_bytes (const DioPixels *pixels)
{
  return (gsize) pixels->height * pixels->stride;
}

static gboolean
is_smallest (const DioPixels *pixels)
{
  return MAX (pixels->width, pixels->height) <= SMALLEST_SIDE;
}

/**
 * dio_pyramid_new:
 * @pixels: (transfer full): the picture, in full size
 * @max_bytes: how many bytes its largest version may have, or 0 for no limit
 * @cancellable: (nullable): ends the work
 *
 * Takes a while: for worker threads.
 *
 * Returns: (transfer full) (nullable): the pyramid, or %NULL when cancelled
 */
DioPyramid *
dio_pyramid_new (DioPixels    *pixels,
                 gsize         max_bytes,
                 GCancellable *cancellable)
{
  g_autoptr(DioPyramid) self = g_atomic_rc_box_new0 (DioPyramid);
  g_autoptr(DioPixels) largest = pixels;

  self->width = pixels->width;
  self->height = pixels->height;

  while (max_bytes > 0 && count_bytes (largest) > max_bytes && !is_smallest (largest))
    {
      DioPixels *half = halve (largest);

      dio_pixels_unref (largest);
      largest = half;
      self->first++;
    }

  self->levels[self->n_levels++] = g_steal_pointer (&largest);
  while (!is_smallest (self->levels[self->n_levels - 1]) && self->n_levels < MAX_LEVELS)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      self->levels[self->n_levels] = halve (self->levels[self->n_levels - 1]);
      self->n_levels++;
    }

  return g_steal_pointer (&self);
}

/**
 * dio_pyramid_decode:
 * @bytes: a file, whole
 * @max_bytes: see dio_pyramid_new()
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full): the picture, upright
 */
DioPyramid *
dio_pyramid_decode (GBytes        *bytes,
                    gsize          max_bytes,
                    GCancellable  *cancellable,
                    GError       **error)
{
  DioPixels *pixels = dio_image_decode (bytes, 0, NULL, cancellable, error);
  DioPyramid *self;

  if (pixels == NULL)
    return NULL;

  self = dio_pyramid_new (pixels, max_bytes, cancellable);
  if (self == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, error);

  return self;
}

/**
 * dio_pyramid_ref:
 * @self: a pyramid
 *
 * Returns: (transfer full): the same
 */
DioPyramid *
dio_pyramid_ref (DioPyramid *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (DioPyramid *self)
{
  for (guint i = 0; i < self->n_levels; i++)
    dio_pixels_unref (self->levels[i]);
}

/**
 * dio_pyramid_unref:
 * @self: (transfer full): a pyramid
 */
void
dio_pyramid_unref (DioPyramid *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * dio_pyramid_get_width:
 * @self: a pyramid
 *
 * Returns: the width of the whole picture
 */
int
dio_pyramid_get_width (const DioPyramid *self)
{
  return self->width;
}

/**
 * dio_pyramid_get_height:
 * @self: a pyramid
 *
 * Returns: the height of the whole picture
 */
int
dio_pyramid_get_height (const DioPyramid *self)
{
  return self->height;
}

/**
 * dio_pyramid_get_n_levels:
 * @self: a pyramid
 *
 * Returns: how many versions there are, at least one
 */
guint
dio_pyramid_get_n_levels (const DioPyramid *self)
{
  return self->n_levels;
}

/**
 * dio_pyramid_get_level:
 * @self: a pyramid
 * @level: 0 for the largest
 *
 * Returns: (transfer none): a version of the picture
 */
const DioPixels *
dio_pyramid_get_level (const DioPyramid *self,
                       guint             level)
{
  g_return_val_if_fail (level < self->n_levels, NULL);

  return self->levels[level];
}

/**
 * dio_pyramid_choose_level:
 * @self: a pyramid
 * @scale: pixels of the screen per pixel of the whole picture
 *
 * Returns: the smallest version that has a pixel for each of the screen
 */
guint
dio_pyramid_choose_level (const DioPyramid *self,
                          double            scale)
{
  guint level = 0;

  scale *= 1 << self->first;
  while (level + 1 < self->n_levels && scale * 2 <= 1.0)
    {
      scale *= 2;
      level++;
    }

  return level;
}

/**
 * dio_pyramid_read_pixel:
 * @self: a pyramid
 * @x: in the whole picture
 * @y: in the whole picture
 * @rgba: (out): its colour, and how opaque it is
 *
 * Returns: %FALSE for a place beside the picture
 */
gboolean
dio_pyramid_read_pixel (const DioPyramid *self,
                        int               x,
                        int               y,
                        guint8            rgba[4])
{
  const DioPixels *level = self->levels[0];
  const guint8 *pixel;

  if (x < 0 || y < 0 || x >= self->width || y >= self->height)
    return FALSE;

  pixel = dio_pixels_row (level, y >> self->first) + (x >> self->first) * level->channels;
  for (int c = 0; c < 3; c++)
    rgba[c] = pixel[c];
  rgba[3] = level->channels == 4 ? pixel[3] : 255;

  return TRUE;
}
