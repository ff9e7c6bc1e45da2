/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between stored sRGB bytes and light. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

DioBuffer *dio_pixels_to_linear   (const DioPixels *pixels,
                                   DioWorkers      *workers);
DioPixels *dio_linear_to_pixels   (const DioBuffer *linear,
                                   DioWorkers      *workers);
void       dio_buffer_linearise   (DioBuffer       *srgb,
                                   DioWorkers      *workers);
void       dio_buffer_delinearise (DioBuffer       *linear,
                                   DioWorkers      *workers);

G_END_DECLS
