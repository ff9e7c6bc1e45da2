/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is deleted comes back as it was, however much it is and whatever has
 * happened meanwhile, until the trash is emptied. */

#include "config.h"

#include "dio-error.h"
#include "library-fixture.h"

#include <glib/gstdio.h>

/* More than SQLite has variables for in one statement, where it is built small. */
#define N_MANY 1200

typedef void (*ChangeFunc) (DioLibrary          *library,
                            GPtrArray           *results,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
typedef gboolean (*FinishFunc) (DioLibrary    *library,
                                GAsyncResult  *result,
                                GError       **error);

static void
change (LibraryFixture *fixture,
        GPtrArray      *results,
        ChangeFunc      func,
        FinishFunc      finish)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;

  func (fixture->library, results, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  g_assert_true (finish (fixture->library, finished, &error));
  g_assert_no_error (error);
}

static guint
empty_trash (LibraryFixture *fixture,
             gint64          before)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;
  guint n_removed;

  dio_library_empty_trash_async (fixture->library, before, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  g_assert_true (dio_library_empty_trash_finish (fixture->library, finished, &n_removed, &error));
  g_assert_no_error (error);

  return n_removed;
}

static GPtrArray *
add_results (LibraryFixture *fixture,
             guint           n)
{
  g_autoptr(DioJob) job = library_fixture_add_job (fixture, "a table");
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, 100);

      g_ptr_array_add (results, library_fixture_add_bytes (fixture, job, i, bytes));
    }

  return results;
}

static void
assert_files (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, 100);

      library_test_assert_file (g_ptr_array_index (results, i), bytes);
    }
}

static void
test_trash_many (LibraryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(DioResultList) list = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, N_MANY);
  change (fixture, results, dio_library_delete_async, dio_library_delete_finish);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 0);
  assert_files (results);

  change (fixture, results, dio_library_restore_async, dio_library_restore_finish);
  assert_files (results);
  list = library_test_list (fixture->library);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr(DioResult) result = library_test_read (list, i);

      g_assert_true (result == g_ptr_array_index (results, N_MANY - 1 - i));
    }
}

/* All that was said of a result is said of it again. */
static void
test_trash_keeps_marks (LibraryFixture *fixture,
                        gconstpointer   data)
{
  static const char *const tags[] = { "client", NULL };
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GAsyncResult) rated = NULL;
  g_autoptr(GAsyncResult) judged = NULL;
  g_autoptr(GAsyncResult) tagged = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, 1);
  dio_library_rate_async (fixture->library, results, 4, library_test_finished_cb, &rated);
  dio_library_judge_async (fixture->library, results, DIO_VERDICT_PICK, library_test_finished_cb, &judged);
  dio_library_tag_async (fixture->library, results, tags, NULL, library_test_finished_cb, &tagged);
  library_test_wait_for (&tagged);
  g_assert_true (dio_library_rate_finish (fixture->library, rated, &error));
  g_assert_true (dio_library_judge_finish (fixture->library, judged, &error));
  g_assert_true (dio_library_tag_finish (fixture->library, tagged, &error));
  g_clear_object (&rated);
  g_clear_object (&judged);
  g_clear_object (&tagged);

  change (fixture, results, dio_library_delete_async, dio_library_delete_finish);
  change (fixture, results, dio_library_restore_async, dio_library_restore_finish);
  g_clear_pointer (&results, g_ptr_array_unref);

  library_fixture_open (fixture);
  result = library_fixture_get_result (fixture, 0);
  g_assert_cmpuint (dio_result_get_rating (result), ==, 4);
  g_assert_cmpint (dio_result_get_verdict (result), ==, DIO_VERDICT_PICK);
  g_assert_true (g_strv_equal (dio_result_get_tags (result), tags));
}

/* The name is another's by now: neither loses its file. */
static void
test_trash_taken_name (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  DioResult *result;

  library_fixture_open (fixture);
  results = add_results (fixture, 1);
  result = g_ptr_array_index (results, 0);
  path = g_strdup (dio_result_get_path (result));
  change (fixture, results, dio_library_delete_async, dio_library_delete_finish);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  change (fixture, results, dio_library_restore_async, dio_library_restore_finish);

  g_assert_true (g_str_has_suffix (dio_result_get_path (result), " (2).png"));
  assert_files (results);
  g_assert_true (g_file_get_contents (path, &other, NULL, NULL));
  g_assert_cmpstr (other, ==, "mine");
}

