/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to file bytes. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

GBytes *dio_image_encode_png         (const DioPixels  *pixels,
                                      GHashTable       *text,
                                      GError          **error);
GBytes *dio_image_encode_png_within  (const DioPixels  *pixels,
                                      GHashTable       *text,
                                      gsize             max_size,
                                      GError          **error);
GBytes *dio_image_encode_jpeg        (const DioPixels  *pixels,
                                      int               quality,
                                      GError          **error);
GBytes *dio_image_encode_jpeg_within (const DioPixels  *pixels,
                                      int               quality,
                                      gsize             max_size,
                                      GError          **error);
GBytes *dio_image_encode_webp        (const DioPixels  *pixels,
                                      int               quality,
                                      GError          **error);

G_END_DECLS
