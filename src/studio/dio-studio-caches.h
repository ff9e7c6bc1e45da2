/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frees what can be made again. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

void     dio_studio_clear_caches_async  (DioStudio            *self,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean dio_studio_clear_caches_finish (DioStudio            *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
