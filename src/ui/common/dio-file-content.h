/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a file for the clipboard and for drags. */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define DIO_TYPE_FILE_CONTENT (dio_file_content_get_type ())
G_DECLARE_FINAL_TYPE (DioFileContent, dio_file_content, DIO, FILE_CONTENT, GdkContentProvider)

GdkContentProvider *dio_file_content_new (GFile      *file,
                                          const char *mime_type);

G_END_DECLS
