/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in large, and how it came about. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_VIEWER (dio_viewer_get_type ())
G_DECLARE_FINAL_TYPE (DioViewer, dio_viewer, DIO, VIEWER, GtkWidget)

void dio_viewer_set_results (DioViewer  *self,
                             DioStudio  *studio,
                             GListModel *results);
void dio_viewer_open        (DioViewer  *self,
                             DioResult  *result);

G_END_DECLS
