/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that are over, sent once more. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dio_job_retry (DioStudio *studio,
                    GPtrArray *jobs,
                    GtkWidget *near);

G_END_DECLS
