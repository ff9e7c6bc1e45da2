/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures with a known truth, drawn for the tests of cutting out. Lengths are
 * shares of the shorter side. */

#include "config.h"

#include <math.h>

#include "cut-out-drawing.h"
#include "dio-random.h"

#define SAMPLES 4

static gboolean
is_inside (DrawingShape shape,
           double       x,
           double       y)
{
  double radius = hypot (x, y);

  switch (shape)
    {
    case DRAWING_DISC:
      return radius < 0.3;
    case DRAWING_RING:
      return radius < 0.32 && radius > 0.17;
    case DRAWING_COMB:
    default:
      return fabs (x) < 0.35
             && (fabs (y + 0.2) < 0.05 || (y > -0.2 && y < 0.15 && fmod (x + 10.0, 0.05) < 0.016));
    }
}

static double
cover (DrawingShape shape,
       int          x,
       int          y,
       int          width,
       int          height)
{
  double side = MIN (width, height);
  int n = 0;

  for (int v = 0; v < SAMPLES; v++)
    for (int u = 0; u < SAMPLES; u++)
      n += is_inside (shape,
                      (x + (u + 0.5) / SAMPLES - 0.5 * width) / side,
                      (y + (v + 0.5) / SAMPLES - 0.5 * height) / side);

  return n / (double) (SAMPLES * SAMPLES);
}

static double
shade_backdrop (int x,
                int y,
                int width,
                int height)
{
  double side = MIN (width, height);
  double u = (x - 0.58 * width) / side;
  double v = (y - 0.78 * height) / side;
  double shadow = 0.4 * exp (-(u * u / 0.05 + v * v / 0.004));

  return (0.92 - 0.14 * y / height - 0.06 * x / width) * (1.0 - shadow);
}

static guint8
to_byte (double value,
         guint   seed)
{
  double noise = 4.0 * dio_random_unit (1, seed, 0) - 2.0;

  return (guint8) CLAMP (255.0 * value + noise + 0.5, 0.0, 255.0);
}

Drawing *
drawing_new (DrawingShape shape,
             int          width,
             int          height)
{
  static const double thing[3] = { 0.72, 0.2, 0.14 };
  static const double sweep[3] = { 0.97, 1.0, 1.02 };
  Drawing *self = g_new0 (Drawing, 1);

  self->picture = dio_pixels_new (width, height, 3);
  self->truth = g_new (guint8, (gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = dio_pixels_row (self->picture, y) + x * 3;
        double a = cover (shape, x, y, width, height);
        double behind = shade_backdrop (x, y, width, height);
        double light = 0.8 + 0.3 * y / height;

        self->truth[(gsize) y * width + x] = (guint8) (a * 255.0 + 0.5);
        for (int c = 0; c < 3; c++)
          pixel[c] = to_byte (a * thing[c] * light + (1.0 - a) * behind * sweep[c], ((guint) y * width + x) * 3 + c);
      }

  return self;
}

void
drawing_free (Drawing *self)
{
  dio_pixels_unref (self->picture);
  g_free (self->truth);
  g_free (self);
}

/* Blotches of several sizes and colours, as leaves or gravel. */
DioPixels *
drawing_busy (int width,
              int height)
{
  DioPixels *picture = dio_pixels_new (width, height, 3);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        {
          double coarse = dio_random_unit (7, (guint) (y / 24 * 4096 + x / 24), c);
          double fine = dio_random_unit (8, (guint) (y / 7 * 4096 + x / 7), c);

          dio_pixels_row (picture, y)[x * 3 + c] = (guint8) (255.0 * (0.6 * coarse + 0.4 * fine));
        }

  return picture;
}

DioPixels *
drawing_plain (int    width,
               int    height,
               int    channels,
               guint8 value)
{
  DioPixels *picture = dio_pixels_new (width, height, channels);

  for (int y = 0; y < height; y++)
    for (int i = 0; i < width * channels; i++)
      dio_pixels_row (picture, y)[i] = value;

  return picture;
}
