/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was being compared, across restarts. */

#pragma once

#include "dio-compare-set.h"
#include "dio-studio.h"

G_BEGIN_DECLS

void       dio_compare_set_save         (DioCompareSet        *set,
                                         DioStudio            *studio);
void       dio_compare_set_load_async   (DioStudio            *studio,
                                         GListModel           *references,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GPtrArray *dio_compare_set_load_finish  (DioStudio            *studio,
                                         GAsyncResult         *result,
                                         GError              **error);
void       dio_compare_find_async       (DioStudio            *studio,
                                         const char * const   *keys,
                                         GListModel           *references,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GPtrArray *dio_compare_find_finish      (DioStudio            *studio,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
