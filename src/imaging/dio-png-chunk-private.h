/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the parts of a PNG that gdk-pixbuf cannot write as they should be. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dio_png_append_chunk      (GByteArray *png,
                                const char *name,
                                const char *data,
                                gsize       size);
void dio_png_append_text       (GByteArray *png,
                                const char *key,
                                const char *value);
void dio_png_append_plain_text (GByteArray *png,
                                const char *key,
                                const char *value);

G_END_DECLS
