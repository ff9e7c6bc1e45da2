/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floating point samples: what all arithmetic on pictures is done in. */

#include "config.h"

#include "dio-buffer.h"

#include <string.h>

/**
 * dio_buffer_new:
 * @width: in samples, at least 1
 * @height: in samples, at least 1
 * @channels: interleaved samples in a pixel, 1 to 8
 *
 * Returns: (transfer full): a buffer of zeros
 */
DioBuffer *
dio_buffer_new (int width,
                int height,
                int channels)
{
  DioBuffer *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (channels >= 1 && channels <= 8, NULL);

  self = g_new (DioBuffer, 1);
  self->width = width;
  self->height = height;
  self->channels = channels;
  self->data = g_malloc0_n ((gsize) width * height, channels * sizeof (float));

  return self;
}

/**
 * dio_buffer_copy:
 * @self: a buffer
 *
 * Returns: (transfer full): a buffer with the same samples
 */
DioBuffer *
dio_buffer_copy (const DioBuffer *self)
{
  DioBuffer *copy = dio_buffer_new (self->width, self->height, self->channels);

  memcpy (copy->data, self->data,
          dio_buffer_n_pixels (self) * self->channels * sizeof (float));

  return copy;
}

/**
 * dio_buffer_free:
 * @self: (nullable) (transfer full): a buffer
 *
 * Frees the buffer and its samples.
 */
void
dio_buffer_free (DioBuffer *self)
{
  if (self == NULL)
    return;

  g_free (self->data);
  g_free (self);
}
