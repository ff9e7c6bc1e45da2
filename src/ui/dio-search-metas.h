/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search in the desktop shows of results. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

void      dio_search_metas_load_async  (DioStudio            *studio,
                                        const char * const   *ids,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GVariant *dio_search_metas_load_finish (DioStudio            *studio,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
