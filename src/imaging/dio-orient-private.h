/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns stored pixels upright. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

DioPixels *dio_orient_copy (const guint8 *data,
                            int           width,
                            int           height,
                            int           stride,
                            int           old_channels,
                            int           new_channels,
                            int           orientation);
DioPixels *dio_orient_take (DioPixels    *pixels,
                            int           orientation);

G_END_DECLS