static void
test_trash_emptied (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GPtrArray) some = g_ptr_array_new ();
  g_autoptr(GPtrArray) jobs = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *found = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, 3);
  g_ptr_array_add (some, g_ptr_array_index (results, 0));
  change (fixture, some, dio_library_delete_async, dio_library_delete_finish);
  gone = g_strdup (dio_result_get_path (g_ptr_array_index (results, 0)));

  g_assert_cmpuint (empty_trash (fixture, g_get_real_time () - G_TIME_SPAN_DAY), ==, 0);
  g_assert_true (g_file_test (gone, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (empty_trash (fixture, g_get_real_time () + 1), ==, 1);
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 2);

  /* Its job and the search for the others stay. */
  jobs = library_test_load_jobs (fixture->library, 0, 10);
  g_assert_cmpuint (jobs->len, ==, 1);
  found = library_fixture_query (fixture, "SELECT count(*) FROM results_text WHERE results_text MATCH 'table'");
  g_assert_cmpstr (found, ==, "2");
}

/* A program that died between a file's move and its row's. */
static void
test_trash_settled (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autofree char *trashed = NULL;
  g_autofree char *none = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, 2);

  /* The file has gone, and the row stayed. */
  change (fixture, results, dio_library_delete_async, dio_library_delete_finish);
  trashed = g_strdup (dio_result_get_path (g_ptr_array_index (results, 0)));
  g_clear_pointer (&results, g_ptr_array_unref);
  none = library_fixture_query (fixture, "UPDATE results SET deleted = 0 WHERE idx = 0");
  library_fixture_open (fixture);
  empty_trash (fixture, 1);
  g_assert_false (g_file_test (trashed, G_FILE_TEST_EXISTS));
  results = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (results, library_fixture_get_result (fixture, 0));
  assert_files (results);
}

static void
locate (LibraryFixture *fixture,
        DioResult      *result,
        const char     *path,
        GError        **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) finished = NULL;

  dio_library_locate_async (fixture->library, result, file, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  dio_library_locate_finish (fixture->library, finished, error);
}

static void
test_trash_located (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere.png", NULL);
  g_autofree char *none = NULL;
  g_autoptr(GError) error = NULL;
  DioResult *result;

  library_fixture_open (fixture);
  results = add_results (fixture, 1);
  result = g_ptr_array_index (results, 0);
  g_assert_cmpint (g_rename (dio_result_get_path (result), elsewhere), ==, 0);

  locate (fixture, result, elsewhere, &error);
  g_assert_no_error (error);
  assert_files (results);
  g_assert_true (g_file_test (elsewhere, G_FILE_TEST_EXISTS));

  /* Known by its content, it cannot be taken for another. */
  none = library_fixture_query (fixture, "UPDATE results SET hash = 'something else'");
  locate (fixture, result, elsewhere, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  locate (fixture, result, "/nonexistent", &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

/* No copy is left of what could not be written. */
static void
test_trash_not_located (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere.png", NULL);
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, 1);
  g_assert_cmpint (g_rename (dio_result_get_path (g_ptr_array_index (results, 0)), elsewhere), ==, 0);
  g_free (library_fixture_query (fixture, "CREATE TRIGGER full BEFORE UPDATE ON results BEGIN SELECT raise (ABORT, ''); END"));

  locate (fixture, g_ptr_array_index (results, 0), elsewhere, &error);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 0);
}

static void
test_trash_forgotten (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, 2);
  g_ptr_array_remove_index (results, 1);
  change (fixture, results, dio_library_forget_async, dio_library_forget_finish);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  assert_files (results);
}

/* Only what is in the trash can go for good, and nothing else goes with it. */
static void
test_trash_removed (LibraryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GPtrArray) deleted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *n_rows = NULL;
  g_autofree char *n_jobs = NULL;

  library_fixture_open (fixture);
  results = add_results (fixture, 4);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (deleted, g_object_ref (g_ptr_array_index (results, i)));
  change (fixture, deleted, dio_library_delete_async, dio_library_delete_finish);

  g_ptr_array_remove_index (deleted, 1);
  g_ptr_array_add (deleted, g_object_ref (g_ptr_array_index (results, 2)));
  change (fixture, deleted, dio_library_remove_async, dio_library_remove_finish);
  n_rows = library_fixture_query (fixture, "SELECT count (*) FROM results");
  n_jobs = library_fixture_query (fixture, "SELECT count (*) FROM jobs");
  g_assert_cmpstr (n_rows, ==, "3");
  g_assert_cmpstr (n_jobs, ==, "1");
  g_assert_cmpuint (library_fixture_count (fixture, "pictures/.trash", ""), ==, 1);

  g_ptr_array_remove_index (results, 0);
  change (fixture, results, dio_library_restore_async, dio_library_restore_finish);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 3);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures/.trash", ""), ==, 0);
}

#define add(path, func) \
  g_test_add ("/library-trash/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("many", test_trash_many);
  add ("keeps-marks", test_trash_keeps_marks);
  add ("taken-name", test_trash_taken_name);
  add ("emptied", test_trash_emptied);
  add ("removed", test_trash_removed);
  add ("settled", test_trash_settled);
  add ("located", test_trash_located);
  add ("not-located", test_trash_not_located);
  add ("forgotten", test_trash_forgotten);

  return g_test_run ();
}
