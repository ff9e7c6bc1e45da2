/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which colours of the border are backdrop: the border's colours fall into a few
 * clusters, and a cluster that shows on two sides or on much of the border is
 * backdrop. A subject that is cut off by one side is neither. */

#include "config.h"

#include <string.h>

#include "dio-cut-out-classical-private.h"

#define MAX_CLUSTERS  6
#define N_ROUNDS      12

/* Squared distance of colours that are one cluster for sure. */
#define SAME_COLOUR   36.0f

#define SIDE_SHARE    0.08f
#define SMALL_SHARE   0.03f
#define LARGE_SHARE   0.2f

#define LEAST_UNIT    0.4f
#define QUIET_UNITS   2.5f
#define LEAST_QUIET   1.2f

enum
{
  TOP,
  BOTTOM,
  LEFT,
  RIGHT,
  N_SIDES,
};

typedef struct
{
  float    colour[3];
  int      n;
  int      n_on_side[N_SIDES];
  gboolean is_backdrop;
} Cluster;

typedef struct
{
  int   place;   /* in the planes */
  int   side;
  int   cluster;
  float colour[3];
} Sample;

typedef struct
{
  GArray *samples;
  int     n_on_side[N_SIDES];
  Cluster clusters[MAX_CLUSTERS];
  int     n_clusters;
} Border;

static int
find_side (const DioClassical *self,
           int                 x,
           int                 y,
           int                 thickness)
{
  if (y < thickness)
    return TOP;
  if (y >= self->height - thickness)
    return BOTTOM;
  if (x < thickness)
    return LEFT;
  if (x >= self->width - thickness)
    return RIGHT;

  return N_SIDES;
}

static void
take_samples (const DioClassical *self,
              Border             *border)
{
  int thickness = MAX (2, MIN (self->width, self->height) / 60);

  border->samples = g_array_new (FALSE, FALSE, sizeof (Sample));

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        Sample sample = { y * self->width + x, find_side (self, x, y, thickness) };

        if (sample.side == N_SIDES)
          continue;

        memcpy (sample.colour, dio_buffer_at (self->smooth, x, y), sizeof sample.colour);
        g_array_append_val (border->samples, sample);
        border->n_on_side[sample.side]++;
      }
}

static inline float
measure_difference (const float *a,
                    const float *b)
{
  float sum = 0.0f;

  for (int c = 0; c < 3; c++)
    sum += (a[c] - b[c]) * (a[c] - b[c]);

  return sum;
}

static int
find_nearest (const Border *border,
              const float  *colour,
              float        *difference)
{
  int nearest = 0;

  *difference = G_MAXFLOAT;
  for (int k = 0; k < border->n_clusters; k++)
    {
      float d = measure_difference (colour, border->clusters[k].colour);

      if (d < *difference)
        {
          *difference = d;
          nearest = k;
        }
    }

  return nearest;
}

/* Each cluster begins at the colour that is farthest from those before it. */
static void
begin_clusters (Border *border)
{
  Cluster *first = &border->clusters[0];
  guint n = border->samples->len;

  for (guint i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      first->colour[c] += g_array_index (border->samples, Sample, i).colour[c] / (float) n;

  for (border->n_clusters = 1; border->n_clusters < MAX_CLUSTERS; border->n_clusters++)
    {
      const Sample *farthest = NULL;
      float most = SAME_COLOUR;

      for (guint i = 0; i < n; i += 3)
        {
          const Sample *sample = &g_array_index (border->samples, Sample, i);
          float difference;

          find_nearest (border, sample->colour, &difference);
          if (difference >= most)
            {
              most = difference;
              farthest = sample;
            }
        }
      if (farthest == NULL)
        return;

      memcpy (border->clusters[border->n_clusters].colour, farthest->colour, sizeof farthest->colour);
    }
}

static void
settle_clusters (Border *border)
{
  double sums[MAX_CLUSTERS][3] = { { 0 } };
  int counts[MAX_CLUSTERS] = { 0 };

  for (guint i = 0; i < border->samples->len; i++)
    {
      Sample *sample = &g_array_index (border->samples, Sample, i);
      float difference;

      sample->cluster = find_nearest (border, sample->colour, &difference);
      counts[sample->cluster]++;
      for (int c = 0; c < 3; c++)
        sums[sample->cluster][c] += sample->colour[c];
    }

  for (int k = 0; k < border->n_clusters; k++)
    for (int c = 0; c < 3 && counts[k] > 0; c++)
      border->clusters[k].colour[c] = (float) (sums[k][c] / counts[k]);
}

static void
judge_cluster (const Border *border,
               Cluster      *cluster)
{
  float share = cluster->n / (float) border->samples->len;
  int n_sides = 0;

  for (int side = 0; side < N_SIDES; side++)
    if (cluster->n_on_side[side] > SIDE_SHARE * border->n_on_side[side])
      n_sides++;

  cluster->is_backdrop = (n_sides >= 2 && share > SMALL_SHARE) || share > LARGE_SHARE;
}

static void
judge_clusters (Border *border)
{
  for (guint i = 0; i < border->samples->len; i++)
    {
      const Sample *sample = &g_array_index (border->samples, Sample, i);
      Cluster *cluster = &border->clusters[sample->cluster];

      cluster->n++;
      cluster->n_on_side[sample->side]++;
    }

  for (int k = 0; k < border->n_clusters; k++)
    judge_cluster (border, &border->clusters[k]);
}

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float x = *(const float *) a;
  float y = *(const float *) b;

  return (x > y) - (x < y);
}

static void
measure_texture (DioClassical *self,
                 const Border *border)
{
  guint n = border->samples->len;
  g_autofree float *gradients = g_new (float, n);

  for (guint i = 0; i < n; i++)
    gradients[i] = self->gradient[g_array_index (border->samples, Sample, i).place];
  qsort (gradients, n, sizeof (float), compare_floats);

  self->quiet = gradients[n / 2];
  self->loud = gradients[n * 9 / 10];
  self->unit = MAX (LEAST_UNIT, QUIET_UNITS * self->quiet);
}

static void
plant_seeds (DioClassical *self,
             const Border *border)
{
  float most = MAX (3.0f * self->quiet, LEAST_QUIET);
  int n_backdrop = 0;

  for (guint i = 0; i < border->samples->len; i++)
    {
      const Sample *sample = &g_array_index (border->samples, Sample, i);

      if (!border->clusters[sample->cluster].is_backdrop)
        continue;

      n_backdrop++;
      self->seed[sample->place] = self->gradient[sample->place] < most;
    }

  self->backdrop_share = n_backdrop / (float) border->samples->len;
}

/* Sets the seeds, and what is known of the backdrop's texture. */
void
dio_classical_find_backdrop (DioClassical *self)
{
  Border border = { 0 };

  take_samples (self, &border);
  begin_clusters (&border);
  for (int i = 0; i < N_ROUNDS; i++)
    settle_clusters (&border);
  judge_clusters (&border);

  measure_texture (self, &border);
  plant_seeds (self, &border);

  g_array_unref (border.samples);
}
