/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in large, and how it came about. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_VIEWER (dio_viewer_get_type ())
G_DECLARE_FINAL_TYPE (DioViewer, dio_viewer, DIO, VIEWER, GtkWidget)

void          dio_viewer_set_results       (DioViewer       *self,
                                            DioStudio       *studio,
                                            DioResultList   *results);
void          dio_viewer_open              (DioViewer       *self,
                                            DioResult       *result,
                                            GdkPaintable    *meanwhile);
DioResult    *dio_viewer_get_result        (DioViewer       *self);

/* For a picture on its way to or from here. */
gboolean      dio_viewer_find_place        (DioViewer       *self,
                                            GtkWidget       *relative_to,
                                            graphene_rect_t *place);
GdkPaintable *dio_viewer_dup_picture       (DioViewer       *self);
void          dio_viewer_set_hides_picture (DioViewer       *self,
                                            gboolean         hides_picture);

G_END_DECLS
