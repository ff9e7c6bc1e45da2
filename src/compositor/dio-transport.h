/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves one cloud of points onto another. */

#pragma once

#include "dio-buffer.h"
#include "dio-workers.h"

G_BEGIN_DECLS

void dio_transport (DioBuffer       *points,
                    const DioBuffer *target,
                    guint32          seed,
                    DioWorkers      *workers);

G_END_DECLS
