/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means over windows, and blurs made of them. */

#pragma once

#include "dio-buffer.h"
#include "dio-workers.h"

G_BEGIN_DECLS

void dio_box_mean    (const float *source,
                      float       *target,
                      int          width,
                      int          height,
                      int          radius,
                      float       *scratch,
                      DioWorkers  *workers);
void dio_buffer_blur (DioBuffer   *buffer,
                      double       sigma,
                      DioWorkers  *workers);

G_END_DECLS
