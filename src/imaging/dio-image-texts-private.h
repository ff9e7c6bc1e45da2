/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts that a picture's file holds, by the names that it gives them. */

#pragma once

#include "dio-byte-reader-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* No text of use is longer, packed or not. */
#define DIO_IMAGE_TEXT_MAX_SIZE (4 * 1024 * 1024)

/* Names that texts of EXIF get here. */
#define DIO_IMAGE_TEXT_COMMENT "UserComment"
#define DIO_IMAGE_TEXT_MAKE    "Make"
#define DIO_IMAGE_TEXT_MODEL   "Model"

GHashTable *dio_image_texts_read (GBytes        *file);
void        dio_image_texts_add  (GHashTable    *texts,
                                  const char    *key,
                                  const char    *text,
                                  gsize          size);
void        dio_exif_read_texts  (DioByteReader  tiff,
                                  GHashTable    *texts);
void        dio_png_read_texts   (DioByteReader  file,
                                  GHashTable    *texts);

G_END_DECLS
