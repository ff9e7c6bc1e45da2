/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to an SQLite file: statements, rows, transactions. */

#include "config.h"

#include "dio-database-private.h"

#include "dio-error.h"

#include <errno.h>

#define BUSY_MILLISECONDS 5000
/* What is no larger is read whole as it is opened, in a few milliseconds. */
#define MAX_PAGES_TO_CHECK 512

struct _DioStatement
{
  DioDatabase  *database; /* (unowned) */
  sqlite3_stmt *handle;   /* (owned) */
};

/* Turns the latest error of SQLite into ours. Returns: FALSE */
gboolean
_dio_database_fail (DioDatabase  *self,
                    GError      **error)
{
  int code = sqlite3_extended_errcode (self->handle);
  const char *reason = sqlite3_errmsg (self->handle);

  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "The library %s is damaged: %s", self->path, reason);
      break;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "The library %s is in use by another program: %s", self->path, reason);
      break;

    case SQLITE_CANTOPEN:
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "The library %s cannot be opened: %s (%d)",
                   self->path, g_strerror (sqlite3_system_errno (self->handle)), code);
      break;

    default:
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "The library %s cannot be read or written: %s (%d)", self->path, reason, code);
      break;
    }

  return FALSE;
}

static void
bind_values (DioStatement *self,
             const char   *types,
             va_list       arguments)
{
  for (int i = 1; types[i - 1] != '\0'; i++)
    {
      switch (types[i - 1])
        {
        case 's':
          sqlite3_bind_text (self->handle, i, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
          break;
        case 'x':
          sqlite3_bind_int64 (self->handle, i, va_arg (arguments, gint64));
          break;
        case 'd':
          sqlite3_bind_double (self->handle, i, va_arg (arguments, double));
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static DioStatement *
prepare (DioDatabase  *self,
         GError      **error,
         const char   *sql,
         const char   *types,
         va_list       arguments)
{
  g_autoptr(DioStatement) statement = g_new0 (DioStatement, 1);

  statement->database = self;
  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement->handle, NULL) != SQLITE_OK)
    {
      _dio_database_fail (self, error);
      return NULL;
    }

  bind_values (statement, types, arguments);

  return g_steal_pointer (&statement);
}

gboolean
_dio_database_read_number (DioDatabase  *self,
                           const char   *sql,
                           gint64       *number,
                           GError      **error)
{
  g_autoptr(DioStatement) statement = dio_database_query (self, error, sql, "");
  gboolean has_row;

  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  *number = has_row ? dio_statement_get_integer (statement, 0) : 0;

  return TRUE;
}

gboolean
_dio_database_check_whole (DioDatabase  *self,
                           GError      **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;
  const char *verdict;

  statement = dio_database_query (self, error, "PRAGMA quick_check (1)", "");
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  verdict = has_row ? dio_statement_get_text (statement, 0) : NULL;
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
               "The library %s is damaged: %s", self->path, verdict != NULL ? verdict : "no answer");

  return FALSE;
}

static gboolean
check_if_small (DioDatabase  *self,
                GError      **error)
{
  gboolean is_doubted = _dio_database_is_doubted (self->path);
  gint64 n_pages;

  if (!_dio_database_read_number (self, "PRAGMA page_count", &n_pages, error))
    return FALSE;
  if (n_pages > MAX_PAGES_TO_CHECK && !is_doubted)
    return TRUE;
  if (!_dio_database_check_whole (self, error))
    return FALSE;

  if (is_doubted)
    _dio_database_trust (self->path);

  return TRUE;
}

/* A file that turns out not to be ours to write must stay as it is, so what an
 * earlier process left in the log beside it is not worked in until it is known. */
static void
set_keep_log (DioDatabase *self,
              gboolean     keep)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, NULL);
}

static gboolean
connect_file (DioDatabase  *self,
              int           flags,
              GError      **error)
{
  if (sqlite3_open_v2 (self->path, &self->handle, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, NULL) != SQLITE_OK)
    return _dio_database_fail (self, error);

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  set_keep_log (self, TRUE);

  /* SQLite falls back to reading where it may not write, and says nothing. */
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "The library %s cannot be written: %s", self->path, g_strerror (EACCES));
      return FALSE;
    }

  return TRUE;
}

