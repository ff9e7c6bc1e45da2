/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that is damaged, made anew of what can be read of it: row by row,
 * where a page of it cannot. The damaged file is kept, with its log; it may hold
 * what another tool can read. */

#include "config.h"

#include "dio-repair.h"

#include "dio-archive-private.h"
#include "dio-error.h"
#include "dio-part-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Where not even the last number of a table can be read. */
#define MANY_ROWS (1 << 22)

static const char *const tables[] = { "jobs", "results", "accounts", "caps", "settings" };

/* Returns: (transfer full) (nullable): what both versions of a table have */
static char *
list_columns (DioDatabase *database,
              const char  *table)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT group_concat (a.name) FROM pragma_table_info ('%s', 'main') AS a, "
                     "pragma_table_info ('%s', 'old') AS b WHERE a.name = b.name", table, table);
  g_autoptr(DioStatement) statement = dio_database_query (database, NULL, sql, "");
  gboolean has_row;

  if (statement == NULL || !dio_statement_next (statement, &has_row, NULL) || !has_row)
    return NULL;

  return g_strdup (dio_statement_get_text (statement, 0));
}

static gint64
read_number (DioDatabase *database,
             const char  *sql,
             gint64       fallback)
{
  g_autoptr(DioStatement) statement = dio_database_query (database, NULL, sql, "");
  gboolean has_row;

  if (statement == NULL || !dio_statement_next (statement, &has_row, NULL) || !has_row)
    return fallback;

  return dio_statement_get_integer (statement, 0);
}

/* Halves what cannot be read, until it is a single row. */
static void
copy_rows (DioDatabase *database,
           const char  *sql,
           gint64       first,
           gint64       last)
{
  gint64 middle = first + (last - first) / 2;

  if (first > last || dio_database_run (database, NULL, sql, "xx", first, last) || first == last)
    return;

  copy_rows (database, sql, first, middle);
  copy_rows (database, sql, middle + 1, last);
}

static void
copy_table (DioDatabase *database,
            const char  *table)
{
  g_autofree char *columns = list_columns (database, table);
  g_autofree char *last = g_strdup_printf ("SELECT max (rowid) FROM old.%s", table);
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return;

  sql = g_strdup_printf ("INSERT OR IGNORE INTO main.%s (%s) SELECT %s FROM old.%s WHERE rowid BETWEEN ? AND ?",
                         table, columns, columns, table);
  copy_rows (database, sql, 1, read_number (database, last, MANY_ROWS));
}

/* A result whose job is lost tells what is left of that. */
static gboolean
make_jobs (DioDatabase  *database,
           GError      **error)
{
  return dio_database_run (database, error,
                           "INSERT OR IGNORE INTO jobs (id, provider, model, title, prompt, request, state, created, updated) "
                           "SELECT job_id, provider, model, title, prompt, '{}', 'done', min (created), min (created) "
                           "FROM results WHERE job_id NOT IN (SELECT id FROM jobs) GROUP BY job_id", "");
}

static gboolean
copy_from (DioDatabase  *database,
           const char   *path,
           GError      **error)
{
  g_autoptr(GError) local_error = NULL;

  if (!dio_database_run (database, &local_error, "ATTACH ? AS old", "s", path))
    {
      g_debug ("%s", local_error->message);
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    copy_table (database, tables[i]);

  return make_jobs (database, error) && dio_database_run (database, error, "DETACH old", "");
}

static gboolean
copy_all (DioDatabase  *database,
          const char   *damaged,
          const char   *backup,
          DioRepair    *report,
          GError      **error)
{
  if (!dio_database_run (database, error, "PRAGMA foreign_keys = OFF", "") || !copy_from (database, damaged, error))
    return FALSE;

  report->n_results = read_number (database, "SELECT count (*) FROM results", 0);
  report->n_jobs = read_number (database, "SELECT count (*) FROM jobs", 0);
  if (report->n_results > 0 || report->n_jobs > 0 || backup == NULL)
    return TRUE;

  report->is_from_backup = TRUE;
  if (!copy_from (database, backup, error))
    return FALSE;

  report->n_results = read_number (database, "SELECT count (*) FROM results", 0);
  report->n_jobs = read_number (database, "SELECT count (*) FROM jobs", 0);

  return TRUE;
}

/* Returns: (transfer full) (nullable): what was kept as the program was updated */
static char *
find_backup (const char *path)
{
  for (guint version = g_strv_length ((GStrv) _dio_archive_migrations); version > 0; version--)
    {
      g_autofree char *backup = g_strdup_printf ("%s.bak-%u", path, version);

      if (g_file_test (backup, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&backup);
    }

  return NULL;
}

/* The damaged file has a second name before the new one takes its first, and its
 * log goes before that: of a log, SQLite does not know whose it is. */
static gboolean
put_in_place (const char  *path,
              const char  *part,
              const char  *aside,
              GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *log_aside = g_strconcat (aside, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  if (link (path, aside) != 0 || (g_rename (log, log_aside) != 0 && errno != ENOENT) || g_rename (part, path) != 0)
    {
      int code = errno;

      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", folder, g_strerror (code));
      return FALSE;
    }
  g_unlink (index);

  return dio_part_file_sync (folder, error);
}

static gboolean
repair (const char  *folder,
        DioRepair   *report,
        GError     **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *backup = find_backup (path);
  DioDatabase *database;
  gboolean is_copied;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no library in %s", folder);
      return FALSE;
    }

  g_unlink (part);
  database = dio_database_open (part, _dio_archive_migrations, error);
  if (database == NULL)
    return FALSE;

  is_copied = copy_all (database, path, backup, report, error);
  dio_database_free (database);
  if (!is_copied)
    return FALSE;

  report->aside = g_strdup_printf ("%s.damaged-%s", path, stamp);
  for (guint i = 2; g_file_test (report->aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (report->aside);
      report->aside = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, i);
    }

  return put_in_place (path, part, report->aside, error);
}

/**
 * dio_repair_library:
 * @folder: a data folder that no program is using
 * @report: (out): what has come of it
 * @error: return location for a #GError
 *
 * Makes a new database of all rows that can be read. No picture is touched.
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND or %DIO_ERROR_STORAGE, and nothing
 *   is changed
 */
gboolean
dio_repair_library (const char  *folder,
                    DioRepair   *report,
                    GError     **error)
{
  g_autofree char *owners = NULL;
  gboolean is_repaired;
  int fd;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (report != NULL, FALSE);

  *report = (DioRepair) { 0 };
  owners = g_build_filename (folder, "owners", NULL);
  fd = _dio_archive_lock_folder (folder, error);
  if (fd < 0)
    return FALSE;

  if (dio_owner_lives_any (owners))
    {
      close (fd);
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "The library in %s is in use by another program", folder);
      return FALSE;
    }

  is_repaired = repair (folder, report, error);
  close (fd);

  return is_repaired;
}

void
dio_repair_clear (DioRepair *self)
{
  g_clear_pointer (&self->aside, g_free);
}
