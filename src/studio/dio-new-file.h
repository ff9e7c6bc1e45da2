/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New files in a folder of the person's, under the first name that is free. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void      dio_new_file_sweep (GFile         *folder);
GFile    *dio_new_file_begin (GFile         *folder);
gboolean  dio_new_file_end   (GFile         *part,
                              const char    *stem,
                              const char    *extension,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
