/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to an SQLite file. Everything blocks: for worker threads, and
 * one thread at a time. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DioDatabase DioDatabase;
typedef struct _DioStatement DioStatement;

DioDatabase  *dio_database_open          (const char          *path,
                                          const char * const  *migrations,
                                          GError             **error);
DioDatabase  *dio_database_open_to_read  (const char          *path,
                                          GError             **error);
gboolean      dio_database_check         (const char          *path,
                                          GError             **error);
gboolean      dio_database_copy          (const char          *path,
                                          const char          *target,
                                          GError             **error);
void          dio_database_free          (DioDatabase         *self);
gint64        dio_database_get_n_changes (DioDatabase         *self);
gboolean      dio_database_begin         (DioDatabase         *self,
                                          GError             **error);
gboolean      dio_database_commit        (DioDatabase         *self,
                                          GError             **error);
void          dio_database_rollback      (DioDatabase         *self);
gboolean      dio_database_run           (DioDatabase         *self,
                                          GError             **error,
                                          const char          *sql,
                                          const char          *types,
                                          ...);

/* Reading row by row; to be freed before the database. */
DioStatement *dio_database_query         (DioDatabase         *self,
                                          GError             **error,
                                          const char          *sql,
                                          const char          *types,
                                          ...);
DioStatement *dio_database_query_texts   (DioDatabase         *self,
                                          GError             **error,
                                          const char          *sql,
                                          const char * const  *texts);
void          dio_statement_free         (DioStatement        *self);
gboolean      dio_statement_next         (DioStatement        *self,
                                          gboolean            *has_row,
                                          GError             **error);
const char   *dio_statement_get_text     (DioStatement        *self,
                                          int                  column);
gint64        dio_statement_get_integer  (DioStatement        *self,
                                          int                  column);
double        dio_statement_get_number   (DioStatement        *self,
                                          int                  column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDatabase, dio_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioStatement, dio_statement_free)

G_END_DECLS
