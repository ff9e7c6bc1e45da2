/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a folder of files that can be made again from growing. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dio_cache_folder_mark_used (const char *path);
void dio_cache_folder_trim      (const char *folder,
                                 const char *mark,
                                 guint64     max_bytes,
                                 gint64      min_age);

G_END_DECLS
