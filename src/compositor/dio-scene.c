/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be told of a scene by looking at it small: a first guess at where
 * things stand and where the light comes from, not an understanding of it. */

#include "config.h"

#include "dio-scene-private.h"

#include <math.h>
#include <stdlib.h>

#include "dio-grain.h"
#include "dio-oklab.h"
#include "dio-resample.h"
#include "dio-sample.h"
#include "dio-transfer.h"

/* Rows above and below a line that are compared, and how level the change must
 * be: what holds for all but this part of the columns. */
#define LINE_ROWS   5
#define LINE_COLUMN 0.35

/* A lower line counts if it is this much of the strongest. */
#define NEARLY_BEST 0.8f

/* Below this no line divides ground from what is above. */
#define MIN_HORIZON 0.08

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float left = *(const float *) a;
  float right = *(const float *) b;

  return (left > right) - (left < right);
}

/* Colour counts double: water and sky are often equally light. */
static float
get_step (const DioBuffer *lab,
          int              x,
          int              y)
{
  float above[3] = { 0 };
  float below[3] = { 0 };
  float d[3];

  for (int k = 1; k <= LINE_ROWS; k++)
    for (int c = 0; c < 3; c++)
      {
        above[c] += dio_buffer_at (lab, x, MAX (0, y - k))[c] / LINE_ROWS;
        below[c] += dio_buffer_at (lab, x, MIN (lab->height - 1, y + k - 1))[c] / LINE_ROWS;
      }
  for (int c = 0; c < 3; c++)
    d[c] = above[c] - below[c];

  return sqrtf (d[0] * d[0] + 4.0f * d[1] * d[1] + 4.0f * d[2] * d[2]);
}

/* How level and strong the change across line @y is. */
static float
measure_line (const DioBuffer *lab,
              float           *steps,
              int              y)
{
  float centred = 1.0f - 0.5f * fabsf ((float) y / lab->height - 0.5f);

  for (int x = 0; x < lab->width; x++)
    steps[x] = get_step (lab, x, y);
  qsort (steps, lab->width, sizeof (float), compare_floats);

  return steps[(int) (lab->width * LINE_COLUMN)] * centred;
}

/**
 * dio_scene_find_horizon:
 * @lab: a small picture in OKLab
 * @score: (out): how strong the line is
 *
 * Returns: how far down the ground begins, 0 to 1: at the lowest level line that
 *   is about as strong as the strongest, since a ridge, a shore and a quay's edge
 *   may lie above each other
 */
double
dio_scene_find_horizon (const DioBuffer *lab,
                        double          *score)
{
  g_autofree float *steps = g_new (float, lab->width);
  g_autofree float *strengths = g_new0 (float, lab->height);
  float best = 0.0f;
  int first = lab->height / 5;
  int last = lab->height * 82 / 100;
  int y;

  for (y = first; y < last; y++)
    {
      strengths[y] = measure_line (lab, steps, y);
      best = MAX (best, strengths[y]);
    }

  *score = best;
  if (best <= 0.0f)
    return 0.55;

  for (y = last - 1; y > first && strengths[y] < NEARLY_BEST * best; y--)
    ;
  /* From its lower slope to its top. */
  while (y - 1 >= first && strengths[y - 1] > strengths[y])
    y--;

  return (double) y / lab->height;
}

/* How much is going on in a window, by the mean change of tone. */
static double
measure_unrest (const DioBuffer *lab,
                double           left,
                double           right,
                double           top,
                double           bottom)
{
  int x0 = MAX (1, (int) (left * lab->width));
  int x1 = MIN (lab->width - 1, (int) (right * lab->width));
  int y0 = MAX (1, (int) (top * lab->height));
  int y1 = MIN (lab->height - 1, (int) (bottom * lab->height));
  double sum = 0.0;
  int n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++, n++)
      sum += fabsf (dio_buffer_at (lab, x + 1, y)[0] - dio_buffer_at (lab, x - 1, y)[0]) +
             fabsf (dio_buffer_at (lab, x, y + 1)[0] - dio_buffer_at (lab, x, y - 1)[0]);

  return n > 0 ? sum / n : 0.0;
}

/**
 * dio_scene_find_calm:
 * @lab: a small picture in OKLab
 * @baseline: where things stand
 *
 * Returns: the least busy place across to stand at, the middle preferred
 */
double
dio_scene_find_calm (const DioBuffer *lab,
                     double           baseline)
{
  double best = G_MAXDOUBLE;
  double calm = 0.5;

  for (int k = 0; k < 9; k++)
    {
      double x = 0.30 + 0.05 * k;
      double unrest = measure_unrest (lab, x - 0.16, x + 0.16, baseline - 0.45, baseline) +
                      0.05 * fabs (x - 0.5);

      if (unrest < best)
        {
          best = unrest;
          calm = x;
        }
    }

  return calm;
}

