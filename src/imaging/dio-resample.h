/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing the size of buffers and pictures. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

DioBuffer *dio_buffer_resample          (const DioBuffer *source,
                                         int              width,
                                         int              height,
                                         DioWorkers      *workers);
DioBuffer *dio_buffer_resample_bilinear (const DioBuffer *source,
                                         int              width,
                                         int              height,
                                         DioWorkers      *workers);
DioPixels *dio_pixels_resample          (const DioPixels *source,
                                         int              width,
                                         int              height,
                                         DioWorkers      *workers);
DioPixels *dio_pixels_resample_last     (DioPixels       *source,
                                         int              width,
                                         int              height,
                                         DioWorkers      *workers);
void       dio_fit_size                 (int              width,
                                         int              height,
                                         int              max_side,
                                         int             *fit_width,
                                         int             *fit_height);

G_END_DECLS
