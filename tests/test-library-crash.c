/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was acknowledged outlives the program, the disk's last byte, and the
 * database: killed while it writes, on a full disk, in a folder that cannot be
 * written, with damaged pages, and of a later version. */

#include "config.h"

#include "dio-backup.h"
#include "dio-database.h"
#include "dio-error.h"
#include "dio-repair.h"
#include "library-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_RESULTS 12
#define N_KILLS 12
#define PICTURE_SIZE 20000

static const char *program;

/* What is known of a result: what was acknowledged, and what was asked for last,
 * which may or may not have happened. */
typedef struct
{
  guint    rating;
  gboolean is_deleted;
  gboolean is_asked;
} Known;

static GPtrArray *
load_all (DioLibrary *library)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint trash = 0; trash < 2; trash++)
    {
      g_autoptr(DioResultQuery) query = dio_result_query_new ();
      g_autoptr(DioResultList) list = dio_result_list_new (library);

      query->in_trash = trash;
      dio_result_list_set_query (list, query);
      library_test_wait_for_list (list);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
        g_ptr_array_add (results, library_test_read (list, i));
    }

  return results;
}

/* The child */

static void
say (const char *what,
     guint       index,
     guint       value)
{
  printf ("%s %u %u\n", what, index, value);
  fflush (stdout);
}

static void
change_one (DioLibrary *library,
            DioResult  *result)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();
  g_autoptr(GAsyncResult) finished = NULL;
  guint index = dio_result_get_index (result);
  guint rating = g_random_int_range (0, 6);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (results, result);
  say ("ask", index, 0);
  if (g_random_boolean ())
    {
      dio_library_rate_async (library, results, rating, library_test_finished_cb, &finished);
      library_test_wait_for (&finished);
      if (dio_library_rate_finish (library, finished, &error))
        say ("rated", index, rating);
    }
  else if (dio_result_get_deleted (result) > 0)
    {
      if (library_test_restore (library, result, &error))
        say ("restored", index, 0);
    }
  else if (library_test_delete (library, result, &error))
    {
      say ("deleted", index, 0);
    }
  g_assert_no_error (error);
}

static int
run_changes (const char *folder)
{
  g_autoptr(DioLibrary) library = dio_library_new (folder);
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;

  library_test_open (library, &error);
  g_assert_no_error (error);
  results = load_all (library);
  g_assert_cmpuint (results->len, ==, N_RESULTS);
  /* Nobody lets it come that far. */
  for (guint i = 0; i < 100000; i++)
    change_one (library, g_ptr_array_index (results, g_random_int_range (0, N_RESULTS)));

  return 0;
}

/* The one who kills */

static void
note_line (Known      *known,
           const char *line)
{
  char what[16];
  guint index;
  guint value;

  g_assert_cmpint (sscanf (line, "%15s %u %u", what, &index, &value), ==, 3);
  g_assert_cmpuint (index, <, N_RESULTS);
  known[index].is_asked = g_str_equal (what, "ask");
  if (g_str_equal (what, "rated"))
    known[index].rating = value;
  else if (!known[index].is_asked)
    known[index].is_deleted = g_str_equal (what, "deleted");
}

static void
run_and_kill (LibraryFixture *fixture,
              Known          *known)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                   program, "change", fixture->folder, NULL);
  g_autoptr(GDataInputStream) stream = NULL;
  guint n_lines = g_test_rand_int_range (1, 60);

  g_assert_no_error (error);
  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; ; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);

      if (i == n_lines)
        g_subprocess_send_signal (child, SIGKILL);
      if (line == NULL)
        break;
      note_line (known, line);
    }
  g_subprocess_wait (child, NULL, NULL);
}

static void
assert_known (LibraryFixture *fixture,
              Known          *known)
{
  g_autoptr(GPtrArray) results = load_all (fixture->library);

  g_assert_cmpuint (results->len, ==, N_RESULTS);
  for (guint i = 0; i < N_RESULTS; i++)
    {
      DioResult *result = g_ptr_array_index (results, i);
      Known *its = &known[dio_result_get_index (result)];
      g_autoptr(GBytes) bytes = library_test_make_bytes (dio_result_get_index (result), PICTURE_SIZE);

      library_test_assert_file (result, bytes);
      if (!its->is_asked)
        {
          g_assert_cmpuint (dio_result_get_rating (result), ==, its->rating);
          g_assert_cmpint (dio_result_get_deleted (result) > 0, ==, its->is_deleted);
        }

      /* From now on this is known. */
      *its = (Known) { dio_result_get_rating (result), dio_result_get_deleted (result) > 0, FALSE };
    }
}

static void
settle (LibraryFixture *fixture)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;

  dio_library_empty_trash_async (fixture->library, 1, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  g_assert_true (dio_library_empty_trash_finish (fixture->library, finished, NULL, &error));
}

static void
add_results (LibraryFixture *fixture,
             guint           n)
{
  g_autoptr(DioJob) job = library_fixture_add_job (fixture, "a table");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, PICTURE_SIZE);

      g_object_unref (library_fixture_add_bytes (fixture, job, i, bytes));
    }
}

