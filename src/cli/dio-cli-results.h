/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the library to the folder that a person named. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

gboolean dio_cli_results_write (DioJob      *job,
                                const char  *folder,
                                gboolean     json,
                                guint       *n_written,
                                GError     **error);

G_END_DECLS
