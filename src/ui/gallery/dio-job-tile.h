/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the gallery: how far it is, or why it ended. */

#pragma once

#include "dio-job.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_JOB_TILE (dio_job_tile_get_type ())
G_DECLARE_FINAL_TYPE (DioJobTile, dio_job_tile, DIO, JOB_TILE, GtkWidget)

void dio_job_tile_set_job (DioJobTile *self,
                           DioJob     *job,
                           const char *provider);

G_END_DECLS
