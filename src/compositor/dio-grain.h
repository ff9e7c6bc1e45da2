/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grain: how much a picture has, and more of it. */

#pragma once

#include "dio-buffer.h"
#include "dio-random.h"
#include "dio-workers.h"

G_BEGIN_DECLS

float dio_grain_measure (const DioBuffer *linear,
                         DioWorkers      *workers);

/* A number of about the normal distribution, variance one: the sum of the four
 * bytes of one random number. No library function, so the same everywhere. */
static inline float
dio_grain_normal (guint32 seed,
                  guint32 x,
                  guint32 y)
{
  guint32 bits = dio_random_bits (seed, x, y);
  int sum = (int) (bits & 0xff) + (int) (bits >> 8 & 0xff) + (int) (bits >> 16 & 0xff) + (int) (bits >> 24);

  return (float) (sum - 510) * (1.0f / 147.8f);
}

G_END_DECLS
