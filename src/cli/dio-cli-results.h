/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the library to the folder that a person named. */

#pragma once

#include "dio-library.h"

G_BEGIN_DECLS

gboolean dio_cli_results_write      (DioJob               *job,
                                     const char           *folder,
                                     gboolean              json,
                                     guint                *n_written,
                                     GError              **error);
gboolean dio_cli_results_write_kept (DioLibrary           *library,
                                     const DioJobSummary  *summary,
                                     const char           *folder,
                                     gboolean              json,
                                     guint                *n_written,
                                     GError              **error);
void     dio_cli_results_print_kept (DioLibrary           *library,
                                     const char           *job_id,
                                     gboolean              json);

G_END_DECLS
