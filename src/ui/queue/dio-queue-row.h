/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job of the page of all jobs. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_QUEUE_ROW (dio_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (DioQueueRow, dio_queue_row, DIO, QUEUE_ROW, GtkListBoxRow)

GtkWidget *dio_queue_row_new       (DioStudio   *studio,
                                    DioJob      *job);
DioJob    *dio_queue_row_get_job   (DioQueueRow *self);
void       dio_queue_row_set_place (DioQueueRow *self,
                                    gboolean     can_move,
                                    gboolean     is_first,
                                    gboolean     is_last);

G_END_DECLS
