/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole buffers between linear light and OKLab. */

#include "config.h"

#include "dio-oklab.h"

typedef struct
{
  const DioBuffer *source;
  DioBuffer       *target;
} Conversion;

static void
convert_rows_to_oklab_cb (int      first,
                          int      last,
                          gpointer user_data)
{
  const Conversion *conversion = user_data;
  gsize stride = (gsize) conversion->source->channels;
  gsize n = (gsize) (last - first) * conversion->source->width;
  const float *source = dio_buffer_row (conversion->source, first);
  float *target = dio_buffer_row (conversion->target, first);

  for (gsize i = 0; i < n; i++)
    dio_oklab_from_linear (source + i * stride, target + i * 3);
}

static void
convert_rows_to_linear_cb (int      first,
                           int      last,
                           gpointer user_data)
{
  const Conversion *conversion = user_data;
  gsize stride = (gsize) conversion->source->channels;
  gsize n = (gsize) (last - first) * conversion->source->width;
  const float *source = dio_buffer_row (conversion->source, first);
  float *target = dio_buffer_row (conversion->target, first);

  for (gsize i = 0; i < n; i++)
    dio_oklab_to_rgb (source + i * stride, target + i * 3);
}

static DioBuffer *
convert (const DioBuffer *source,
         DioWorkersFunc   func,
         DioWorkers      *workers)
{
  Conversion conversion = { source, dio_buffer_new (source->width, source->height, 3) };

  dio_workers_run (workers, source->height, 16, func, &conversion);

  return conversion.target;
}

/**
 * dio_linear_to_oklab:
 * @linear: linear RGB, with or without a fourth channel
 * @workers: the team
 *
 * Returns: (transfer full): lightness 0 to 1, and the two colour axes
 */
DioBuffer *
dio_linear_to_oklab (const DioBuffer *linear,
                     DioWorkers      *workers)
{
  g_return_val_if_fail (linear->channels >= 3, NULL);

  return convert (linear, convert_rows_to_oklab_cb, workers);
}

/**
 * dio_oklab_to_linear:
 * @lab: OKLab, with or without a fourth channel
 * @workers: the team
 *
 * Colours that no screen can show come back outside 0 to 1.
 *
 * Returns: (transfer full): linear RGB
 */
DioBuffer *
dio_oklab_to_linear (const DioBuffer *lab,
                     DioWorkers      *workers)
{
  g_return_val_if_fail (lab->channels >= 3, NULL);

  return convert (lab, convert_rows_to_linear_cb, workers);
}
