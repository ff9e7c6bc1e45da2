/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos as they come from cameras, telephones and editors, with all that those
 * write into them. */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Where somebody lives, as it stands in a file: minutes in ten thousandths. */
#define PHOTOS_PLACE "\x00\x05\x7d\xe3\x00\x00\x27\x10"
#define PHOTOS_SERIAL "SN48151623"

GBytes    *photos_save                 (GdkPixbuf  *pixbuf,
                                        const char *format,
                                        const char *key,
                                        const char *value);
GdkPixbuf *photos_make_picture         (int         width,
                                        int         height,
                                        int         grain);
GBytes    *photos_make_jpeg            (int         width,
                                        int         height);
GBytes    *photos_make_png             (int         width,
                                        int         height);
GBytes    *photos_make_transparent_png (int         width,
                                        int         height,
                                        int         grain);
GBytes    *photos_insert_exif          (GBytes     *jpeg,
                                        int         orientation);
GBytes    *photos_make_talkative_jpeg  (GBytes     *jpeg);
GBytes    *photos_make_talkative_png   (GBytes     *png);
GBytes    *photos_make_whispering_jpeg (GBytes     *jpeg,
                                        int         marker);
GBytes    *photos_make_deep_png        (void);
GBytes    *photos_load                 (const char *name);
GBytes    *photos_make_webp            (gboolean    is_talkative);
gboolean   photos_can_read             (const char *mime_type);
GBytes    *photos_make_profiled_jpeg   (gboolean    is_srgb);

G_END_DECLS