static void
test_crash_killed (LibraryFixture *fixture,
                   gconstpointer   data)
{
  Known known[N_RESULTS] = { { 0 } };

  library_fixture_open (fixture);
  add_results (fixture, N_RESULTS);
  library_fixture_close (fixture);

  for (guint i = 0; i < N_KILLS; i++)
    {
      run_and_kill (fixture, known);
      library_fixture_open (fixture);
      settle (fixture);
      assert_known (fixture, known);
      library_fixture_close (fixture);
    }
}

/* Killed while it backs up, there is a whole back-up or none. */
static void
test_crash_back_up (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "backup", NULL);
  g_autofree char *database = g_build_filename (target, "library.db", NULL);
  g_autofree char *pictures = g_build_filename ("backup", "pictures", NULL);

  library_fixture_open (fixture);
  add_results (fixture, N_RESULTS);
  library_fixture_close (fixture);

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
                                                       program, "backup", fixture->folder, NULL);

      g_assert_no_error (error);
      g_usleep (g_test_rand_int_range (0, 60000));
      g_subprocess_send_signal (child, SIGKILL);
      g_subprocess_wait (child, NULL, NULL);
      if (!g_file_test (target, G_FILE_TEST_EXISTS))
        continue;

      g_assert_true (dio_database_check (database, &error));
      g_assert_cmpuint (library_fixture_count (fixture, pictures, "20"), ==, N_RESULTS);
      library_test_remove_tree (target);
    }
}

/* Disks of their own */

/* Returns: %FALSE where no disk can be made; the test is then skipped */
static gboolean
run_on_disk (LibraryFixture *fixture,
             const char     *mount,
             const char     *what)
{
  g_autofree char *script = g_strdup_printf ("%s && echo ready && exec \"$0\" %s \"$1\"", mount, what);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) child = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                            "unshare", "-rm", "sh", "-c", script, program, fixture->folder, NULL);
  if (child == NULL)
    {
      g_test_skip (error->message);
      return FALSE;
    }

  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &out, &err, &error));
  g_test_message ("%s%s", out, err);
  if (!g_str_has_prefix (out, "ready"))
    {
      g_test_skip ("No disk can be made here");
      return FALSE;
    }

  g_assert_true (g_subprocess_get_successful (child));

  return TRUE;
}

/* Returns: how many pictures there was space for */
static guint
fill (DioLibrary *library,
      DioJob     *job)
{
  for (guint i = 0; ; i++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, PICTURE_SIZE);
      g_autoptr(GError) error = NULL;
      g_autoptr(DioResult) result = library_test_add_bytes (library, job, i, bytes, &error);

      if (result != NULL)
        continue;

      g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
      g_print ("%u: %s\n", i, error->message);
      return i;
    }
}

static void
assert_all (DioLibrary *library,
            guint       n)
{
  g_autoptr(GPtrArray) results = load_all (library);

  g_assert_cmpuint (results->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      DioResult *result = g_ptr_array_index (results, i);
      g_autoptr(GBytes) bytes = library_test_make_bytes (dio_result_get_index (result), PICTURE_SIZE);

      library_test_assert_file (result, bytes);
    }
}

/* In the child: what fits stays, what does not is an error, and with space again
 * it goes on. */
static int
run_full (const char *folder)
{
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *nothing = g_malloc0 (300000);
  LibraryFixture fixture = { (char *) folder, NULL };
  g_autoptr(DioJob) job = NULL;
  guint n;
  guint n_more;

  g_assert_true (g_file_set_contents (ballast, nothing, 300000, NULL));
  library_fixture_open (&fixture);
  job = library_fixture_add_job (&fixture, "a table");
  n = fill (fixture.library, job);
  g_assert_cmpuint (n, >, 5);
  assert_all (fixture.library, n);

  g_assert_cmpint (g_unlink (ballast), ==, 0);
  n_more = fill (fixture.library, job);
  g_assert_cmpuint (n_more, >, n);
  g_clear_object (&fixture.library);
  fixture.library = dio_library_new (folder);
  g_assert_true (library_test_open (fixture.library, NULL));
  assert_all (fixture.library, n_more);
  library_fixture_close (&fixture);

  return 0;
}

static void
test_crash_full_disk (LibraryFixture *fixture,
                      gconstpointer   data)
{
  run_on_disk (fixture, "mount -t tmpfs -o size=1500k none \"$1\"", "full");
}

static int
run_read_only (const char *folder)
{
  g_autoptr(DioLibrary) library = dio_library_new (folder);
  g_autoptr(GError) error = NULL;

  g_assert_false (library_test_open (library, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, folder));
  g_print ("%s\n", error->message);

  return 0;
}

static void
test_crash_read_only (LibraryFixture *fixture,
                      gconstpointer   data)
{
  library_fixture_open (fixture);
  add_results (fixture, 3);
  library_fixture_close (fixture);

  if (!run_on_disk (fixture, "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\"", "read-only"))
    return;

  library_fixture_open (fixture);
  assert_all (fixture->library, 3);
}

/* Databases */

