/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that the documents portal lends to a program in a sandbox. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  dio_lent_file_is             (GFile *file);
gboolean  dio_lent_file_has_fixed_name (GFile *file);
char     *dio_lent_file_dup_shown_name (GFile *file);

G_END_DECLS
