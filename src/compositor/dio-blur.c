/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means over windows, and blurs made of them. The window is cut at the borders
 * and the mean is over what is left of it. Sums are kept in double, so that a
 * dark place behind a bright one is not tinted by rounding. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-blur.h"

/* Columns go together in strips: whole cache lines, and a strip of a large
 * picture still fits the second level cache. */
#define STRIP 32

#define N_PASSES 3

typedef struct
{
  const float *source;
  float       *target;
  int          width;    /* in pixels */
  int          height;
  int          channels;
  int          n_passes;
  int          radius[N_PASSES];
} Blur;

/* One channel of one row, from its running totals: @totals has one more. */
static void
mean_along_row (const float *source,
                float       *target,
                int          n,
                int          step,
                int          radius,
                double      *totals)
{
  double total = 0.0;
  double scale = 1.0 / (2 * radius + 1);
  int inner_first = MIN (radius, n);
  int inner_last = MAX (inner_first, n - radius);

  totals[0] = 0.0;
  for (int x = 0; x < n; x++)
    {
      total += source[x * step];
      totals[x + 1] = total;
    }

  for (int x = 0; x < inner_first; x++)
    {
      int last = MIN (n, x + radius + 1);

      target[x * step] = (float) (totals[last] / last);
    }
  for (int x = inner_first; x < inner_last; x++)
    target[x * step] = (float) ((totals[x + radius + 1] - totals[x - radius]) * scale);
  for (int x = inner_last; x < n; x++)
    {
      int first = MAX (0, x - radius);

      target[x * step] = (float) ((totals[n] - totals[first]) / (n - first));
    }
}

static void
blur_rows_cb (int      first,
              int      last,
              gpointer user_data)
{
  const Blur *blur = user_data;
  gsize stride = (gsize) blur->width * blur->channels;
  g_autofree double *totals = g_new (double, blur->width + 1);

  for (int y = first; y < last; y++)
    {
      const float *source = blur->source + y * stride;
      float *target = blur->target + y * stride;

      for (int pass = 0; pass < blur->n_passes; pass++)
        {
          for (int c = 0; c < blur->channels; c++)
            mean_along_row (source + c, target + c, blur->width, blur->channels, blur->radius[pass], totals);
          source = target;
        }
    }
}

static inline void
add_row (double      *sums,
         const float *row,
         int          width)
{
  for (int i = 0; i < width; i++)
    sums[i] += row[i];
}

static inline void
subtract_row (double      *sums,
              const float *row,
              int          width)
{
  for (int i = 0; i < width; i++)
    sums[i] -= row[i];
}

static inline void
write_mean (float        *target,
            const double *sums,
            double        scale,
            int           width)
{
  for (int i = 0; i < width; i++)
    target[i] = (float) (sums[i] * scale);
}

/* All columns of a strip at once; the strides are in floats. */
static void
mean_along_columns (const float *source,
                    gsize        source_stride,
                    float       *target,
                    gsize        target_stride,
                    int          width,
                    int          n,
                    int          radius)
{
  double sums[STRIP] = { 0 };
  int count = MIN (radius, n);

  for (int y = 0; y < count; y++)
    add_row (sums, source + y * source_stride, width);

  for (int y = 0; y < n; y++)
    {
      if (y + radius < n)
        {
          add_row (sums, source + (y + radius) * source_stride, width);
          count++;
        }
      if (y - radius - 1 >= 0)
        {
          subtract_row (sums, source + (y - radius - 1) * source_stride, width);
          count--;
        }
      write_mean (target + y * target_stride, sums, 1.0 / count, width);
    }
}

static void
blur_strip (const Blur *blur,
            int         strip,
            float      *scratch[2])
{
  gsize stride = (gsize) blur->width * blur->channels;
  gsize offset = (gsize) strip * STRIP;
  int width = (int) MIN (STRIP, stride - offset);
  const float *source = blur->source + offset;
  gsize source_stride = stride;

  for (int pass = 0; pass < blur->n_passes; pass++)
    {
      gboolean is_last = pass == blur->n_passes - 1;
      float *target = is_last ? blur->target + offset : scratch[pass % 2];
      gsize target_stride = is_last ? stride : STRIP;

      mean_along_columns (source, source_stride, target, target_stride, width, blur->height, blur->radius[pass]);
      source = target;
      source_stride = target_stride;
    }
}

static void
blur_strips_cb (int      first,
                int      last,
                gpointer user_data)
{
  const Blur *blur = user_data;
  gsize n = (gsize) blur->height * STRIP;
  g_autofree float *even = blur->n_passes > 1 ? g_new (float, n) : NULL;
  g_autofree float *odd = blur->n_passes > 2 ? g_new (float, n) : NULL;
  float *scratch[2] = { even, odd };

  for (int strip = first; strip < last; strip++)
    blur_strip (blur, strip, scratch);
}

static void
run_along_columns (Blur       *blur,
                   DioWorkers *workers)
{
  gsize stride = (gsize) blur->width * blur->channels;

  dio_workers_run (workers, (int) ((stride + STRIP - 1) / STRIP), 4, blur_strips_cb, blur);
}

/* The widths of boxes whose passes, one after the other, have the variance of a
 * Gaussian: Peter Kovesi, "Fast Almost-Gaussian Filtering" (2010). */
static void
choose_radii (double sigma,
              int    radius[N_PASSES])
{
  double variance = 12.0 * sigma * sigma;
  int width = (int) sqrt (variance / N_PASSES + 1.0);
  int n_narrow;

  if (width % 2 == 0)
    width--;
  n_narrow = (int) lround ((variance - N_PASSES * (width * (double) width + 4.0 * width + 3.0)) / (-4.0 * width - 4.0));

  for (int pass = 0; pass < N_PASSES; pass++)
    radius[pass] = ((pass < n_narrow ? width : width + 2) - 1) / 2;
}

/**
 * dio_box_mean:
 * @source: a plane of @width x @height samples
 * @target: where the means go; may be @source
 * @width: in samples
 * @height: in samples
 * @radius: the window reaches so far to each side
 * @scratch: another plane of that size
 * @workers: the team
 *
 * The mean of each sample's square window, as far as it lies inside the plane.
 */
void
dio_box_mean (const float *source,
              float       *target,
              int          width,
              int          height,
              int          radius,
              float       *scratch,
              DioWorkers  *workers)
{
  Blur blur = { source, scratch, width, height, 1, 1, { MAX (0, radius) } };

  dio_workers_run (workers, height, 16, blur_rows_cb, &blur);
  blur.source = scratch;
  blur.target = target;
  run_along_columns (&blur, workers);
}

/**
 * dio_buffer_blur:
 * @buffer: what is blurred, in place; every channel by itself
 * @sigma: of the Gaussian that is imitated, in pixels; below 0.3 nothing is done
 * @workers: the team
 *
 * Takes the same time for any @sigma.
 */
void
dio_buffer_blur (DioBuffer  *buffer,
                 double      sigma,
                 DioWorkers *workers)
{
  Blur blur = { buffer->data, buffer->data, buffer->width, buffer->height, buffer->channels, N_PASSES };

  if (sigma < 0.3)
    return;

  choose_radii (sigma, blur.radius);
  dio_workers_run (workers, buffer->height, 16, blur_rows_cb, &blur);
  run_along_columns (&blur, workers);
}
