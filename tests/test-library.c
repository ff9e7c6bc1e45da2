/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the library has taken is there afterwards, whole. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"

#include <glib/gstdio.h>

static DioPicture *
make_full_picture (GBytes *bytes)
{
  DioPicture *picture = dio_picture_new (bytes, "jpg", 2, 1024, 768);

  picture->seed = 4294967295;
  picture->seconds = 1.5;
  picture->used = g_strsplit ("on the left|big", "|", -1);
  picture->unused = g_strsplit ("“golden”", "|", -1);
  g_ptr_array_add (picture->notes, dio_note_new (DIO_NOTE_CMYK, "watch"));
  g_ptr_array_add (picture->notes, dio_note_new (DIO_NOTE_CHECK_EDGES, NULL));

  return picture;
}

static void
assert_full_result (DioResult *result,
                    DioJob    *job,
                    GBytes    *bytes)
{
  const DioNote *note;

  g_assert_cmpstr (dio_result_get_job_id (result), ==, dio_job_get_id (job));
  g_assert_cmpstr (dio_result_get_provider_id (result), ==, "local");
  g_assert_cmpstr (dio_result_get_model_id (result), ==, "test-model");
  g_assert_cmpstr (dio_result_get_prompt (result), ==, "a @watch on a table");
  g_assert_cmpuint (dio_result_get_index (result), ==, 2);
  g_assert_cmpint (dio_result_get_width (result), ==, 1024);
  g_assert_cmpint (dio_result_get_height (result), ==, 768);
  g_assert_cmpint (dio_result_get_seed (result), ==, 4294967295);
  g_assert_cmpfloat (dio_result_get_seconds (result), ==, 1.5);
  g_assert_cmpint (ABS (g_get_real_time () - dio_result_get_created (result)), <, 60 * G_USEC_PER_SEC);
  g_assert_cmpstrv (dio_result_get_used (result), ((const char *const[]) { "on the left", "big", NULL }));
  g_assert_cmpstrv (dio_result_get_unused (result), ((const char *const[]) { "“golden”", NULL }));

  g_assert_cmpuint (dio_result_get_notes (result)->len, ==, 2);
  note = g_ptr_array_index (dio_result_get_notes (result), 0);
  g_assert_cmpint (note->kind, ==, DIO_NOTE_CMYK);
  g_assert_cmpstr (note->name, ==, "watch");
  note = g_ptr_array_index (dio_result_get_notes (result), 1);
  g_assert_cmpint (note->kind, ==, DIO_NOTE_CHECK_EDGES);
  g_assert_null (note->name);

  library_test_assert_file (result, bytes);
}

static void
test_library_comes_back (LibraryFixture *fixture,
                         gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (1, 5000);
  g_autoptr(GBytes) bytes = library_test_make_bytes (2, 300000);
  g_autoptr(DioJob) job = library_test_make_job ("local", "My watch", "a @watch on a table", photo);
  g_autoptr(DioPicture) picture = make_full_picture (bytes);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) again = NULL;
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 0);
  g_assert_true (library_test_add_job (fixture->library, job, &error));
  g_assert_no_error (error);
  result = library_test_add_picture (fixture->library, job, picture, &error);
  g_assert_no_error (error);
  assert_full_result (result, job, bytes);
  g_assert_true (g_str_has_suffix (dio_result_get_path (result), " My watch 3.jpg"));

  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  again = library_fixture_get_result (fixture, 0);
  assert_full_result (again, job, bytes);
  g_assert_cmpstr (dio_result_get_id (again), ==, dio_result_get_id (result));
  g_assert_cmpstr (dio_result_get_path (again), ==, dio_result_get_path (result));

  kept = dio_library_load_reference (fixture->library, dio_request_get_reference (dio_job_get_request (job), 0)->hash, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, photo));
}

