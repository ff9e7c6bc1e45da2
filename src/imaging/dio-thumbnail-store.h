/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thumbnails that are kept on disk, where file managers find them too. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

char      *dio_thumbnail_store_get_path (const char    *folder,
                                         GFile         *file,
                                         int            side);
DioPixels *dio_thumbnail_store_load     (const char    *folder,
                                         GFile         *file,
                                         int            side,
                                         GCancellable  *cancellable,
                                         GError       **error);

G_END_DECLS
