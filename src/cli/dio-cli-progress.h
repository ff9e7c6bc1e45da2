/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a job is, on stderr. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

typedef struct _DioCliProgress DioCliProgress;

DioCliProgress *dio_cli_progress_new   (DioJob         *job);
void            dio_cli_progress_free  (DioCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCliProgress, dio_cli_progress_free)

G_END_DECLS
