/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a database: how it writes, and the way from version to version. */

#include "config.h"

#include "dio-database-private.h"

#include "dio-error.h"
#include "dio-part-file.h"

#include <errno.h>
#include <glib/gstdio.h>

static gboolean
run_script (DioDatabase  *self,
            const char   *sql,
            GError      **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
         _dio_database_fail (self, error);
}

/* What was committed last may still be in the log beside the file, so it takes
 * more than a copy of the file. */
static gboolean
back_up (DioDatabase  *self,
         gint64        version,
         GError      **error)
{
  g_autofree char *backup = g_strdup_printf ("%s.bak-%" G_GINT64_FORMAT, self->path, version);
  g_autofree char *part = g_strconcat (backup, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_unlink (part);
  if (!dio_database_run (self, error, "VACUUM INTO ?", "s", part))
    {
      g_unlink (part);
      return FALSE;
    }

  if (g_rename (part, backup) != 0)
    {
      int code = errno;

      g_unlink (part);
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "Cannot write to %s: %s", folder, g_strerror (code));
      return FALSE;
    }

  return dio_part_file_sync (folder, error);
}

/**
 * dio_database_copy:
 * @path: a database; others may be writing to it
 * @target: a file that is not there yet
 * @error: return location for a #GError
 *
 * Writes all that is committed now, and nothing of what is not, into a file of
 * its own.
 */
gboolean
dio_database_copy (const char  *path,
                   const char  *target,
                   GError     **error)
{
  g_autoptr(DioDatabase) self = dio_database_open_to_read (path, error);

  /* It is the other file that is written. */
  return self != NULL &&
         dio_database_run (self, error, "PRAGMA query_only = OFF", "") &&
         dio_database_run (self, error, "VACUUM INTO ?", "s", target);
}

static gboolean
migrate_once (DioDatabase  *self,
              const char   *sql,
              gint64        version,
              GError      **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);

  if (!dio_database_begin (self, error))
    return FALSE;

  if (!run_script (self, sql, error) || !run_script (self, mark, error))
    {
      dio_database_rollback (self);
      return FALSE;
    }

  return dio_database_commit (self, error);
}

/* Brings the file to the latest version; before it is known to be ours to
 * write, nothing is written. */
gboolean
_dio_database_migrate (DioDatabase         *self,
                       const char * const  *migrations,
                       GError             **error)
{
  gint64 latest = g_strv_length ((GStrv) migrations);
  gint64 version;

  if (!_dio_database_read_number (self, "PRAGMA user_version", &version, error))
    return FALSE;

  if (version < 0 || version > latest)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NEWER,
                   "The library %s was written by a newer Diorama "
                   "(version %" G_GINT64_FORMAT ", this one knows %" G_GINT64_FORMAT ")",
                   self->path, version, latest);
      return FALSE;
    }

  if (version > 0 && version < latest &&
      (!_dio_database_check_whole (self, error) || !back_up (self, version, error)))
    return FALSE;

  if (!run_script (self,
                   "PRAGMA journal_mode = WAL;"
                   "PRAGMA synchronous = FULL;"
                   "PRAGMA foreign_keys = ON;",
                   error))
    return FALSE;

  for (; version < latest; version++)
    {
      if (!migrate_once (self, migrations[version], version + 1, error))
        return FALSE;
    }

  return TRUE;
}
