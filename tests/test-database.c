/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is committed stays; a file that is not ours to write stays as it is. */

#include "config.h"

#include "dio-database.h"
#include "dio-error.h"

#include <errno.h>
#include <glib/gstdio.h>

static const char *const one[] = {
  "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, weight REAL);"
  "CREATE TABLE parts (thing INTEGER NOT NULL REFERENCES things (id));",
  NULL
};

static const char *const two[] = {
  "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, weight REAL);"
  "CREATE TABLE parts (thing INTEGER NOT NULL REFERENCES things (id));",
  "ALTER TABLE things ADD COLUMN colour TEXT;"
  "UPDATE things SET colour = 'grey';",
  NULL
};

static const char *const broken[] = {
  "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, weight REAL);"
  "CREATE TABLE parts (thing INTEGER NOT NULL REFERENCES things (id));",
  "DELETE FROM things;"
  "ALTER TABLE absent ADD COLUMN colour TEXT;",
  NULL
};

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("dio-database-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "library.db", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static DioDatabase *
open_well (Fixture           *fixture,
           const char *const *migrations)
{
  g_autoptr(GError) error = NULL;
  DioDatabase *database = dio_database_open (fixture->path, migrations, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);

  return database;
}

static void
run_well (DioDatabase *database,
          const char  *sql)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dio_database_run (database, &error, sql, ""));
  g_assert_no_error (error);
}

static char *
read_text (DioDatabase *database,
           const char  *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DioStatement) statement = dio_database_query (database, &error, sql, "");
  gboolean has_row;

  g_assert_no_error (error);
  g_assert_true (dio_statement_next (statement, &has_row, &error));
  g_assert_no_error (error);
  g_assert_true (has_row);

  return g_strdup (dio_statement_get_text (statement, 0));
}

static void
assert_text (DioDatabase *database,
             const char  *sql,
             const char  *expected)
{
  g_autofree char *text = read_text (database, sql);

  g_assert_cmpstr (text, ==, expected);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

/* Refused with @words in the message, and byte for byte as it was. */
static void
assert_refused (Fixture           *fixture,
                const char *const *migrations,
                int                code,
                const char        *words)
{
  g_autoptr(GBytes) before = read_file (fixture->path);
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_database_open (fixture->path, migrations, &error));
  g_assert_error (error, DIO_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, fixture->path));

  after = read_file (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (before, NULL), g_bytes_get_size (before),
                   g_bytes_get_data (after, NULL), g_bytes_get_size (after));
}

static void
test_database_values (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);
  g_autoptr(DioStatement) statement = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_row;

  g_assert_true (dio_database_run (database, &error, "INSERT INTO things VALUES (?, ?, ?), (2, NULL, 0)", "xsd",
                                   G_MAXINT64, "Uhr ⌚ 'x'; --", 0.1));
  g_assert_no_error (error);
  g_assert_cmpint (dio_database_get_n_changes (database), ==, 2);

  statement = dio_database_query (database, &error, "SELECT id, name, weight FROM things ORDER BY id DESC", "");
  g_assert_true (dio_statement_next (statement, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpint (dio_statement_get_integer (statement, 0), ==, G_MAXINT64);
  g_assert_cmpstr (dio_statement_get_text (statement, 1), ==, "Uhr ⌚ 'x'; --");
  g_assert_cmpfloat (dio_statement_get_number (statement, 2), ==, 0.1);
  g_assert_true (dio_statement_next (statement, &has_row, &error));
  g_assert_true (has_row);
  g_assert_null (dio_statement_get_text (statement, 1));
  g_assert_true (dio_statement_next (statement, &has_row, &error));
  g_assert_false (has_row);
}

static void
test_database_errors (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);
  g_autoptr(GError) error = NULL;

  g_assert_false (dio_database_run (database, &error, "SELECT FROM", ""));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);

  g_assert_null (dio_database_query (database, &error, "SELECT * FROM absent", ""));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);

  /* Foreign keys are off in SQLite unless asked for. */
  g_assert_false (dio_database_run (database, &error, "INSERT INTO parts VALUES (77)", ""));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
}

static void
test_database_durable (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);

  assert_text (database, "PRAGMA journal_mode", "wal");
  assert_text (database, "PRAGMA synchronous", "2");
  assert_text (database, "PRAGMA foreign_keys", "1");
  assert_text (database, "PRAGMA busy_timeout", "5000");
}

static void
test_database_transactions (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);
  g_autoptr(DioDatabase) other = open_well (fixture, one);
  g_autoptr(GError) error = NULL;

  g_assert_true (dio_database_begin (database, &error));
  run_well (database, "INSERT INTO things (name) VALUES ('undone')");
  dio_database_rollback (database);
  assert_text (database, "SELECT count (*) FROM things", "0");

  g_assert_true (dio_database_begin (database, &error));
  run_well (database, "INSERT INTO things (name) VALUES ('kept')");
  assert_text (other, "SELECT count (*) FROM things", "0");
  g_assert_true (dio_database_commit (database, &error));
  g_assert_no_error (error);
  assert_text (other, "SELECT count (*) FROM things", "1");

  /* None is open: harmless. */
  dio_database_rollback (database);
}

static void
test_database_migrates (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);
  g_autofree char *backup = g_strconcat (fixture->path, ".bak-1", NULL);
  g_autofree char *part = g_strconcat (backup, ".part", NULL);

  run_well (database, "INSERT INTO things (name) VALUES ('old')");
  g_clear_pointer (&database, dio_database_free);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));

  database = open_well (fixture, two);
  assert_text (database, "PRAGMA user_version", "2");
  assert_text (database, "SELECT name || colour FROM things", "oldgrey");
  g_clear_pointer (&database, dio_database_free);

  /* The copy is a database of the version before. */
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rename (backup, fixture->path), ==, 0);
  database = open_well (fixture, one);
  assert_text (database, "PRAGMA user_version", "1");
  assert_text (database, "SELECT name FROM things", "old");
}

