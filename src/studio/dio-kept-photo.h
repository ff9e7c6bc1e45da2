/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo that the library keeps, by its content. */

#pragma once

#include "dio-library.h"

G_BEGIN_DECLS

void    dio_kept_photo_load_async  (DioLibrary           *library,
                                    const char           *hash,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
GBytes *dio_kept_photo_load_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
