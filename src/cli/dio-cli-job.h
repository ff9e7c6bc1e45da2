/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for jobs, and tells of them. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

gboolean       dio_cli_job_wait            (DioJob              *job,
                                            GCancellable        *cancellable,
                                            gboolean             shows_progress,
                                            GError             **error);
const char    *dio_cli_job_get_cancel_bills (DioStudio          *studio,
                                             DioJob             *job);
GPtrArray     *dio_cli_job_load_all        (DioStudio           *studio,
                                            GError             **error);
DioJobSummary *dio_cli_job_find            (GPtrArray           *summaries,
                                            const char          *id,
                                            GError             **error);
DioJob        *dio_cli_job_take            (DioStudio           *studio,
                                            const DioJobSummary *summary,
                                            GError             **error);

G_END_DECLS
