/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell of the gallery. */

#pragma once

#include "dio-job-tile.h"
#include "dio-result-tile.h"

G_BEGIN_DECLS

#define DIO_TYPE_TILE (dio_tile_get_type ())
G_DECLARE_FINAL_TYPE (DioTile, dio_tile, DIO, TILE, GtkWidget)

#define DIO_TILE_MIN_WIDTH 260
#define DIO_TILE_SHAPE 0.737 /* height to width */
#define DIO_TILE_MIN_HEIGHT (DIO_TILE_MIN_WIDTH * DIO_TILE_SHAPE)

GtkWidget     *dio_tile_new           (GtkListItem *list_item);
guint          dio_tile_get_position  (DioTile     *self);
gpointer       dio_tile_get_item      (DioTile     *self);
DioResultTile *dio_tile_show_result   (DioTile     *self);
DioJobTile    *dio_tile_show_job      (DioTile     *self);
void           dio_tile_put_away      (DioTile     *self);

G_END_DECLS
