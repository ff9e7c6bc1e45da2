/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do with a job, wherever it is shown. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

DioJob *dio_job_find   (DioStudio  *studio,
                        const char *id);
void    dio_job_act    (DioStudio  *studio,
                        DioJob     *job,
                        const char *action,
                        GtkWidget  *near);
void    dio_job_open_preferences (DioJob    *job,
                                  GtkWidget *near);

G_END_DECLS
