/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was made and what is being made. */

#pragma once

#include "dio-gallery-bar.h"
#include "dio-result-list.h"
#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_GALLERY (dio_gallery_get_type ())
G_DECLARE_FINAL_TYPE (DioGallery, dio_gallery, DIO, GALLERY, GtkWidget)

void        dio_gallery_set_studio  (DioGallery *self,
                                     DioStudio  *studio);
void        dio_gallery_set_bar     (DioGallery    *self,
                                     DioGalleryBar *bar);
DioResultList *dio_gallery_get_results (DioGallery *self);
GPtrArray  *dio_gallery_dup_dragged (DioGallery *self,
                                     DioResult  *result);
void        dio_gallery_show_newest (DioGallery *self);
gboolean    dio_gallery_find_place  (DioGallery       *self,
                                     DioResult        *result,
                                     GtkWidget        *relative_to,
                                     graphene_rect_t  *place,
                                     GdkPaintable    **picture);
void        dio_gallery_reveal      (DioGallery       *self,
                                     DioResult        *result);

G_END_DECLS
