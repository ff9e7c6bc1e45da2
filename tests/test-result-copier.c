/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New results are copied to a folder, and caches are counted and cleared. */

#include "config.h"

#include "dio-disk-use.h"
#include "dio-error.h"
#include "dio-result-copier.h"
#include "dio-studio-caches.h"
#include "library-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  LibraryFixture   library;
  DioSettings     *settings;
  DioResultCopier *copier;
  char            *target;   /* (owned): where copies go */
  GError          *failure;  /* (owned) (nullable) */
} Fixture;

static void
failed_cb (DioResultCopier *copier,
           const GError    *error,
           gpointer         user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->failure);
  fixture->failure = g_error_copy (error);
}

static void
set_target (Fixture    *fixture,
            const char *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (folder);

  dio_settings_set_result_folder (fixture->settings, uri);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  library_fixture_set_up (&fixture->library, data);
  library_fixture_open (&fixture->library);
  fixture->target = g_dir_make_tmp ("dio copies %-XXXXXX", NULL);
  fixture->settings = dio_settings_new (NULL);
  set_target (fixture, fixture->target);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->copier);
  g_assert_finalize_object (fixture->settings);
  g_clear_error (&fixture->failure);
  library_test_remove_tree (fixture->target);
  g_free (fixture->target);
  library_fixture_tear_down (&fixture->library, data);
}

static void
start (Fixture *fixture)
{
  fixture->copier = dio_result_copier_new (fixture->library.library, fixture->settings);
  g_signal_connect (fixture->copier, "failed", G_CALLBACK (failed_cb), fixture);
}

static DioResult *
add_result (Fixture *fixture,
            guint    number)
{
  g_autoptr(DioJob) job = library_fixture_add_job (&fixture->library, "watch on table");
  g_autoptr(GBytes) bytes = library_test_make_bytes (number, 5000);

  return library_fixture_add_bytes (&fixture->library, job, 0, bytes);
}

static void
wait_for_copies (Fixture *fixture)
{
  while (dio_result_copier_get_n_pending (fixture->copier) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_copy (Fixture    *fixture,
             DioResult  *result,
             const char *name)
{
  g_autofree char *path = g_build_filename (fixture->target, name, NULL);
  g_autoptr(GBytes) copy = library_test_read_file (path);
  g_autoptr(GBytes) original = library_test_read_file (dio_result_get_path (result));

  g_assert_true (g_bytes_equal (copy, original));
}

static void
test_copies_new (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(DioResult) old = add_result (fixture, 1);
  g_autoptr(DioResult) new = NULL;
  g_autofree char *name = NULL;
  g_autofree char *other = g_path_get_basename (dio_result_get_path (old));
  g_autofree char *path = g_build_filename (fixture->target, other, NULL);

  start (fixture);
  new = add_result (fixture, 2);
  wait_for_copies (fixture);
  name = g_path_get_basename (dio_result_get_path (new));
  assert_copy (fixture, new, name);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_no_error (fixture->failure);
}

/* What lies there under the name is the person's. */
static void
test_writes_over_nothing (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(DioResult) result = add_result (fixture, 1);
  g_autofree char *name = g_path_get_basename (dio_result_get_path (result));
  g_autofree char *taken = g_build_filename (fixture->target, name, NULL);
  g_autofree char *stem = g_strndup (name, strrchr (name, '.') - name);
  g_autofree char *numbered = g_strconcat (stem, " (2)", strrchr (name, '.'), NULL);
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 10);
  g_autoptr(DioPicture) picture = dio_picture_new (bytes, "png", 0, 1, 1);
  g_autoptr(DioResult) again = NULL;
  g_autofree char *mine = NULL;

  g_assert_true (g_file_set_contents (taken, "mine", -1, NULL));
  start (fixture);
  again = dio_result_new ("again", "job", dio_result_get_path (result), g_get_real_time (),
                          "local", "local", "", picture);
  g_signal_emit_by_name (fixture->library.library, "result-added", again);
  wait_for_copies (fixture);
  assert_copy (fixture, result, numbered);
  g_assert_true (g_file_get_contents (taken, &mine, NULL, NULL));
  g_assert_cmpstr (mine, ==, "mine");
  g_assert_no_error (fixture->failure);
}

static void
test_tells_failure (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->target, "gone", NULL);
  g_autoptr(DioResult) result = NULL;

  set_target (fixture, missing);
  start (fixture);
  result = add_result (fixture, 1);
  wait_for_copies (fixture);
  g_assert_nonnull (fixture->failure);
  g_assert_true (fixture->failure->domain == DIO_ERROR);
}

