/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the gallery. */

#pragma once

#include "dio-result.h"
#include "dio-thumbnailer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_RESULT_TILE (dio_result_tile_get_type ())
G_DECLARE_FINAL_TYPE (DioResultTile, dio_result_tile, DIO, RESULT_TILE, GtkWidget)

void          dio_result_tile_set_result  (DioResultTile   *self,
                                           DioResult       *result,
                                           const char      *caption,
                                           DioThumbnailer  *thumbnailer,
                                           guint            position);
void          dio_result_tile_set_group   (DioResultTile   *self,
                                           const char      *text);
DioResult    *dio_result_tile_get_result  (DioResultTile   *self);
GdkPaintable *dio_result_tile_get_picture (DioResultTile   *self);
gboolean      dio_result_tile_get_is_missing (DioResultTile *self);

G_END_DECLS
