/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small arithmetic that inner loops share. */

#pragma once

#include <math.h>

#include "dio-buffer.h"

G_BEGIN_DECLS

static inline float
dio_luminance (const float *rgb)
{
  return 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
}

static inline float
dio_smooth_step (float low,
                 float high,
                 float x)
{
  float t = CLAMP ((x - low) / (high - low), 0.0f, 1.0f);

  return t * t * (3.0f - 2.0f * t);
}

/* Between the four samples around (@x, @y), which counts from sample centres;
 * beyond the border the border goes on. */
static inline void
dio_sample_bilinear (const DioBuffer *self,
                     float            x,
                     float            y,
                     float           *out)
{
  float fx = CLAMP (x, 0.0f, (float) (self->width - 1));
  float fy = CLAMP (y, 0.0f, (float) (self->height - 1));
  int x0 = (int) fx;
  int y0 = (int) fy;
  int x1 = MIN (x0 + 1, self->width - 1);
  int y1 = MIN (y0 + 1, self->height - 1);
  const float *a = dio_buffer_at (self, x0, y0);
  const float *b = dio_buffer_at (self, x1, y0);
  const float *c = dio_buffer_at (self, x0, y1);
  const float *d = dio_buffer_at (self, x1, y1);

  fx -= x0;
  fy -= y0;
  for (int k = 0; k < self->channels; k++)
    out[k] = (a[k] + (b[k] - a[k]) * fx) * (1.0f - fy) + (c[k] + (d[k] - c[k]) * fx) * fy;
}

G_END_DECLS
