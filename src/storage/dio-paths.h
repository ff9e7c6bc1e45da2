/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders of this person that the program keeps its things in. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *dio_paths_dup_data_folder  (void);
char     *dio_paths_dup_cache_folder (void);
gboolean  dio_paths_make_folder      (const char  *folder,
                                      GError     **error);

G_END_DECLS
