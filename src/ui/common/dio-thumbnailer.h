/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thumbnails of files as textures: those near what is looked at first. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_THUMBNAILER (dio_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (DioThumbnailer, dio_thumbnailer, DIO, THUMBNAILER, GObject)

DioThumbnailer *dio_thumbnailer_new         (const char           *folder,
                                             gsize                 max_bytes);
void            dio_thumbnailer_set_view    (DioThumbnailer       *self,
                                             double                first,
                                             double                last);
GdkTexture     *dio_thumbnailer_lookup      (DioThumbnailer       *self,
                                             const char           *path,
                                             int                   side);
void            dio_thumbnailer_load_async  (DioThumbnailer       *self,
                                             const char           *path,
                                             int                   side,
                                             guint                 position,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GdkTexture     *dio_thumbnailer_load_finish (DioThumbnailer       *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
