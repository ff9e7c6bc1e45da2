/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the library is shown: a search, a filter and an order. */

#pragma once

#include "dio-result-query.h"
#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_GALLERY_BAR (dio_gallery_bar_get_type ())
G_DECLARE_FINAL_TYPE (DioGalleryBar, dio_gallery_bar, DIO, GALLERY_BAR, GtkWidget)

void                  dio_gallery_bar_set_studio   (DioGalleryBar *self,
                                                    DioStudio     *studio);
const DioResultQuery *dio_gallery_bar_get_query    (DioGalleryBar *self);
void                  dio_gallery_bar_focus        (DioGalleryBar *self);
void                  dio_gallery_bar_search       (DioGalleryBar *self,
                                                    const char    *text);
void                  dio_gallery_bar_clear        (DioGalleryBar *self);
void                  dio_gallery_bar_set_has_days (DioGalleryBar *self,
                                                    gboolean       has_days);

G_END_DECLS
