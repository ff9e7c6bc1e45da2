/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells of the end of a job where no window is looked at. */

#pragma once

#include "dio-settings.h"
#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_NOTIFIER (dio_job_notifier_get_type ())
G_DECLARE_FINAL_TYPE (DioJobNotifier, dio_job_notifier, DIO, JOB_NOTIFIER, GObject)

DioJobNotifier *dio_job_notifier_new (GtkApplication *application,
                                      DioStudio      *studio,
                                      DioSettings    *settings);

G_END_DECLS