/* Lets go of a database that was attached, and leaves it and its log as they are. */
gboolean
_dio_database_detach (DioDatabase  *self,
                      const char   *name,
                      GError      **error)
{
  gboolean is_detached;

  set_keep_log (self, TRUE);
  is_detached = dio_database_run (self, error, "DETACH ?", "s", name);
  set_keep_log (self, FALSE);

  return is_detached;
}

/* Closing does that as well, but does not tell when there is no space for it. */
gboolean
_dio_database_work_log_in (DioDatabase  *self,
                           GError      **error)
{
  return dio_database_run (self, error, "PRAGMA wal_checkpoint (TRUNCATE)", "");
}

/**
 * dio_database_open:
 * @path: the file; made where it is not there
 * @migrations: (array zero-terminated=1): SQL that leads from each version to
 *   the next; the version of a file is the number of those it has been through
 * @error: return location for a #GError
 *
 * Opens a database for keeping what must not be lost: a transaction that was
 * committed is on the disk. Two processes must not open the same file at the
 * same moment; afterwards they may both use it.
 *
 * A file that is seen to be damaged, or of a later version than @migrations lead
 * to, is refused and stays as it is, byte for byte. A large file is not read
 * whole for that; dio_database_check() does that in its own time, and what it has
 * found damaged is not opened any more.
 *
 * Returns: (transfer full): a connection; %NULL with %DIO_ERROR_STORAGE
 */
DioDatabase *
dio_database_open (const char          *path,
                   const char * const  *migrations,
                   GError             **error)
{
  g_autoptr(DioDatabase) self = g_new0 (DioDatabase, 1);

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (migrations != NULL, NULL);

  self->path = g_strdup (path);

  if (!connect_file (self, SQLITE_OPEN_CREATE, error) ||
      !check_if_small (self, error) ||
      !_dio_database_migrate (self, migrations, error))
    return NULL;

  set_keep_log (self, FALSE);

  return g_steal_pointer (&self);
}

/**
 * dio_database_open_to_read:
 * @path: a file that another connection has opened with dio_database_open()
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a connection that changes nothing; %NULL with
 *   %DIO_ERROR_STORAGE
 */
