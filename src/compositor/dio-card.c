/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole photo as a thing to be placed: what is done with a subject that
 * cannot be told from its backdrop, rather than to tear it out. */

#include "config.h"

#include "dio-card.h"

#include <math.h>
#include <string.h>

#include "dio-cut-out-private.h"

/* Of the corners, in parts of the shorter side. */
#define RADIUS 0.025

/* How much of a pixel lies inside the card's corners. */
static float
get_cover (int    x,
           int    y,
           int    width,
           int    height,
           double radius)
{
  double dx = radius - MIN (x + 0.5, width - x - 0.5);
  double dy = radius - MIN (y + 0.5, height - y - 0.5);

  if (dx <= 0.0 || dy <= 0.0)
    return 1.0f;

  return (float) CLAMP (radius - sqrt (dx * dx + dy * dy) + 0.5, 0.0, 1.0);
}

/**
 * dio_card_new:
 * @picture: a photo
 *
 * Returns: (transfer full): @picture with rounded corners, flagged as busy
 */
DioCutOut *
dio_card_new (const DioPixels *picture)
{
  DioCutOut *self = dio_cut_out_alloc ();
  int width = picture->width;
  int height = picture->height;
  double radius = RADIUS * MIN (width, height);

  self->rgba = dio_pixels_new (width, height, 4);
  self->flag = DIO_CUT_OUT_BUSY_BACKDROP;
  self->box_width = width;
  self->box_height = height;

  for (int y = 0; y < height; y++)
    {
      const guint8 *in = dio_pixels_row (picture, y);
      guint8 *out = dio_pixels_row (self->rgba, y);

      for (int x = 0; x < width; x++, in += picture->channels, out += 4)
        {
          float alpha = picture->channels == 4 ? in[3] : 255.0f;

          memcpy (out, in, 3);
          out[3] = (guint8) (alpha * get_cover (x, y, width, height, radius) + 0.5f);
        }
    }

  return self;
}
