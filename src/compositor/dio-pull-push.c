/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling in what is not known from what is known around it: the known samples
 * are averaged into ever smaller planes (pull), and where a plane knows nothing
 * it takes what the smaller one says (push). */

#include "config.h"

#include "dio-pull-push.h"
#include "dio-resample.h"

#define SMALLEST 2
#define BARELY   1e-6f

static DioBuffer *
fill_with_mean (const DioBuffer *values,
                const float     *known)
{
  DioBuffer *filled = dio_buffer_new (values->width, values->height, values->channels);
  gsize n = dio_buffer_n_pixels (values);

  for (int c = 0; c < values->channels; c++)
    {
      double sum = 0.0, weight = 0.0;

      for (gsize i = 0; i < n; i++)
        {
          double w = known[i] + 1e-9;

          sum += w * values->data[i * values->channels + c];
          weight += w;
        }
      for (gsize i = 0; i < n; i++)
        filled->data[i * values->channels + c] = (float) (sum / weight);
    }

  return filled;
}

static void
add_pixel (const float *pixel,
           float        weight,
           float       *sum,
           int          channels)
{
  for (int c = 0; c < channels; c++)
    sum[c] += weight * pixel[c];
}

/* Half the size: weighted means of four, and how much is known of them. */
static DioBuffer *
pull (const DioBuffer *values,
      const float     *known,
      float          **smaller_known)
{
  int channels = values->channels;
  DioBuffer *smaller = dio_buffer_new ((values->width + 1) / 2, (values->height + 1) / 2, channels);
  gsize n = dio_buffer_n_pixels (smaller);
  float *weight = g_new0 (float, n);

  for (gsize i = 0; i < n * channels; i++)
    smaller->data[i] = 0.0f;

  for (int y = 0; y < values->height; y++)
    for (int x = 0; x < values->width; x++)
      {
        float w = known[(gsize) y * values->width + x];

        weight[(gsize) (y / 2) * smaller->width + x / 2] += w;
        add_pixel (dio_buffer_at (values, x, y), w, dio_buffer_at (smaller, x / 2, y / 2), channels);
      }

  for (gsize i = 0; i < n; i++)
    {
      for (int c = 0; weight[i] > BARELY && c < channels; c++)
        smaller->data[i * channels + c] /= weight[i];
      weight[i] = MIN (1.0f, weight[i]);
    }

  *smaller_known = weight;

  return smaller;
}

static void
push (DioBuffer       *filled,
      const DioBuffer *values,
      const float     *known)
{
  gsize n = dio_buffer_n_pixels (values);

  for (gsize i = 0; i < n; i++)
    {
      float k = MIN (1.0f, known[i]);

      for (int c = 0; c < values->channels; c++)
        {
          gsize at = i * values->channels + c;

          filled->data[at] = k * values->data[at] + (1.0f - k) * filled->data[at];
        }
    }
}

/**
 * dio_pull_push:
 * @values: samples, of any number of channels
 * @known: a plane: how far each sample counts, 0 to 1
 * @workers: the team
 *
 * Returns: (transfer full): @values where they are known, and a smooth guess
 *   from the nearest known ones elsewhere
 */
DioBuffer *
dio_pull_push (const DioBuffer *values,
               const float     *known,
               DioWorkers      *workers)
{
  g_autofree float *smaller_known = NULL;
  g_autoptr(DioBuffer) smaller = NULL;
  g_autoptr(DioBuffer) smaller_filled = NULL;
  DioBuffer *filled;

  if (values->width <= SMALLEST && values->height <= SMALLEST)
    return fill_with_mean (values, known);

  smaller = pull (values, known, &smaller_known);
  smaller_filled = dio_pull_push (smaller, smaller_known, workers);
  filled = dio_buffer_resample_bilinear (smaller_filled, values->width, values->height, workers);
  push (filled, values, known);

  return filled;
}
