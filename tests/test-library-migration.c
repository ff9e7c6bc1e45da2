/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library of an earlier version opens with all that was in it. */

#include "config.h"

#include "library-fixture.h"

#include <sqlite3.h>

/* The first version's tables, as they were given to people. */
static const char version_1[] =
  "PRAGMA journal_mode = WAL;"
  "CREATE TABLE jobs (id TEXT PRIMARY KEY NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,"
  "  title TEXT NOT NULL, prompt TEXT NOT NULL, request TEXT NOT NULL, state TEXT NOT NULL, error_class TEXT,"
  "  error_message TEXT, created INTEGER NOT NULL, updated INTEGER NOT NULL, remote_id TEXT, owner TEXT);"
  "CREATE TABLE results (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
  "  job_id TEXT NOT NULL REFERENCES jobs (id), idx INTEGER NOT NULL, path TEXT NOT NULL,"
  "  width INTEGER NOT NULL, height INTEGER NOT NULL, seed INTEGER NOT NULL, seconds REAL NOT NULL,"
  "  used TEXT, unused TEXT, notes TEXT NOT NULL, created INTEGER NOT NULL, provider TEXT NOT NULL,"
  "  model TEXT NOT NULL, prompt TEXT NOT NULL, UNIQUE (job_id, idx));"
  "INSERT INTO jobs VALUES ('a', 'local', 'm', 'T', 'a table',"
  "  '{\"id\":\"a\",\"provider\":\"local\",\"model\":\"m\",\"prompt\":\"a table\",\"count-name\":\"n-images\","
  "\"references\":[],\"values\":{\"n-images\":3}}', 'done', NULL, NULL, 1000, 2000, NULL, NULL);"
  "INSERT INTO jobs VALUES ('b', 'local', 'm', '', 'b', 'not JSON', 'failed', 'invalid', 'why', 3000, 4000, NULL, NULL);"
  "INSERT INTO jobs VALUES ('c', 'local', 'm', '', 'c', '{\"count-name\":null}', 'done', NULL, NULL, 2000, 4000, NULL, NULL);"
  "INSERT INTO results VALUES (1, 'r', 'a', 0, 'r.png', 8, 6, 5, 1.5, NULL, NULL, '[]', 1500, 'local', 'm', 'a table');"
  "PRAGMA user_version = 1;";

static void
make_version_1 (LibraryFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

static void
test_migration_from_1 (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *backup = g_build_filename (fixture->folder, "library.db.bak-1", NULL);
  g_autoptr(GPtrArray) jobs = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autofree char *version = NULL;
  const DioJobSummary *summary;

  make_version_1 (fixture);
  library_fixture_open (fixture);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  version = library_fixture_query (fixture, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "3");

  jobs = library_test_load_jobs (fixture->library, 0, 10);
  g_assert_cmpuint (jobs->len, ==, 3);
  summary = g_ptr_array_index (jobs, 0);
  g_assert_cmpstr (summary->id, ==, "b");
  g_assert_cmpint (summary->state, ==, DIO_JOB_FAILED);
  g_assert_cmpstr (summary->error_class, ==, "invalid");
  g_assert_cmpuint (summary->n_wanted, ==, 1);
  summary = g_ptr_array_index (jobs, 1);
  g_assert_cmpuint (summary->n_wanted, ==, 1);
  summary = g_ptr_array_index (jobs, 2);
  g_assert_cmpstr (summary->id, ==, "a");
  g_assert_cmpuint (summary->n_wanted, ==, 3);
  g_assert_cmpuint (summary->n_pictures, ==, 1);
  g_assert_cmpint (summary->remote.billed, ==, DIO_BILLED_UNKNOWN);

  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  result = library_fixture_get_result (fixture, 0);
  g_assert_cmpfloat (dio_result_get_cost (result), <, 0);
  g_assert_cmpint (dio_result_get_expires (result), ==, 0);

  /* Nobody was paid then. */
  rows = library_test_load_spend (fixture->library, DIO_SPEND_OF_JOBS);
  g_assert_cmpuint (rows->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/library-migration/from-1", LibraryFixture, NULL,
              library_fixture_set_up, test_migration_from_1, library_fixture_tear_down);

  return g_test_run ();
}
