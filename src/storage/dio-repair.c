/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that is damaged, made anew of what can be read of it: row by row,
 * where a page of it cannot. The damaged file is kept, with its log; it may hold
 * what another tool can read. */

#include "config.h"

#include "dio-repair.h"

#include "dio-archive-private.h"
#include "dio-database-private.h"
#include "dio-error.h"
#include "dio-part-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Where not even the last number of a table can be read. */
#define MANY_ROWS (1 << 22)
/* No page leads to as many rows; where as many attempts have failed one after the
 * other, there is nothing more. */
#define MANY_FAILURES (1 << 14)

/* One table on its way. */
typedef struct
{
  DioDatabase *database;   /* (borrowed) */
  const char  *sql;        /* (borrowed): copies the rows from one number to another */
  guint        n_failures; /* since something could be read */
} Copying;

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
copy_rows (Copying *copying,
           gint64   first,
           gint64   last)
{
  gint64 middle = first + (last - first) / 2;

  if (first > last || copying->n_failures > MANY_FAILURES)
    return;

  if (dio_database_run (copying->database, NULL, copying->sql, "xx", first, last))
    {
      copying->n_failures = 0;
      return;
    }

  copying->n_failures++;
  if (first == last)
    return;

  copy_rows (copying, first, middle);
  copy_rows (copying, middle + 1, last);
}

/* The rows that were written last are damaged most often. The plus has an index
 * read, which knows of them all the same. */
static gint64
find_last (DioDatabase *database,
           const char  *table)
{
  g_autofree char *by_table = g_strdup_printf ("SELECT max (rowid) FROM old.%s", table);
  g_autofree char *by_index = g_strdup_printf ("SELECT max (+rowid) FROM old.%s", table);
  gint64 last = MAX (read_number (database, by_table, -1), read_number (database, by_index, -1));

  return last >= 0 ? last : MANY_ROWS;
}

static void
copy_table (DioDatabase *database,
            const char  *table)
{
  g_autofree char *columns = list_columns (database, table);
  g_autofree char *sql = NULL;
  Copying copying = { .database = database };

  if (columns == NULL)
    return;

  copying.sql = sql =
    g_strdup_printf ("INSERT OR IGNORE INTO main.%s (%s) SELECT %s FROM old.%s WHERE rowid BETWEEN ? AND ?",
                     table, columns, columns, table);
  copy_rows (&copying, 1, find_last (database, table));
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

  if (!dio_database_run (database, error, "PRAGMA foreign_keys = OFF", ""))
    return FALSE;

  if (!dio_database_run (database, &local_error, "ATTACH ? AS old", "s", path))
    {
      g_debug ("%s", local_error->message);
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    copy_table (database, tables[i]);

  return _dio_database_detach (database, "old", error);
}

/* Returns: the version of what can be read, the latest where it does not tell */
static guint
read_version (const char *path)
{
  g_autoptr(DioDatabase) database = dio_database_open_to_read (path, NULL);
  guint latest = g_strv_length ((GStrv) _dio_archive_migrations);
  gint64 version = 0;

  if (database != NULL)
    _dio_database_read_number (database, "PRAGMA user_version", &version, NULL);

  return version > 0 && version < latest ? version : latest;
}

/* In an update, a row gets what it did not have before: so the tables are at first
 * those of the version that is copied. */
static gboolean
copy_in_version (const char  *part,
                 const char  *path,
                 GError     **error)
{
  guint version = read_version (path);
  g_autofree const char **migrations = g_new0 (const char *, version + 1);
  g_autoptr(DioDatabase) database = NULL;

  for (guint i = 0; i < version; i++)
    migrations[i] = _dio_archive_migrations[i];
  database = dio_database_open (part, (const char * const *) migrations, error);

  return database != NULL && copy_from (database, path, error) && _dio_database_work_log_in (database, error);
}

static void
remove_part (const char *part)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (paths, g_strdup (part));
  g_ptr_array_add (paths, g_strconcat (part, "-wal", NULL));
  g_ptr_array_add (paths, g_strconcat (part, "-shm", NULL));
  for (guint version = 1; _dio_archive_migrations[version] != NULL; version++)
    g_ptr_array_add (paths, g_strdup_printf ("%s.bak-%u", part, version));

  for (guint i = 0; i < paths->len; i++)
    g_unlink (g_ptr_array_index (paths, i));
}

/* What is written must be in the file itself: it will be moved without a log. */
static gboolean
copy_all (const char  *part,
          const char  *path,
          DioRepair   *report,
          GError     **error)
{
  g_autoptr(DioDatabase) database = NULL;

  remove_part (part);
  if (!copy_in_version (part, path, error))
    return FALSE;

  database = dio_database_open (part, _dio_archive_migrations, error);
  if (database == NULL || !make_jobs (database, error))
    return FALSE;

  report->n_results = read_number (database, "SELECT count (*) FROM results", 0);
  report->n_jobs = read_number (database, "SELECT count (*) FROM jobs", 0);

  return _dio_database_work_log_in (database, error);
}

static gboolean
copy_what_there_is (const char  *part,
                    const char  *damaged,
                    const char  *backup,
                    DioRepair   *report,
                    GError     **error)
{
  if (!copy_all (part, damaged, report, error))
    return FALSE;
  if (report->n_results > 0 || report->n_jobs > 0 || backup == NULL)
    return TRUE;

  report->is_from_backup = TRUE;

  return copy_all (part, backup, report, error);
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

/* Returns: 0, or an errno; @path has a second name, or is there twice where the
 * file system cannot give one */
static int
keep_aside (const char *path,
            const char *aside)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFile) copy = g_file_new_for_path (aside);
  g_autoptr(GError) error = NULL;

  if (link (path, aside) == 0)
    return 0;
  if (errno != EPERM && errno != ENOSYS && errno != EOPNOTSUPP && errno != EMLINK)
    return errno;
  if (g_file_copy (file, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    return 0;

  g_message ("%s", error->message);

  return EIO;
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

  int code = keep_aside (path, aside);

  if (code == 0 && g_rename (log, log_aside) != 0 && errno != ENOENT)
    code = errno;
  if (code == 0 && g_rename (part, path) != 0)
    code = errno;
  if (code != 0)
    {
      g_rename (log_aside, log);
      g_unlink (aside);
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
  gboolean is_repaired;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no library in %s", folder);
      return FALSE;
    }

  report->aside = g_strdup_printf ("%s.damaged-%s", path, stamp);
  for (guint i = 2; g_file_test (report->aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (report->aside);
      report->aside = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, i);
    }

  is_repaired = copy_what_there_is (part, path, backup, report, error) &&
                put_in_place (path, part, report->aside, error);
  remove_part (part);

  return is_repaired;
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