static DioBuffer *
make_small (const DioBuffer *linear,
            DioWorkers      *workers)
{
  int height = MAX (16, (int) ((gint64) DIO_SCENE_SMALL * linear->height / linear->width));
  DioBuffer *small = dio_buffer_resample (linear, DIO_SCENE_SMALL, height, workers);

  for (gsize i = 0; i < dio_buffer_n_pixels (small) * small->channels; i++)
    small->data[i] = CLAMP (small->data[i], 0.0f, 1.0f);

  return small;
}

/**
 * dio_scene_new:
 * @linear: a scene's light in three channels
 * @workers: who does it
 *
 * Returns: (transfer full): what can be told of it
 */
DioScene *
dio_scene_new (const DioBuffer *linear,
               DioWorkers      *workers)
{
  DioScene *self = g_new0 (DioScene, 1);
  g_autoptr(DioBuffer) lab = NULL;
  double score;

  self->small = make_small (linear, workers);
  lab = dio_linear_to_oklab (self->small, workers);

  self->horizon = dio_scene_find_horizon (lab, &score);
  self->has_horizon = score >= MIN_HORIZON;
  self->baseline = self->has_horizon
                     ? CLAMP (self->horizon + 0.74 * (1.0 - self->horizon), 0.78, 0.93)
                     : 0.86;
  self->calm_x = dio_scene_find_calm (lab, self->baseline);
  dio_scene_find_light (self);
  self->noise = dio_grain_measure (linear, workers);

  return self;
}

void
dio_scene_free (DioScene *self)
{
  if (self == NULL)
    return;

  dio_buffer_free (self->small);
  g_free (self);
}

/* Across: the calmest place low in the picture, the middle preferred. */
static double
choose_left (const DioBuffer *lab,
             double           share)
{
  double best = G_MAXDOUBLE;
  double chosen = (1.0 - share) / 2.0;

  for (int k = 0; k <= 10; k++)
    {
      double left = (1.0 - share) * k / 10.0;
      double middle = left + share / 2.0;
      double unrest = measure_unrest (lab, middle - 0.2 * share, middle + 0.2 * share, 0.45, 0.95) +
                      0.06 * fabs (middle - 0.5);

      if (unrest < best)
        {
          best = unrest;
          chosen = left;
        }
    }

  return chosen;
}

/* Up and down: a little below the middle, since things stand on the ground,
 * moved only as far as keeps the horizon well inside. */
static double
choose_top (const DioBuffer *lab,
            double           share)
{
  double score;
  double horizon = dio_scene_find_horizon (lab, &score);
  double top = (1.0 - share) * 0.6;

  if (score >= MIN_HORIZON)
    top = CLAMP (top, horizon - 0.66 * share, horizon - 0.28 * share);

  return CLAMP (top, 0.0, 1.0 - share);
}

/* A part of @picture, in its own pixels, to be read while @picture lives. */
static DioPixels
make_view (const DioPixels *picture,
           int              x,
           int              y,
           int              width,
           int              height)
{
  DioPixels view = *picture;

  view.width = width;
  view.height = height;
  view.data = dio_pixels_row (picture, y) + (gsize) x * picture->channels;

  return view;
}

/**
 * dio_scene_crop:
 * @picture: a scene
 * @width: of the part wanted
 * @height: of the part wanted
 * @workers: who does it
 *
 * Returns: (transfer full): as much of @picture as has the shape asked for, in
 *   that size, never distorted
 */
DioPixels *
dio_scene_crop (const DioPixels *picture,
                int              width,
                int              height,
                DioWorkers      *workers)
{
  double share = (double) width * picture->height / ((double) height * picture->width);
  int crop_width = picture->width;
  int crop_height = picture->height;
  int x = 0;
  int y = 0;
  DioPixels view;

  if (fabs (share - 1.0) > 0.004)
    {
      gint64 small_height = CLAMP ((gint64) DIO_SCENE_SMALL * picture->height / picture->width, 16, 8 * DIO_SCENE_SMALL);
      g_autoptr(DioPixels) small = dio_pixels_resample (picture, DIO_SCENE_SMALL, (int) small_height, workers);
      g_autoptr(DioBuffer) linear = dio_pixels_to_linear (small, workers);
      g_autoptr(DioBuffer) lab = dio_linear_to_oklab (linear, workers);

      if (share < 1.0)
        {
          crop_width = MAX (1, (int) (picture->width * share + 0.5));
          x = (int) (choose_left (lab, share) * picture->width);
          x = CLAMP (x, 0, picture->width - crop_width);
        }
      else
        {
          crop_height = MAX (1, (int) (picture->height / share + 0.5));
          y = (int) (choose_top (lab, 1.0 / share) * picture->height);
          y = CLAMP (y, 0, picture->height - crop_height);
        }
    }

  view = make_view (picture, x, y, crop_width, crop_height);
  return dio_pixels_resample (&view, width, height, workers);
}
