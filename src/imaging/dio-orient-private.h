/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns stored pixels upright. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

/**
 * DioTurn:
 * @is_lying: rows become columns
 * @is_from_right: what is stored at the right comes first
 * @is_from_bottom: what is stored at the bottom comes first
 *
 * What an EXIF orientation asks for.
 */
typedef struct
{
  gboolean is_lying;
  gboolean is_from_right;
  gboolean is_from_bottom;
} DioTurn;

DioTurn    dio_orient_get_turn (int           orientation);
DioPixels *dio_orient_copy     (const guint8 *data,
                                int           width,
                                int           height,
                                int           stride,
                                int           old_channels,
                                int           new_channels,
                                int           orientation);
DioPixels *dio_orient_take     (DioPixels    *pixels,
                                int           orientation);

G_END_DECLS
