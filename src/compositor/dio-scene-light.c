/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the light of a scene comes from. */

#include "config.h"

#include "dio-scene-private.h"

#include <math.h>

#include "dio-oklab.h"
#include "dio-sample.h"

#define N_BINS 256

typedef struct
{
  double weight;
  double bins[N_BINS];
} Tones;

/* On the square root of light, so that shadows get bins too. */
static void
count_tones (Tones           *tones,
             const DioBuffer *linear,
             int              first,
             int              last)
{
  for (int y = first; y < last; y++)
    for (int x = 0; x < linear->width; x++)
      {
        float tone = sqrtf (CLAMP (dio_luminance (dio_buffer_at (linear, x, y)), 0.0f, 1.0f));

        tones->bins[MIN ((int) (tone * N_BINS), N_BINS - 1)] += 1.0;
        tones->weight += 1.0;
      }
}

static double
get_percentile (const Tones *tones,
                double       fraction)
{
  double sum = 0.0;

  for (int i = 0; i < N_BINS; i++)
    {
      sum += tones->bins[i];
      if (sum >= fraction * tones->weight)
        return (i + 0.5) / N_BINS * (i + 0.5) / N_BINS;
    }

  return 1.0;
}

/* Mean distance from grey of what is brighter than @threshold. */
static double
measure_bright_chroma (const DioBuffer *linear,
                       int              last,
                       double           threshold)
{
  double sum = 0.0;
  double n = 0.0;

  for (int y = 0; y < last; y++)
    for (int x = 0; x < linear->width; x++)
      {
        const float *rgb = dio_buffer_at (linear, x, y);
        float lab[3];

        if (dio_luminance (rgb) < threshold)
          continue;
        dio_oklab_from_linear (rgb, lab);
        sum += MAX (0.0f, lab[2]);
        n += 1.0;
      }

  return n > 0.0 ? sum / n : 0.0;
}

/* A low sun in the picture: the sky is far brighter than the ground, and warm. */
static double
find_backlight (const DioBuffer *linear,
                int              horizon)
{
  Tones above = { 0 };
  Tones below = { 0 };
  double sky, ground;

  count_tones (&above, linear, 0, horizon);
  count_tones (&below, linear, horizon, linear->height);
  sky = get_percentile (&above, 0.93);
  ground = MAX (0.004, get_percentile (&below, 0.5));

  return dio_smooth_step (3.0f, 9.0f, sky / ground) *
         dio_smooth_step (0.04f, 0.10f, measure_bright_chroma (linear, horizon, sky * 0.8));
}

/**
 * dio_scene_find_light:
 * @self: a scene with its small picture and horizon
 *
 * Fills in the brightness, the light's direction, as the way from the middle to
 * the bright parts, and the backlight.
 */
void
dio_scene_find_light (DioScene *self)
{
  const DioBuffer *linear = self->small;
  double mean = 0.0;
  double across = 0.0;
  double down = 0.0;
  double weight = 0.0;

  for (gsize i = 0; i < dio_buffer_n_pixels (linear); i++)
    mean += dio_luminance (linear->data + i * 3);
  mean /= dio_buffer_n_pixels (linear);
  self->brightness = mean;

  for (int y = 0; y < linear->height; y++)
    for (int x = 0; x < linear->width; x++)
      {
        double more = dio_luminance (dio_buffer_at (linear, x, y)) - 1.8 * mean;

        if (more <= 0.0)
          continue;
        across += more * (x - linear->width / 2.0) / linear->width;
        down += more * (y - linear->height / 2.0) / linear->height;
        weight += more;
      }

  if (weight > 0.0)
    {
      self->light_x = CLAMP (2.2 * across / weight, -1.0, 1.0);
      self->light_y = CLAMP (2.2 * down / weight, -1.0, 1.0);
    }
  self->backlight = find_backlight (linear, CLAMP ((int) (self->horizon * linear->height), 1, linear->height - 1));
}
