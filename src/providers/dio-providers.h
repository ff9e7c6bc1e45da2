/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every provider there is. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GListModel *dio_providers_new (const char *cache_folder);

G_END_DECLS
