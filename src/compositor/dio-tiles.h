/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a plane that are worth working on: where a subject ends is a
 * small part of a picture, and everything else is known. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioTile:
 * @x: left, may be negative where a tile was grown
 * @y: top, may be negative where a tile was grown
 * @width: at most %DIO_TILE_MAX_WIDTH unless grown
 * @height: at most %DIO_TILE_HEIGHT unless grown
 */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} DioTile;

#define DIO_TILE_HEIGHT    32
#define DIO_TILE_MAX_WIDTH 128

GArray *dio_tiles_cover (const guint8  *mask,
                         int            width,
                         int            height);
DioTile dio_tile_grow   (const DioTile *self,
                         int            by);

G_END_DECLS
