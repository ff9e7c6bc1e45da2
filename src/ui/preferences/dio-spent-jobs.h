/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the last jobs cost, and the way of all of it into a file. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_SPENT_JOBS (dio_spent_jobs_get_type ())
G_DECLARE_FINAL_TYPE (DioSpentJobs, dio_spent_jobs, DIO, SPENT_JOBS, AdwPreferencesGroup)

void dio_spent_jobs_load (DioSpentJobs *self,
                          DioStudio    *studio);

G_END_DECLS