static void
damage (LibraryFixture *fixture,
        long            offset,
        gsize           size)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autofree char *garbage = g_malloc (size);
  FILE *file = fopen (path, "r+b");

  memset (garbage, 0xa5, size);
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (garbage, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static long
get_page_of (LibraryFixture *fixture,
             const char     *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT pageno FROM dbstat WHERE name = '%s' AND pagetype = 'leaf' LIMIT 1 OFFSET 1",
                                          table);
  g_autofree char *text = library_fixture_query (fixture, sql);

  return text != NULL ? atol (text) - 1 : -1;
}

/* One page of results is gone: the others are saved, with the words to find them
 * by, and every file stays. */
static void
test_crash_damaged (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autofree char *found = NULL;
  g_auto(DioRepair) report = { 0 };
  g_autoptr(GError) error = NULL;
  long page;

  library_fixture_open (fixture);
  add_results (fixture, 120);
  library_fixture_close (fixture);
  page = get_page_of (fixture, "results");
  g_assert_cmpint (page, >, 0);
  damage (fixture, page * 4096, 4096);

  fixture->library = dio_library_new (fixture->folder);
  g_assert_false (library_test_open (fixture->library, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "damaged"));
  g_clear_error (&error);
  library_fixture_close (fixture);

  g_assert_true (dio_repair_library (fixture->folder, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_results, >, 90);
  g_assert_cmpuint (report.n_jobs, ==, 1);
  g_assert_true (g_file_test (report.aside, G_FILE_TEST_EXISTS));
  g_assert_false (report.is_from_backup);
  g_assert_true (dio_database_check (path, &error));
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", "20"), ==, 120);

  library_fixture_open (fixture);
  assert_all (fixture->library, report.n_results);
  found = library_fixture_query (fixture, "SELECT count(*) FROM results_text WHERE results_text MATCH 'table'");
  g_assert_cmpint (atoi (found), ==, report.n_results);
}

/* Nothing can be read: what there was before the last update comes back. */
static void
test_crash_no_database (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autofree char *backup = g_strconcat (path, ".bak-3", NULL);
  g_auto(DioRepair) report = { 0 };
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  add_results (fixture, 3);
  library_fixture_close (fixture);
  g_assert_true (dio_database_copy (path, backup, &error));
  damage (fixture, 0, 4096);

  g_assert_true (dio_repair_library (fixture->folder, &report, &error));
  g_assert_no_error (error);
  g_assert_true (report.is_from_backup);
  g_assert_cmpuint (report.n_results, ==, 3);
  library_fixture_open (fixture);
  assert_all (fixture->library, 3);
}

static void
test_crash_from_the_future (LibraryFixture *fixture,
                            gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autofree char *none = NULL;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  add_results (fixture, 3);
  library_fixture_close (fixture);
  none = library_fixture_query (fixture, "PRAGMA user_version = 99");
  before = library_test_read_file (path);

  fixture->library = dio_library_new (fixture->folder);
  g_assert_false (library_test_open (fixture->library, &error));
  g_assert_nonnull (strstr (error->message, "newer"));
  library_fixture_close (fixture);
  after = library_test_read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_crash_restored (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "backup", NULL);
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  add_results (fixture, 5);
  g_assert_true (dio_backup_make (fixture->folder, target, NULL, &error));
  g_assert_no_error (error);

  /* Not under the feet of whoever uses it. */
  g_assert_false (dio_backup_restore (target, fixture->folder, TRUE, NULL, &aside, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);

  add_results (fixture, 2);
  library_fixture_close (fixture);
  g_assert_false (dio_backup_restore (target, fixture->folder, FALSE, NULL, &aside, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (dio_backup_restore (target, fixture->folder, TRUE, NULL, &aside, &error));
  g_assert_no_error (error);
  library_fixture_open (fixture);
  assert_all (fixture->library, 5);

  /* What it took the place of is a library, too. */
  library_fixture_close (fixture);
  fixture->library = dio_library_new (aside);
  g_assert_true (library_test_open (fixture->library, &error));
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 7);
}

static int
run_back_ups (const char *folder)
{
  g_autofree char *target = g_build_filename (folder, "backup", NULL);

  return dio_backup_make (folder, target, NULL, NULL) ? 0 : 1;
}

#define add(path, func) \
  g_test_add ("/library-crash/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    int       (*run) (const char *folder);
  } children[] = {
    { "change", run_changes },
    { "backup", run_back_ups },
    { "full", run_full },
    { "read-only", run_read_only },
  };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  for (guint i = 0; argc == 3 && i < G_N_ELEMENTS (children); i++)
    if (g_str_equal (argv[1], children[i].name))
      return children[i].run (argv[2]);

  program = self;
  g_test_init (&argc, &argv, NULL);

  add ("killed", test_crash_killed);
  add ("back-up", test_crash_back_up);
  add ("full-disk", test_crash_full_disk);
  add ("read-only", test_crash_read_only);
  add ("damaged", test_crash_damaged);
  add ("no-database", test_crash_no_database);
  add ("from-the-future", test_crash_from_the_future);
  add ("restored", test_crash_restored);

  return g_test_run ();
}
