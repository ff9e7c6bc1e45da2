/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a job ended without its pictures, and what solves it. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_PROBLEM (dio_job_problem_get_type ())
G_DECLARE_FINAL_TYPE (DioJobProblem, dio_job_problem, DIO, JOB_PROBLEM, GtkWidget)

void dio_job_problem_set_job (DioJobProblem *self,
                              DioStudio     *studio,
                              DioJob        *job);

G_END_DECLS
