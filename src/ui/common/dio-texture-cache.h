/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Textures that were on the screen lately, up to a number of bytes. */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define DIO_TYPE_TEXTURE_CACHE (dio_texture_cache_get_type ())
G_DECLARE_FINAL_TYPE (DioTextureCache, dio_texture_cache, DIO, TEXTURE_CACHE, GObject)

DioTextureCache *dio_texture_cache_new    (gsize            max_bytes);
GdkTexture      *dio_texture_cache_lookup (DioTextureCache *self,
                                           const char      *id,
                                           int              side);
void             dio_texture_cache_add    (DioTextureCache *self,
                                           const char      *id,
                                           int              side,
                                           GdkTexture      *texture);

G_END_DECLS
