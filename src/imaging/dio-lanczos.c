/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights of a Lanczos-3 filter along one side of a picture. */

#include "config.h"

#include "dio-lanczos-private.h"

#include <math.h>

#define LOBES 3.0

static double
lanczos (double x)
{
  double t = G_PI * x;

  if (fabs (x) < 1e-9)
    return 1.0;
  if (fabs (x) >= LOBES)
    return 0.0;

  return LOBES * sin (t) * sin (t / LOBES) / (t * t);
}

/* What falls outside the picture is counted for the sample at its edge. */
static void
weigh_sample (DioLanczos *self,
              int         i,
              int         old_size,
              double     *scratch)
{
  double scale = (double) old_size / self->n_samples;
  double stretch = MAX (scale, 1.0);
  double centre = (i + 0.5) * scale - 0.5;
  int lowest = (int) ceil (centre - LOBES * stretch);
  int highest = (int) floor (centre + LOBES * stretch);
  int first = CLAMP (lowest, 0, old_size - 1);
  int count = CLAMP (highest, 0, old_size - 1) - first + 1;
  double sum = 0.0;

  for (int k = 0; k < count; k++)
    scratch[k] = 0.0;
  for (int j = lowest; j <= highest; j++)
    {
      double weight = lanczos ((j - centre) / stretch);

      scratch[CLAMP (j, 0, old_size - 1) - first] += weight;
      sum += weight;
    }

  self->first[i] = first;
  self->count[i] = count;
  for (int k = 0; k < count; k++)
    self->weights[(gsize) i * self->n_taps + k] = scratch[k] / sum;
}

/**
 * dio_lanczos_new:
 * @old_size: samples along the side before, at least 1
 * @new_size: samples along the side after, at least 1
 *
 * When shrinking the filter is widened, so that nothing finer than the new
 * samples can show is left to disturb them.
 *
 * Returns: (transfer full): weights that sum to 1 for each new sample
 */
DioLanczos *
dio_lanczos_new (int old_size,
                 int new_size)
{
  DioLanczos *self = g_new0 (DioLanczos, 1);
  double stretch = MAX ((double) old_size / new_size, 1.0);
  g_autofree double *scratch = NULL;

  self->n_samples = new_size;
  self->n_taps = MIN (old_size, 2 * (int) ceil (LOBES * stretch) + 1);
  self->first = g_new (int, new_size);
  self->count = g_new (int, new_size);
  self->weights = g_new0 (float, (gsize) new_size * self->n_taps);

  scratch = g_new (double, self->n_taps);
  for (int i = 0; i < new_size; i++)
    weigh_sample (self, i, old_size, scratch);

  return self;
}

void
dio_lanczos_free (DioLanczos *self)
{
  g_free (self->first);
  g_free (self->count);
  g_free (self->weights);
  g_free (self);
}
