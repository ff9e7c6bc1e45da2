/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the library could not take leaves nothing behind; what it cannot read stays
 * as it is. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* A limit on the size of files fails as a full disk does: in the middle. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_library_no_space (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 3 << 20);
  g_autofree char *pictures = g_build_filename (fixture->folder, "pictures", NULL);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");

  limit_files (1 << 20);
  result = library_test_add_bytes (fixture->library, job, 0, bytes, &error);
  g_assert_null (result);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, pictures));
  g_assert_nonnull (strstr (error->message, g_strerror (EFBIG)));
  g_clear_error (&error);

  kept = dio_library_keep_reference (fixture->library, bytes, &error);
  limit_files (RLIM_INFINITY);
  g_assert_null (kept);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);

  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 0);
  g_assert_cmpuint (library_fixture_count (fixture, "references", ""), ==, 0);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 0);

  result = library_fixture_add_bytes (fixture, job, 0, bytes);
  library_test_assert_file (result, bytes);
}

static void
test_library_full_database (LibraryFixture *fixture,
                            gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");

  /* Enough for the picture, not for another page of the log. */
  limit_files (8000);
  result = library_test_add_bytes (fixture->library, job, 0, bytes, &error);
  limit_files (RLIM_INFINITY);
  g_assert_null (result);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", ""), ==, 0);

  result = library_fixture_add_bytes (fixture, job, 0, bytes);
  library_test_assert_file (result, bytes);
}

static void
test_library_pictures_is_no_folder (LibraryFixture *fixture,
                                    gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  g_autofree char *pictures = g_build_filename (fixture->folder, "pictures", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  g_assert_true (g_file_set_contents (pictures, "", 0, NULL));

  g_assert_null (library_test_add_bytes (fixture->library, job, 0, bytes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, pictures));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOTDIR)));
}

static void
test_library_read_only (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  g_autofree char *pictures = g_build_filename (fixture->folder, "pictures", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("to this user nothing is read-only");
      return;
    }

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  g_assert_cmpint (g_mkdir (pictures, 0500), ==, 0);

  g_assert_null (library_test_add_bytes (fixture->library, job, 0, bytes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, pictures));
  g_assert_nonnull (strstr (error->message, g_strerror (EACCES)));
}

static void
test_library_folder_is_a_file (LibraryFixture *fixture,
                               gconstpointer   data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *folder = g_build_filename (file, "data", NULL);
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioJob) job = library_test_make_job ("local", NULL, "a table", NULL);
  g_autoptr(GError) error = NULL;
  DioLibrary *library = dio_library_new (folder);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (library_test_open (library, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, folder));
  g_clear_error (&error);

  /* Whoever goes on all the same is told, and nothing breaks. */
  g_assert_false (library_test_add_job (library, job, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (library_test_add_bytes (library, job, 0, bytes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (dio_library_keep_reference (library, bytes, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_finalize_object (library);
}

static void
test_library_damaged (LibraryFixture *fixture,
                      gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GBytes) before = library_test_make_bytes (1, 20000);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (before, NULL), 20000, NULL));
  fixture->library = dio_library_new (fixture->folder);
  g_assert_false (library_test_open (fixture->library, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "damaged"));
  after = library_test_read_file (path);
  g_assert_true (g_bytes_equal (before, after));
  g_clear_error (&error);

  /* Put aside by the person, it works without a restart. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (library_test_open (fixture->library, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (library_fixture_count (fixture, "owners", ""), ==, 1);
}

static void
test_library_missing_file (LibraryFixture *fixture,
                           gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  result = library_fixture_add_bytes (fixture, job, 0, bytes);
  g_assert_cmpint (g_unlink (dio_result_get_path (result)), ==, 0);
  g_clear_object (&result);

  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 1);
  result = library_fixture_get_result (fixture, 0);
  g_assert_true (library_test_delete (fixture->library, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 0);
}

/* A library of somebody else may hold anything. */
static void
test_library_strange_rows (LibraryFixture *fixture,
                           gconstpointer   data)
{
  static const char *const strange[] = {
    "UPDATE results SET notes = replace (hex (zeroblob (400000)), '00', '[')",
    "UPDATE results SET used = replace (hex (zeroblob (400000)), '00', '{\"a\":')",
    "UPDATE results SET created = 9223372036854775807, width = -1, rating = 99",
    "UPDATE jobs SET created = 9223372036854775807, account = replace (hex (zeroblob (400000)), '00', '[')",
    "UPDATE jobs SET state = 'sending'",
  };
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 100);
  g_autoptr(GBytes) others = library_test_make_bytes (2, 100);
  g_autoptr(DioResult) first = NULL;
  g_autoptr(DioResult) second = NULL;
  g_autoptr(DioJob) job = NULL;
  g_autoptr(DioJob) taken = NULL;
  g_autoptr(GDateTime) date = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  first = library_fixture_add_bytes (fixture, job, 0, bytes);
  g_clear_object (&first);
  library_fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    g_free (library_fixture_query (fixture, strange[i]));

  library_fixture_open (fixture);
  first = library_fixture_get_result (fixture, 0);
  date = g_date_time_new_from_unix_local (dio_result_get_created (first) / G_USEC_PER_SEC);
  g_assert_nonnull (date);
  taken = library_test_take_job (fixture->library, dio_job_get_id (job), &error);
  g_assert_no_error (error);
  second = library_fixture_add_bytes (fixture, taken, 1, others);
  library_test_assert_file (second, others);
}

#define add(path, func) \
  g_test_add ("/library-faults/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  signal (SIGXFSZ, SIG_IGN);
  g_test_init (&argc, &argv, NULL);

  add ("no-space", test_library_no_space);
  add ("full-database", test_library_full_database);
  add ("pictures-is-no-folder", test_library_pictures_is_no_folder);
  add ("read-only", test_library_read_only);
  add ("folder-is-a-file", test_library_folder_is_a_file);
  add ("damaged", test_library_damaged);
  add ("strange-rows", test_library_strange_rows);
  add ("missing-file", test_library_missing_file);

  return g_test_run ();
}
