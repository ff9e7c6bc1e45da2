/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to what GTK draws. */

#pragma once

#include "dio-pixels.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

GdkTexture *dio_texture_new    (const DioPixels *pixels);
GdkTexture *dio_texture_new_in (const DioPixels *pixels,
                                int              x,
                                int              y,
                                int              area_width,
                                int              area_height,
                                int              radius);

G_END_DECLS
