/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paints a picture with the brush strokes of another. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-progress.h"
#include "dio-workers.h"

G_BEGIN_DECLS

void dio_strokes_apply (DioBuffer       *picture,
                        const DioPixels *style,
                        const DioBuffer *subjects,
                        double           amount,
                        guint32          seed,
                        DioProgress     *progress,
                        DioWorkers      *workers);

G_END_DECLS