static void
test_database_new_file_has_no_backup (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, two);
  g_autofree char *backup = g_strconcat (fixture->path, ".bak-0", NULL);

  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  assert_text (database, "PRAGMA user_version", "2");
}

static void
test_database_broken_migration (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);
  g_autoptr(GError) error = NULL;

  run_well (database, "INSERT INTO things (name) VALUES ('old')");
  g_clear_pointer (&database, dio_database_free);

  g_assert_null (dio_database_open (fixture->path, broken, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);

  database = open_well (fixture, one);
  assert_text (database, "SELECT name FROM things", "old");
}

static void
test_database_from_the_future (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, two);

  run_well (database, "INSERT INTO things (name) VALUES ('new')");
  g_clear_pointer (&database, dio_database_free);
  assert_refused (fixture, one, DIO_ERROR_NEWER, "newer Diorama");

  /* A second time nothing is different, and its own program still reads it. */
  assert_refused (fixture, one, DIO_ERROR_NEWER, "newer Diorama");
  database = open_well (fixture, two);
  assert_text (database, "SELECT name FROM things", "new");
}

/* Its newest row is still in the log beside it, as after a crash. */
static void
test_database_from_the_future_with_log (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, two);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr(GBytes) file_bytes = NULL;
  g_autoptr(GBytes) log_bytes = NULL;
  gsize size;
  const char *bytes;

  run_well (database, "INSERT INTO things (name) VALUES ('new')");
  file_bytes = read_file (fixture->path);
  log_bytes = read_file (log);
  g_assert_cmpuint (g_bytes_get_size (log_bytes), >, 0);
  g_clear_pointer (&database, dio_database_free);

  bytes = g_bytes_get_data (file_bytes, &size);
  g_assert_true (g_file_set_contents (fixture->path, bytes, size, NULL));
  bytes = g_bytes_get_data (log_bytes, &size);
  g_assert_true (g_file_set_contents (log, bytes, size, NULL));

  assert_refused (fixture, one, DIO_ERROR_NEWER, "newer Diorama");
  database = open_well (fixture, two);
  assert_text (database, "SELECT name FROM things", "new");
}

static void
overwrite (Fixture *fixture,
           gsize    offset,
           gsize    length)
{
  g_autoptr(GBytes) bytes = read_file (fixture->path);
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  g_assert_cmpuint (offset + length, <=, size);
  memset (copy + offset, 0xa5, length);
  g_assert_true (g_file_set_contents (fixture->path, copy, size, NULL));
}

static void
test_database_damaged (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);

  run_well (database,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            "INSERT INTO things (name, weight) SELECT 'thing number ' || i, i FROM n");
  g_clear_pointer (&database, dio_database_free);

  overwrite (fixture, 5 * 4096, 3 * 4096);
  assert_refused (fixture, one, DIO_ERROR_STORAGE, "damaged");
  overwrite (fixture, 0, 64);
  assert_refused (fixture, one, DIO_ERROR_STORAGE, "damaged");
}

/* A large file is opened unread; once it is known to be damaged, it is not. */
static void
test_database_doubted (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(DioDatabase) database = open_well (fixture, one);
  g_autofree char *whole = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  run_well (database,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            "INSERT INTO things (name, weight) SELECT hex (randomblob (1000)) || i, i FROM n");
  g_clear_pointer (&database, dio_database_free);
  g_assert_true (g_file_get_contents (fixture->path, &whole, &size, NULL));
  g_assert_cmpuint (size, >, 600 * 4096);

  overwrite (fixture, 500 * 4096, 4096);
  database = open_well (fixture, one);
  g_clear_pointer (&database, dio_database_free);
  g_assert_false (dio_database_check (fixture->path, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  assert_refused (fixture, one, DIO_ERROR_STORAGE, "damaged");

  /* Repaired, it is as trusted as before. */
  g_assert_true (g_file_set_contents (fixture->path, whole, size, NULL));
  database = open_well (fixture, one);
  g_clear_pointer (&database, dio_database_free);
  overwrite (fixture, 500 * 4096, 4096);
  database = open_well (fixture, one);
}

static void
test_database_not_a_database (Fixture       *fixture,
                              gconstpointer  data)
{
  g_assert_true (g_file_set_contents (fixture->path, "a letter to somebody, long enough to be read as a header "
                                                     "of a hundred bytes and therefore looked at in earnest",
                                      -1, NULL));
  assert_refused (fixture, one, DIO_ERROR_STORAGE, "damaged");
}

static void
test_database_no_folder (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "absent", "library.db", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_database_open (path, one, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
}

#define add(path, func) g_test_add ("/database/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("values", test_database_values);
  add ("errors", test_database_errors);
  add ("durable", test_database_durable);
  add ("transactions", test_database_transactions);
  add ("migrates", test_database_migrates);
  add ("new-file-has-no-backup", test_database_new_file_has_no_backup);
  add ("broken-migration", test_database_broken_migration);
  add ("from-the-future", test_database_from_the_future);
  add ("from-the-future-with-log", test_database_from_the_future_with_log);
  add ("damaged", test_database_damaged);
  add ("doubted", test_database_doubted);
  add ("not-a-database", test_database_not_a_database);
  add ("no-folder", test_database_no_folder);

  return g_test_run ();
}
