/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling in what is not known from what is known around it. */

#pragma once

#include "dio-buffer.h"
#include "dio-workers.h"

G_BEGIN_DECLS

DioBuffer *dio_pull_push (const DioBuffer *values,
                          const float     *known,
                          DioWorkers      *workers);

G_END_DECLS
