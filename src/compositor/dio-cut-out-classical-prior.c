/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From distances to how likely each pixel is to belong to the subject. */

#include "config.h"

#include <math.h>

#include "dio-cut-out-classical-private.h"
#include "dio-distance.h"
#include "dio-pull-push.h"

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

/* Sets threshold, prior, outside, local and depth. */
void
dio_classical_make_prior (DioClassical *self)
{
  self->threshold = choose_threshold (self);
  dio_workers_run (self->workers, self->height, 16, mark_cb, self);
  self->local = dio_pull_push (self->lab, self->outside, self->workers);
  measure_depth (self);
}
