/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How samples change over a picture as a whole. */

#pragma once

#include "dio-buffer.h"

G_BEGIN_DECLS

#define DIO_TREND_TERMS    6
#define DIO_TREND_CHANNELS 4

/**
 * DioTrend:
 * @width: of the buffer it was found in
 * @height: of the buffer it was found in
 * @channels: of the buffer it was found in
 * @terms: for each channel, how much of 1, x, y, x², xy and y²
 */
typedef struct
{
  int    width;
  int    height;
  int    channels;
  double terms[DIO_TREND_CHANNELS][DIO_TREND_TERMS];
} DioTrend;

void dio_trend_fit (DioTrend        *self,
                    const DioBuffer *values,
                    const float     *weight);
void dio_trend_add (const DioTrend  *self,
                    DioBuffer       *values,
                    float            factor);

G_END_DECLS
