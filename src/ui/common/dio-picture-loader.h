/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures into textures, off the main thread. */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

void        dio_load_file_async     (GFile                *file,
                                     int                   max_side,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
void        dio_load_bytes_async    (GBytes               *bytes,
                                     int                   max_side,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GdkTexture *dio_load_picture_finish (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
