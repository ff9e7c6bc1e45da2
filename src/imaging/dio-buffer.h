/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floating point samples: what all arithmetic on pictures is done in. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioBuffer:
 * @width: in samples
 * @height: in samples
 * @channels: interleaved samples in a pixel, 1 to 8
 * @data: (owned): @width x @height x @channels floats, rows without padding
 *
 * What the channels mean (linear light, OKLab, alpha, a mask) is said by the
 * function that makes the buffer. One owner; moved by g_steal_pointer().
 */
typedef struct
{
  int    width;
  int    height;
  int    channels;
  float *data;
} DioBuffer;

DioBuffer *dio_buffer_new  (int              width,
                            int              height,
                            int              channels);
DioBuffer *dio_buffer_copy (const DioBuffer *self);
void       dio_buffer_free (DioBuffer       *self);

static inline float *
dio_buffer_row (const DioBuffer *self,
                int              y)
{
  return self->data + (gsize) y * self->width * self->channels;
}

static inline float *
dio_buffer_at (const DioBuffer *self,
               int              x,
               int              y)
{
  return self->data + ((gsize) y * self->width + x) * self->channels;
}

static inline gsize
dio_buffer_n_pixels (const DioBuffer *self)
{
  return (gsize) self->width * self->height;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioBuffer, dio_buffer_free)

G_END_DECLS
