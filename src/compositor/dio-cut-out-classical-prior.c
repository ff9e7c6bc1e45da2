/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From distances to how likely each pixel is to belong to the subject. */

#include "config.h"

#include <math.h>

#include "dio-blur.h"
#include "dio-cut-out-classical-private.h"
#include "dio-distance.h"
#include "dio-pull-push.h"
#include "dio-trend.h"

/* The histogram of the distances' logarithms. */
#define N_BINS   256
#define NEAREST  0.5f
#define FARTHEST 4000.0f

#define LEAST_THRESHOLD 8.0f
#define MOST_THRESHOLD  18.0f

/* How steeply likelihood rises around the threshold. */
#define STEEPNESS 2.2f

/* Below this share of the threshold a pixel is backdrop for sure. */
#define SURE_SHARE 0.35f

#define CLEARANCE 2

/* In steps of lightness. */
#define USUAL_REST 2.0f

/* In pixels. */
#define FADING_DEPTH 50.0f

static void
count_distances (const DioClassical *self,
                 int                 bins[N_BINS])
{
  gsize n = (gsize) self->width * self->height;
  float low = logf (NEAREST);
  float scale = (N_BINS - 1) / (logf (FARTHEST) - low);

  for (gsize i = 0; i < n; i++)
    {
      float at = (logf (MAX (self->distance[i], NEAREST)) - low) * scale;

      bins[(int) CLAMP (at, 0.0f, N_BINS - 1.0f)]++;
    }
}

/* Nobuyuki Otsu, "A Threshold Selection Method from Gray-Level Histograms"
 * (1979): where the two halves differ the most. */
static int
find_parting (const int bins[N_BINS])
{
  double total = 0.0, sum = 0.0, below = 0.0, sum_below = 0.0, best = -1.0;
  int parting = N_BINS / 2;

  for (int i = 0; i < N_BINS; i++)
    {
      total += bins[i];
      sum += (double) i * bins[i];
    }

  for (int i = 0; i < N_BINS; i++)
    {
      double above, gap, variance;

      below += bins[i];
      sum_below += (double) i * bins[i];
      above = total - below;
      if (below < 1.0 || above < 1.0)
        continue;

      gap = sum_below / below - (sum - sum_below) / above;
      variance = below * above * gap * gap;
      if (variance > best)
        {
          best = variance;
          parting = i;
        }
    }

  return parting;
}

static float
choose_threshold (const DioClassical *self)
{
  int bins[N_BINS] = { 0 };
  float low = logf (NEAREST);
  float threshold;

  count_distances (self, bins);
  threshold = expf (low + (logf (FARTHEST) - low) * find_parting (bins) / (N_BINS - 1));

  return CLAMP (threshold, LEAST_THRESHOLD, MOST_THRESHOLD);
}

static void
mark_cb (int      first,
         int      last,
         gpointer user_data)
{
  DioClassical *self = user_data;
  float sure = self->threshold * SURE_SHARE;

  for (gsize i = (gsize) first * self->width; i < (gsize) last * self->width; i++)
    {
      float ratio = self->threshold / MAX (self->distance[i], 0.1f);

      self->prior[i] = 1.0f / (1.0f + powf (ratio, STEEPNESS));
      self->outside[i] = self->distance[i] < sure ? 1.0f : 0.0f;
    }
}

static void
measure_depth (DioClassical *self)
{
  gsize n = (gsize) self->width * self->height;
  g_autofree guint8 *mask = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    mask[i] = self->outside[i] > 0.0f;
  dio_distance_transform (mask, self->width, self->height, self->depth, self->workers);
}

/* Pixels beside an outline have something of the subject in them, and they are
 * the nearest to what is guessed: only those well clear of it are asked. */
static float *
find_clear (const DioClassical *self)
{
  gsize n = (gsize) self->width * self->height;
  float *clear = g_new (float, n);
  g_autofree float *scratch = g_new (float, n);

  dio_box_mean (self->outside, clear, self->width, self->height, CLEARANCE, scratch, self->workers);
  for (gsize i = 0; i < n; i++)
    clear[i] = clear[i] > 0.999f ? 1.0f : 0.0f;

  return clear;
}

/* What is far off the trend is a shadow more often than the backdrop. */
static void
weaken_shadows (const DioBuffer *rest,
                float           *weight)
{
  gsize n = dio_buffer_n_pixels (rest);

  for (gsize i = 0; i < n; i++)
    {
      float off = rest->data[i * 3] * (1.0f / USUAL_REST);

      weight[i] /= 1.0f + off * off;
    }
}

/* What a shadow beside the subject looks like says little about its middle. */
static void
fade_with_depth (DioBuffer   *rest,
                 const float *depth)
{
  gsize n = dio_buffer_n_pixels (rest);

  for (gsize i = 0; i < n; i++)
    {
      float deep = depth[i] * (1.0f / FADING_DEPTH);
      float kept = 1.0f / (1.0f + deep * deep);

      for (int c = 0; c < 3; c++)
        rest->data[i * 3 + c] *= kept;
    }
}

/* The trend is taken away and put back, for pull-push knows no gradients: behind
 * the middle of a subject it would guess the mean of all sides. */
static DioBuffer *
guess_backdrop (const DioClassical *self)
{
  g_autoptr(DioBuffer) rest = dio_buffer_copy (self->lab);
  g_autofree float *weight = find_clear (self);
  DioBuffer *guess;
  DioTrend first, trend;

  dio_trend_fit (&first, self->lab, weight);
  dio_trend_add (&first, rest, -1.0f);
  weaken_shadows (rest, weight);
  dio_trend_add (&first, rest, 1.0f);

  dio_trend_fit (&trend, rest, weight);
  dio_trend_add (&trend, rest, -1.0f);
  guess = dio_pull_push (rest, weight, self->workers);
  fade_with_depth (guess, self->depth);
  dio_trend_add (&trend, guess, 1.0f);

  return guess;
}

/* Sets threshold, prior, outside, local and depth. */
void
dio_classical_make_prior (DioClassical *self)
{
  self->threshold = choose_threshold (self);
  dio_workers_run (self->workers, self->height, 16, mark_cb, self);
  measure_depth (self);
  g_clear_pointer (&self->local, dio_buffer_free);
  self->local = guess_backdrop (self);
}