/* What a provider does not tell stays unknown, and is not an empty list. */
static void
test_library_unknown_stays_unknown (LibraryFixture *fixture,
                                    gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  g_object_unref (library_fixture_add_bytes (fixture, job, 0, bytes));

  library_fixture_open (fixture);
  result = library_fixture_get_result (fixture, 0);
  g_assert_cmpint (dio_result_get_seed (result), ==, -1);
  g_assert_cmpfloat (dio_result_get_seconds (result), ==, -1);
  g_assert_null (dio_result_get_used (result));
  g_assert_null (dio_result_get_unused (result));
  g_assert_cmpuint (dio_result_get_notes (result)->len, ==, 0);
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static void
test_library_newest_first (LibraryFixture *fixture,
                           gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(GString) changes = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  list = library_test_list (fixture->library);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), changes);
  job = library_fixture_add_job (fixture, "a table");
  for (guint i = 0; i < 3; i++)
    {
      g_object_unref (library_fixture_add_bytes (fixture, job, i, bytes));
      library_test_wait_for_list (list);
    }
  g_assert_cmpstr (changes->str, ==, "0-0+1 0-0+1 0-0+1 ");
  g_clear_object (&list);

  library_fixture_close (fixture);
  g_string_truncate (changes, 0);
  fixture->library = dio_library_new (fixture->folder);
  list = dio_result_list_new (fixture->library);
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), changes);
  g_assert_true (library_test_open (fixture->library, &error));
  g_assert_no_error (error);
  library_test_wait_for_list (list);
  g_assert_cmpstr (changes->str, ==, "0-0+3 ");
  g_clear_object (&list);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(DioResult) result = library_fixture_get_result (fixture, i);

      g_assert_cmpuint (dio_result_get_index (result), ==, 2 - i);
    }
}

static void
test_library_same_picture_twice (LibraryFixture *fixture,
                                 gconstpointer   data)
{
  g_autoptr(GBytes) first = library_test_make_bytes (1, 5000);
  g_autoptr(GBytes) second = library_test_make_bytes (2, 5000);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) again = NULL;
  g_autoptr(DioResult) reopened = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  result = library_fixture_add_bytes (fixture, job, 0, first);
  again = library_fixture_add_bytes (fixture, job, 0, second);

  g_assert_true (again == result);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 1);
  library_test_assert_file (result, first);

  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  reopened = library_fixture_add_bytes (fixture, job, 0, second);
  g_assert_cmpstr (dio_result_get_id (reopened), ==, dio_result_get_id (result));
  library_test_assert_file (reopened, first);
}

static void
test_library_names_do_not_clash (LibraryFixture *fixture,
                                 gconstpointer   data)
{
  g_autoptr(GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  library_fixture_open (fixture);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(DioJob) job = library_fixture_add_job (fixture, "@watch on @table");
      g_autoptr(GBytes) bytes = library_test_make_bytes (i, 1000);
      g_autoptr(DioResult) result = library_fixture_add_bytes (fixture, job, 0, bytes);

      g_assert_true (g_hash_table_add (paths, g_strdup (dio_result_get_path (result))));
      library_test_assert_file (result, bytes);
    }
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", "20"), ==, 20);
}

