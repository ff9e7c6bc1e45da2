/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures with a known truth, drawn for the tests of cutting out. Lengths are
 * shares of the shorter side. */

#include "config.h"

#include <math.h>

#include "cut-out-drawing.h"
#include "dio-random.h"

#define SAMPLES 4

/* A sail, and a thin rope from its top to where it ends below; between the two
 * is what is behind. */
static gboolean
is_in_sail (double x,
            double y)
{
  gboolean is_mast = fabs (x + 0.2) < 0.02 && y > -0.4 && y < 0.2;
  gboolean is_yard = fabs (y + 0.38) < 0.012 && x > -0.22 && x < -0.1;
  gboolean is_sail = y > -0.25 && y < 0.05 && x > -0.2 && x < -0.2 + 0.8 * (y + 0.25);
  gboolean is_rope = fabs (x + 0.12 - 0.6 * (y + 0.38)) < 0.006 && y > -0.38 && y < 0.2;
  gboolean is_hull = y > 0.14 && y < 0.29 && fabs (x - 0.02) < 0.3;

  return is_mast || is_yard || is_sail || is_rope || is_hull;
}

static gboolean
is_in_pot (double x,
           double y)
{
  double bottom = 0.22 + 0.05 * sqrt (MAX (0.0, 1.0 - x * x / 0.05));

  return y > -0.25 && y < bottom && fabs (x) < 0.28 - 0.15 * (y + 0.25);
}

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
    case DRAWING_SAIL:
      return is_in_sail (x, y);
    case DRAWING_POT:
      return is_in_pot (x, y);
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

/* How much of the light the foot of a pot keeps from the ground, to its right:
 * nearly black under it, and then lighter within a few pixels. */
static double
shade_foot (int x,
            int y,
            int width,
            int height)
{
  double side = MIN (width, height);
  double u = (x - 0.5 * width) / side - 0.1;
  double v = (y - 0.5 * height) / side - 0.235;

  return 0.55 / (1.0 + exp (12.0 * (sqrt (u * u / 0.024 + v * v / 0.0022) - 1.0)));
}

/* Sets what there is behind the thing. */
static void
draw_behind (DrawingShape shape,
             int          x,
             int          y,
             int          width,
             int          height,
             double       colour[3])
{
  static const double sweep[3] = { 0.97, 1.0, 1.02 };
  static const double lilac[3] = { 0.88, 0.84, 1.02 };
  double light = shade_backdrop (x, y, width, height);
  double foot = shape == DRAWING_POT ? shade_foot (x, y, width, height) : 0.0;
  double side = MIN (width, height);
  double away = hypot (x - 0.45 * width, y - 0.4 * height) / side;
  double glow = shape == DRAWING_SAIL ? 0.02 * exp (-away * away / 0.04) : 0.0;

  for (int c = 0; c < 3; c++)
    colour[c] = light * (1.0 - foot) * (shape == DRAWING_SAIL ? lilac[c] : sweep[c]);
  colour[0] += colour[0] * (glow + 0.1 * foot);
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
  Drawing *self = g_new0 (Drawing, 1);

  self->picture = dio_pixels_new (width, height, 3);
  self->truth = g_new (guint8, (gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = dio_pixels_row (self->picture, y) + x * 3;
        double a = cover (shape, x, y, width, height);
        double behind[3];
        double light = 0.8 + 0.3 * y / height;

        draw_behind (shape, x, y, width, height, behind);
        self->truth[(gsize) y * width + x] = (guint8) (a * 255.0 + 0.5);
        for (int c = 0; c < 3; c++)
          pixel[c] = to_byte (a * thing[c] * light + (1.0 - a) * behind[c], ((guint) y * width + x) * 3 + c);
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
