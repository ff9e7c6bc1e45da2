/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What making a back-up and restoring one share. */

#pragma once

#include "dio-backup.h"

G_BEGIN_DECLS

#define DIO_BACKUP_DATABASE "library.db"

gboolean _dio_backup_copy_file    (const char    *from,
                                   const char    *to,
                                   GCancellable  *cancellable,
                                   GError       **error);
gboolean _dio_backup_copy_folders (const char    *from,
                                   const char    *to,
                                   GCancellable  *cancellable,
                                   GError       **error);
gboolean _dio_backup_sync         (const char    *folder,
                                   GError       **error);
void     _dio_backup_remove_tree  (const char    *path);
int      _dio_backup_open_part    (const char    *folder,
                                   GError       **error);
gboolean _dio_backup_is_held      (const char    *folder);
void     _dio_backup_sweep        (const char    *folder,
                                   const char    *prefix);
gboolean _dio_backup_settle       (const char    *folder,
                                   GError       **error);

G_END_DECLS
