/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a plane that are worth working on. */

#include "config.h"

#include "dio-tiles.h"

/* Tiles are made of square cells. */
#define CELL DIO_TILE_HEIGHT

static gboolean
is_marked (const guint8 *mask,
           int           stride,
           int           width,
           int           height)
{
  for (int y = 0; y < height; y++)
    {
      guint8 any = 0;

      for (int x = 0; x < width; x++)
        any |= mask[(gsize) y * stride + x];
      if (any != 0)
        return TRUE;
    }

  return FALSE;
}

static void
cover_row (GArray       *tiles,
           const guint8 *mask,
           int           width,
           int           y,
           int           height)
{
  DioTile *last = NULL;

  for (int x = 0; x < width; x += CELL)
    {
      DioTile tile = { x, y, MIN (CELL, width - x), height };

      if (!is_marked (mask + (gsize) y * width + x, width, tile.width, height))
        continue;

      if (last != NULL && last->x + last->width == x && last->width + tile.width <= DIO_TILE_MAX_WIDTH)
        {
          last->width += tile.width;
          continue;
        }

      g_array_append_val (tiles, tile);
      last = &g_array_index (tiles, DioTile, tiles->len - 1);
    }
}

/**
 * dio_tiles_cover:
 * @mask: a plane of @width x @height, not zero where marked
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full) (element-type DioTile): tiles that do not overlap and
 *   hold every marked pixel
 */
GArray *
dio_tiles_cover (const guint8 *mask,
                 int           width,
                 int           height)
{
  GArray *tiles = g_array_new (FALSE, FALSE, sizeof (DioTile));

  for (int y = 0; y < height; y += CELL)
    cover_row (tiles, mask, width, y, MIN (CELL, height - y));

  return tiles;
}

/**
 * dio_tile_grow:
 * @self: a tile
 * @by: how many pixels to each side
 *
 * Returns: the tile made larger, beyond the plane's borders too
 */
DioTile
dio_tile_grow (const DioTile *self,
               int            by)
{
  DioTile grown = { self->x - by, self->y - by, self->width + 2 * by, self->height + 2 * by };

  return grown;
}
