/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that the command line writes for a person. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  dio_cli_file_write        (const char  *path,
                                     GBytes      *bytes,
                                     gboolean     replace,
                                     GError     **error);
char     *dio_cli_file_write_number (const char  *folder,
                                     const char  *stem,
                                     const char  *extension,
                                     GBytes      *bytes,
                                     GError     **error);
gboolean  dio_cli_file_check_target (const char  *path,
                                     gboolean     replace,
                                     GError     **error);
gboolean  dio_cli_file_check_folder (const char  *folder,
                                     GError     **error);
gboolean  dio_cli_file_open_folder  (const char  *folder,
                                     gboolean    *made,
                                     GError     **error);

G_END_DECLS
