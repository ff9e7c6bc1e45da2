/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way strokes run. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

DioBuffer *dio_flow_new_of_strokes (const DioPixels *picture,
                                    DioWorkers      *workers);
DioBuffer *dio_flow_new_of_forms   (const DioPixels *picture,
                                    guint32          seed,
                                    DioWorkers      *workers);

G_END_DECLS