static void
test_without_folder (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(DioResult) result = NULL;

  dio_settings_set_result_folder (fixture->settings, "");
  start (fixture);
  result = add_result (fixture, 1);
  g_assert_cmpuint (dio_result_copier_get_n_pending (fixture->copier), ==, 0);
  g_assert_no_error (fixture->failure);
}

/* Caches */

static void
write_file (const char *folder,
            const char *name,
            gsize       size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *bytes = g_malloc0 (size);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
}

static void
make_old (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  guint64 then = g_get_real_time () / G_USEC_PER_SEC - 60;

  g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, then, 0, NULL, NULL));
  g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_ACCESS, then, 0, NULL, NULL));
}

static void
measure (const char         *folder,
         const char * const *without,
         guint64            *n_bytes,
         guint              *n_files)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  dio_disk_use_measure_async (folder, without, NULL, library_test_finished_cb, &result);
  library_test_wait_for (&result);
  g_assert_true (dio_disk_use_measure_finish (result, n_bytes, n_files, &error));
  g_assert_no_error (error);
}

static void
test_measure (void)
{
  static const char * const without[] = { "sub", NULL };
  g_autofree char *folder = g_dir_make_tmp ("dio-measure-XXXXXX", NULL);
  g_autofree char *outside = g_build_filename (folder, "link", NULL);
  g_autofree char *missing = g_build_filename (folder, "none", NULL);
  guint64 n_bytes;
  guint n_files;

  write_file (folder, "a", 100000);
  write_file (folder, "sub/b", 200000);
  g_assert_cmpint (symlink ("/usr", outside), ==, 0);

  measure (folder, NULL, &n_bytes, &n_files);
  g_assert_cmpuint (n_files, ==, 2);
  g_assert_cmpuint (n_bytes, >=, 300000);
  g_assert_cmpuint (n_bytes, <, 400000);

  measure (folder, without, &n_bytes, &n_files);
  g_assert_cmpuint (n_files, ==, 1);

  measure (missing, NULL, &n_bytes, &n_files);
  g_assert_cmpuint (n_files, ==, 0);
  g_assert_cmpuint (n_bytes, ==, 0);
  library_test_remove_tree (folder);
}

static guint
count_files (const char *folder)
{
  guint64 n_bytes;
  guint n_files;

  measure (folder, NULL, &n_bytes, &n_files);
  return n_files;
}

/* Upload addresses stay, and so does what was used just now. */
static void
test_clear_caches (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dio-clear-XXXXXX", NULL);
  g_autofree char *prepared = g_build_filename (folder, "prepared", NULL);
  DioStudio *studio = dio_studio_new (folder, folder, NULL, NULL);
  g_autoptr(GAsyncResult) result = NULL;

  write_file (folder, "cut-outs/a", 10);
  write_file (folder, "prepared/b", 10);
  write_file (folder, "prepared/new", 10);
  write_file (folder, "uploads/c", 10);
  make_old (folder, "cut-outs/a");
  make_old (folder, "prepared/b");
  make_old (folder, "uploads/c");

  dio_studio_clear_caches_async (studio, library_test_finished_cb, &result);
  library_test_wait_for (&result);
  g_assert_true (dio_studio_clear_caches_finish (studio, result, NULL));
  g_clear_object (&result);
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_assert_cmpuint (count_files (prepared), ==, 1);

  g_assert_finalize_object (studio);
  library_test_remove_tree (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/result-copier/copies-new", Fixture, NULL, set_up, test_copies_new, tear_down);
  g_test_add ("/result-copier/writes-over-nothing", Fixture, NULL, set_up, test_writes_over_nothing, tear_down);
  g_test_add ("/result-copier/tells-failure", Fixture, NULL, set_up, test_tells_failure, tear_down);
  g_test_add ("/result-copier/without-folder", Fixture, NULL, set_up, test_without_folder, tear_down);
  g_test_add_func ("/disk-use/measure", test_measure);
  g_test_add_func ("/studio/clear-caches", test_clear_caches);

  return g_test_run ();
}
