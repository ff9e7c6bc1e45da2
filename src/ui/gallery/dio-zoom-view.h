/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture that can be zoomed into and moved about. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_ZOOM_VIEW (dio_zoom_view_get_type ())
G_DECLARE_FINAL_TYPE (DioZoomView, dio_zoom_view, DIO, ZOOM_VIEW, GtkWidget)

void     dio_zoom_view_set_size     (DioZoomView *self,
                                     int          width,
                                     int          height);
void     dio_zoom_view_set_texture  (DioZoomView *self,
                                     GdkTexture  *texture);
gboolean dio_zoom_view_wants_more   (DioZoomView *self);
gboolean dio_zoom_view_find_picture (DioZoomView     *self,
                                     graphene_rect_t *place);
double   dio_zoom_view_get_zoom     (DioZoomView *self);
gboolean dio_zoom_view_pan          (DioZoomView *self,
                                     double       dx,
                                     double       dy);
void     dio_zoom_view_zoom_by      (DioZoomView *self,
                                     double       factor);
void     dio_zoom_view_zoom_to_fit  (DioZoomView *self);
void     dio_zoom_view_zoom_to_full (DioZoomView *self);

G_END_DECLS