DioDatabase *
dio_database_open_to_read (const char  *path,
                           GError     **error)
{
  g_autoptr(DioDatabase) self = g_new0 (DioDatabase, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  if (!connect_file (self, 0, error) || !dio_database_run (self, error, "PRAGMA query_only = ON", ""))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * dio_database_check:
 * @path: a file that another connection has opened with dio_database_open()
 * @error: return location for a #GError
 *
 * Reads the whole file, over a connection of its own.
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE where something is damaged
 */
gboolean
dio_database_check (const char  *path,
                    GError     **error)
{
  g_autoptr(DioDatabase) self = dio_database_open_to_read (path, error);

  if (self == NULL)
    return FALSE;
  if (_dio_database_check_whole (self, error))
    return TRUE;

  _dio_database_doubt (path);

  return FALSE;
}

void
dio_database_free (DioDatabase *self)
{
  if (self == NULL)
    return;

  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("Statements of %s are still in use", self->path);
  g_free (self->path);
  g_free (self);
}

/**
 * dio_database_get_n_changes:
 * @self: a database
 *
 * Returns: how many rows the latest dio_database_run() wrote
 */
gint64
dio_database_get_n_changes (DioDatabase *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes64 (self->handle);
}

/**
 * dio_database_begin:
 * @self: a database
 * @error: return location for a #GError
 *
 * Begins a transaction that writes: other connections wait with theirs, so
 * what is read in it stays true until its end.
 */
gboolean
dio_database_begin (DioDatabase  *self,
                    GError      **error)
{
  return dio_database_run (self, error, "BEGIN IMMEDIATE", "");
}

/**
 * dio_database_commit:
 * @self: a database
 * @error: return location for a #GError
 *
 * Ends a transaction. When that fails, the transaction is undone.
 */
gboolean
dio_database_commit (DioDatabase  *self,
                     GError      **error)
{
  if (dio_database_run (self, error, "COMMIT", ""))
    return TRUE;

  dio_database_rollback (self);

  return FALSE;
}

void
dio_database_rollback (DioDatabase *self)
{
  g_return_if_fail (self != NULL);

  /* Some errors have undone it already; asking again is harmless. */
  if (sqlite3_get_autocommit (self->handle) == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * dio_database_run:
 * @self: a database
 * @error: return location for a #GError
 * @sql: one statement, with a "?" for each value
 * @types: a letter for each value: "s" for a (nullable) string, "x" for a
 *   #gint64, "d" for a double
 * @...: the values
 *
 * Runs a statement to its end; rows are thrown away.
 */
gboolean
dio_database_run (DioDatabase  *self,
                  GError      **error,
                  const char   *sql,
                  const char   *types,
                  ...)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;
  va_list arguments;

  g_return_val_if_fail (self != NULL, FALSE);

  va_start (arguments, types);
  statement = prepare (self, error, sql, types, arguments);
  va_end (arguments);

  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return FALSE;
    }

  return statement != NULL;
}

/**
 * dio_database_query:
 * @self: a database
 * @error: return location for a #GError
 * @sql: one statement, with a "?" for each value
 * @types: as of dio_database_run()
 * @...: the values
 *
 * Returns: (transfer full): a statement before its first row; %NULL with
 *   %DIO_ERROR_STORAGE
 */
DioStatement *
dio_database_query (DioDatabase  *self,
                    GError      **error,
                    const char   *sql,
                    const char   *types,
                    ...)
{
  DioStatement *statement;
  va_list arguments;

  g_return_val_if_fail (self != NULL, NULL);

  va_start (arguments, types);
  statement = prepare (self, error, sql, types, arguments);
  va_end (arguments);

  return statement;
}

/**
 * dio_database_query_texts:
 * @self: a database
 * @error: return location for a #GError
 * @sql: one statement, with a "?" for each of @texts
 * @texts: (array zero-terminated=1): the values
 *
 * For a statement that is put together from parts.
 *
 * Returns: (transfer full): as dio_database_query()
 */
DioStatement *
dio_database_query_texts (DioDatabase         *self,
                          GError             **error,
                          const char          *sql,
                          const char * const  *texts)
{
  g_autoptr(DioStatement) statement = NULL;

  g_return_val_if_fail (texts != NULL, NULL);

  statement = dio_database_query (self, error, sql, "");
  for (int i = 0; statement != NULL && texts[i] != NULL; i++)
    sqlite3_bind_text (statement->handle, i + 1, texts[i], -1, SQLITE_TRANSIENT);

  return g_steal_pointer (&statement);
}

void
dio_statement_free (DioStatement *self)
{
  if (self == NULL)
    return;

  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * dio_statement_next:
 * @self: a statement
 * @has_row: (out): %FALSE when there are no more rows
 * @error: return location for a #GError
 *
 * Goes to the next row. Text of the row before is no longer valid.
 */
gboolean
dio_statement_next (DioStatement  *self,
                    gboolean      *has_row,
                    GError       **error)
{
  int code;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (has_row != NULL, FALSE);

  code = sqlite3_step (self->handle);
  *has_row = code == SQLITE_ROW;
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return _dio_database_fail (self->database, error);

  return TRUE;
}

/**
 * dio_statement_get_text:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: (nullable): the text, until the next row
 */
const char *
dio_statement_get_text (DioStatement *self,
                        int           column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *) sqlite3_column_text (self->handle, column);
}

gint64
dio_statement_get_integer (DioStatement *self,
                           int           column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->handle, column);
}

double
dio_statement_get_number (DioStatement *self,
                          int           column)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return sqlite3_column_double (self->handle, column);
}
