/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A studio's sweep of paper: a wall that bends into a floor, lit from above on
 * the left. The tones change slowly, so they are dithered: without it, a large
 * even picture shows the steps of 8 bits as bands. */

#include "config.h"

#include "dio-backdrop.h"

#include <math.h>

#include "dio-oklab.h"
#include "dio-random.h"
#include "dio-sample.h"
#include "dio-transfer.h"

/* Where the wall begins to bend, and where it is floor. */
#define BEND_TOP    0.56f
#define BEND_BOTTOM 0.76f

#define BASELINE 0.85

static const float default_colour[3] = { 0.865f, 0.860f, 0.850f };

typedef struct
{
  DioBuffer *backdrop;
  float      upper[3]; /* OKLab */
  float      lower[3];
  guint32    seed;
} Sweeping;

static void
encode (const float *srgb,
        float       *lab)
{
  float linear[3];

  for (int c = 0; c < 3; c++)
    linear[c] = srgb[c] <= 0.04045f ? srgb[c] / 12.92f : powf ((srgb[c] + 0.055f) / 1.055f, 2.4f);
  dio_oklab_from_linear (linear, lab);
}

/* How much light falls there: a lamp's glow on the wall, more on the floor in
 * front, a little shade in the bend. */
static float
get_light (float x,
           float y)
{
  float dx = (x - 0.46f) / 0.75f;
  float dy = (y - 0.38f) / 0.62f;
  float wall = 1.04f - 0.30f * (dx * dx + dy * dy);
  float fx = (x - 0.5f) / 0.85f;
  float fy = (y - 0.90f) / 0.45f;
  float floor = 1.06f - 0.24f * (fx * fx + fy * fy);
  float bend = dio_smooth_step (BEND_TOP, BEND_BOTTOM, y);

  return wall + (floor - wall) * bend;
}

static float
encode_channel (float linear)
{
  linear = CLAMP (linear, 0.0f, 1.0f);

  return linear <= 0.0031308f ? 12.92f * linear : 1.055f * powf (linear, 1.0f / 2.4f) - 0.055f;
}

static void
sweep_rows_cb (int      first,
               int      last,
               gpointer user_data)
{
  const Sweeping *sweeping = user_data;
  DioBuffer *backdrop = sweeping->backdrop;

  for (int v = first; v < last; v++)
    {
      float y = (v + 0.5f) / backdrop->height;
      float mix = dio_smooth_step (0.0f, 1.0f, y);
      float lab[3];
      float rgb[3];

      for (int c = 0; c < 3; c++)
        lab[c] = sweeping->upper[c] + (sweeping->lower[c] - sweeping->upper[c]) * mix;
      dio_oklab_to_rgb (lab, rgb);

      for (int u = 0; u < backdrop->width; u++)
        {
          float light = get_light ((u + 0.5f) / backdrop->width, y);
          float *out = dio_buffer_at (backdrop, u, v);

          /* Two numbers together make noise without steps in its own density. */
          for (int c = 0; c < 3; c++)
            out[c] = encode_channel (rgb[c] * light) +
                     (dio_random_unit (sweeping->seed + c, u, v) + dio_random_unit (sweeping->seed + 3 + c, u, v) - 1.0f) / 255.0f;
        }
    }
}

/**
 * dio_backdrop_new:
 * @wish: the colours asked for
 * @width: of the picture
 * @height: of the picture
 * @seed: of the dither
 * @workers: who does it
 *
 * Returns: (transfer full): the light of an empty studio
 */
DioBuffer *
dio_backdrop_new (const DioPlanBackdrop *wish,
                  int                    width,
                  int                    height,
                  guint32                seed,
                  DioWorkers            *workers)
{
  Sweeping sweeping = { .backdrop = dio_buffer_new (width, height, 3), .seed = seed };

  encode (wish->named ? wish->first : default_colour, sweeping.upper);
  encode (wish->named ? wish->second : default_colour, sweeping.lower);
  /* Graded from one colour alone: darker above, as paper falls off from a lamp. */
  if (wish->graded && sweeping.upper[0] == sweeping.lower[0] && sweeping.upper[1] == sweeping.lower[1])
    {
      sweeping.upper[0] *= 0.62f;
      sweeping.lower[0] = MIN (0.97f, sweeping.lower[0] * 1.1f);
    }

  dio_workers_run (workers, height, 16, sweep_rows_cb, &sweeping);
  dio_buffer_linearise (sweeping.backdrop, workers);

  return sweeping.backdrop;
}

/**
 * dio_backdrop_new_scene:
 * @backdrop: an empty studio
 * @workers: who does it
 *
 * Returns: (transfer full): what is known of it without looking
 */
DioScene *
dio_backdrop_new_scene (const DioBuffer *backdrop,
                        DioWorkers      *workers)
{
  DioScene *scene = dio_scene_new (backdrop, workers);

  scene->horizon = 0.60;
  scene->has_horizon = TRUE;
  scene->baseline = BASELINE;
  scene->calm_x = 0.5;
  scene->light_x = -0.45;
  scene->light_y = -0.7;
  scene->backlight = 0.0;
  scene->noise = 0.0;
  scene->is_studio = TRUE;

  return scene;
}