/* Deleted is not gone: row and file wait, and come back to where they were. */
static void
test_library_delete (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) other = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  result = library_fixture_add_bytes (fixture, job, 0, bytes);
  other = library_fixture_add_bytes (fixture, job, 1, bytes);
  path = g_strdup (dio_result_get_path (result));

  g_assert_true (library_test_delete (fixture->library, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (dio_result_get_deleted (result), >, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  library_test_assert_file (result, bytes);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  g_assert_true (library_test_delete (fixture->library, result, &error));
  g_assert_no_error (error);

  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  g_assert_true (library_test_restore (fixture->library, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  result = library_fixture_get_result (fixture, 1);
  g_assert_cmpint (dio_result_get_deleted (result), ==, 0);
  g_assert_cmpstr (dio_result_get_path (result), ==, path);
  library_test_assert_file (result, bytes);
}

static void
test_library_job_states (LibraryFixture *fixture,
                         gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioJob) stranger = library_test_make_job ("local", NULL, "never added", NULL);
  g_autofree char *stored = NULL;
  g_autofree char *failed = NULL;
  g_autoptr(GError) why = g_error_new_literal (DIO_ERROR, DIO_ERROR_CREDIT, "no credit");
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  stored = library_fixture_query (fixture, "SELECT state || ifnull (error_class, '-') FROM jobs");
  g_assert_cmpstr (stored, ==, "stored-");

  dio_job_set_error (job, why);
  dio_job_set_state (job, DIO_JOB_FAILED);
  g_assert_true (library_test_update_job (fixture->library, job, &error));
  g_assert_no_error (error);
  failed = library_fixture_query (fixture, "SELECT state || ' ' || error_class || ' ' || error_message FROM jobs");
  g_assert_cmpstr (failed, ==, "failed credit no credit");

  g_assert_false (library_test_add_job (fixture->library, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (library_test_update_job (fixture->library, stranger, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (library_test_add_bytes (fixture->library, stranger, 0, bytes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 0);
}

/* The request of then can be read back with its photos. */
static void
test_library_request (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (1, 5000);
  g_autoptr(DioJob) job = library_test_make_job ("local", "T", "a @watch", photo);
  g_autoptr(DioRequest) request = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  g_assert_true (library_test_add_job (fixture->library, job, &error));
  text = library_fixture_query (fixture, "SELECT request FROM jobs");
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  request = dio_request_new_from_json (node, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dio_request_get_id (request), ==, dio_job_get_id (job));
  g_assert_cmpstr (dio_request_get_reference (request, 0)->name, ==, "watch");
}

static void
test_library_private (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autofree char *outer = g_build_filename (fixture->folder, "deep", "down", NULL);
  DioLibrary *library = dio_library_new (outer);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_true (library_test_open (library, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (outer, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_finalize_object (library);
}

#define N_MANY 20000

static void
test_library_many (LibraryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr(DioResult) newest = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *none = NULL;
  g_autoptr(DioJob) job = NULL;
  double seconds;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  library_fixture_close (fixture);

  sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                         "INSERT INTO results (id, job_id, idx, path, width, height, seed, seconds, notes, created,"
                         "                     provider, model, prompt) "
                         "SELECT 'r' || i, '%s', i, i || '.png', 8, 6, i, 1.5, '[]', i, 'local', 'm', 'a table' FROM n",
                         N_MANY - 1, dio_job_get_id (job));
  none = library_fixture_query (fixture, sql);

  g_test_timer_start ();
  library_fixture_open (fixture);
  seconds = g_test_timer_elapsed ();
  g_test_message ("%d results in %.3f s", N_MANY, seconds);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, N_MANY);
  newest = library_fixture_get_result (fixture, 0);
  g_assert_cmpuint (dio_result_get_index (newest), ==, N_MANY - 1);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  int *n_left = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResult) added = NULL;

  added = dio_job_store_add_picture_finish (DIO_JOB_STORE (object), result, &error);
  g_assert_no_error (error);
  (*n_left)--;
}

/* The library lives as long as something is being written, and dies after it. */
static void
test_library_given_up_while_writing (LibraryFixture *fixture,
                                     gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100000);
  g_autoptr(DioPicture) first = dio_picture_new (bytes, "png", 0, 8, 6);
  g_autoptr(DioPicture) second = dio_picture_new (bytes, "png", 1, 8, 6);
  g_autoptr(DioJob) job = NULL;
  DioLibrary *library;
  int n_left = 2;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  library = g_steal_pointer (&fixture->library);
  g_object_add_weak_pointer (G_OBJECT (library), (gpointer *) &library);
  dio_job_store_add_picture_async (DIO_JOB_STORE (library), job, first, added_cb, &n_left);
  dio_job_store_add_picture_async (DIO_JOB_STORE (library), job, second, added_cb, &n_left);
  g_object_unref (library);

  while (library != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (n_left, ==, 0);

  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 2);
}

static void
test_library_opened_twice (LibraryFixture *fixture,
                             gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  g_assert_true (library_test_open (fixture->library, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (library_fixture_count (fixture, "owners", ""), ==, 1);
}

#define add(path, func) \
  g_test_add ("/library/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("comes-back", test_library_comes_back);
  add ("unknown-stays-unknown", test_library_unknown_stays_unknown);
  add ("newest-first", test_library_newest_first);
  add ("same-picture-twice", test_library_same_picture_twice);
  add ("names-do-not-clash", test_library_names_do_not_clash);
  add ("delete", test_library_delete);
  add ("job-states", test_library_job_states);
  add ("request", test_library_request);
  add ("private", test_library_private);
  add ("many", test_library_many);
  add ("given-up-while-writing", test_library_given_up_while_writing);
  add ("opened-twice", test_library_opened_twice);

  return g_test_run ();
}
