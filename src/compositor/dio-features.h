/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What patches are compared by. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

/* Colour, guide colour, flow: as many as fill a register. */
#define DIO_FEATURES_CHANNELS 8

/* Integers, so that the sum of a patch is one instruction a pixel and does not
 * depend on the order of adding. */
#define DIO_FEATURES_ONE 256

/**
 * DioFeatures:
 * @width: without the border
 * @height: without the border
 * @border: on every side, repeating the edge
 * @stride: values from one row to the next
 * @data: (owned): the first value of the border's first row
 */
typedef struct
{
  int     width;
  int     height;
  int     border;
  int     stride;
  gint16 *data;
} DioFeatures;

DioFeatures *dio_features_new         (const DioPixels *picture,
                                       const DioBuffer *flow,
                                       double           guide_blur,
                                       int              border,
                                       DioWorkers      *workers);
void         dio_features_free        (DioFeatures     *self);
void         dio_features_fill_border (DioFeatures     *self);

static inline gint16 *
dio_features_at (const DioFeatures *self,
                 int                x,
                 int                y)
{
  return self->data + (gsize) (y + self->border) * self->stride + (x + self->border) * DIO_FEATURES_CHANNELS;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioFeatures, dio_features_free)

G_END_DECLS
