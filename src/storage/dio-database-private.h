/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the database share: its use, and its opening. */

#pragma once

#include "dio-database.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _DioDatabase
{
  char    *path;   /* (owned) */
  sqlite3 *handle; /* (owned) */
};

gboolean _dio_database_fail    (DioDatabase         *self,
                                GError             **error);
gboolean _dio_database_read_number (DioDatabase     *self,
                                const char          *sql,
                                gint64              *number,
                                GError             **error);
gboolean _dio_database_check_whole (DioDatabase     *self,
                                GError             **error);
gboolean _dio_database_detach  (DioDatabase         *self,
                                const char          *name,
                                GError             **error);
gboolean _dio_database_work_log_in (DioDatabase     *self,
                                GError             **error);
void     _dio_database_doubt   (const char          *path);
gboolean _dio_database_is_doubted (const char       *path);
void     _dio_database_trust   (const char          *path);
gboolean _dio_database_migrate (DioDatabase         *self,
                                const char * const  *migrations,
                                GError             **error);

G_END_DECLS
