/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every provider there is. */

#pragma once

#include "dio-http.h"
#include "dio-key-store.h"

G_BEGIN_DECLS

GListModel *dio_providers_new (const char  *cache_folder,
                               DioKeyStore *key_store,
                               DioHttp     *http);

G_END_DECLS
