/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs in words: how far they are, what they wait for, what they are. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

char *dio_job_dup_status  (DioJob     *job);
char *dio_job_dup_time    (DioJob     *job,
                           const char *name);
char *dio_job_dup_maker   (DioStudio  *studio,
                           DioJob     *job);
char *dio_format_time_of  (gint64      microseconds);

G_END_DECLS
