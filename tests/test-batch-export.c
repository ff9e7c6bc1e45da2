/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many pictures as files of a folder. */

#include "config.h"

#include "dio-batch-export.h"
#include "dio-error.h"
#include "dio-image-encode.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static DioResult *
make_result (const char *path,
             const char *prompt)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr(DioPicture) picture = dio_picture_new (bytes, "png", 0, 64, 48);

  picture->seed = 42;
  return dio_result_new ("id", "job", path, 0, "local", "model/one", prompt, picture);
}

static void
test_names (void)
{
  g_autoptr(DioResult) result = make_result ("/nowhere/first one.png", "The @cactus, at sea!");
  const struct
  {
    const char *pattern;
    const char *name;
  } cases[] = {
    { "{name}", "first one" },
    { "{prompt} {number}", "The cactus at sea 007" },
    { "{provider} {model} {seed} {rating}", "local model one 42 0" },
    { "{other} {", "{other} {" },
    { "../../{name}", "_.._first one" },
    { ". . ", "picture" },
    { "", "picture" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = dio_batch_export_make_name (result, cases[i].pattern, 7);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
count_cb (guint    n_done,
          gpointer user_data)
{
  *(guint *) user_data = n_done;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dio_batch_export_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* What is there already stays as it is. */
static void
test_collisions (void)
{
  g_autofree char *folder = g_dir_make_tmp ("diorama-export-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "source.png", NULL);
  g_autofree char *first = g_build_filename (folder, "same.png", NULL);
  g_autofree char *second = g_build_filename (folder, "same (2).png", NULL);
  g_autofree char *third = g_build_filename (folder, "same (3).png", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (folder);
  g_autoptr(DioPixels) pixels = dio_pixels_new (64, 48, 3);
  g_autoptr(GBytes) png = dio_image_encode_png (pixels, NULL, NULL);
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  DioExportOptions options = { .format = DIO_EXPORT_PNG, .keeps_metadata = TRUE };
  g_autofree char *kept = NULL;
  gboolean is_done = FALSE;
  guint n_done = 0;

  g_assert_true (g_file_set_contents (source, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL));
  g_assert_true (g_file_set_contents (first, "mine", -1, NULL));
  g_ptr_array_add (results, make_result (source, "one"));
  g_ptr_array_add (results, make_result (source, "two"));

  dio_batch_export_async (results, target, "same", &options, count_cb, &n_done, NULL, exported_cb, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (g_file_get_contents (first, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (third, G_FILE_TEST_EXISTS));

  g_remove (source);
  g_remove (first);
  g_remove (second);
  g_remove (third);
  g_rmdir (folder);
}

typedef struct
{
  gboolean  is_done;
  GError   *error; /* (owned) (nullable) */
} Outcome;

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  dio_batch_export_finish (result, &outcome->error);
  outcome->is_done = TRUE;
}

/* Returns: (transfer full) (nullable): why it did not come to its end */
static GError *
export_to (const char *folder,
           const char *source)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFile) target = g_file_new_for_path (folder);
  DioExportOptions options = { .format = DIO_EXPORT_PNG, .keeps_metadata = TRUE };
  Outcome outcome = { 0 };
  guint n_done;

  g_ptr_array_add (results, make_result (source, "one"));
  dio_batch_export_async (results, target, "{prompt}", &options, count_cb, &n_done, NULL, ended_cb, &outcome);
  while (!outcome.is_done)
    g_main_context_iteration (NULL, TRUE);

  return outcome.error;
}

static guint
count_files (const char *folder,
             gboolean    hidden)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += (*name == '.') == hidden;

  return n;
}

static void
write_png (const char *path)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (512, 512, 3);
  g_autoptr(GBytes) png = NULL;

  for (guint i = 0; i < 512 * 512 * 3; i++)
    pixels->data[i] = g_random_int ();
  png = dio_image_encode_png (pixels, NULL, NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL));
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A file that grows too large ends its program, in the middle of writing. */
static void
test_killed_subprocess (void)
{
  const struct rlimit none = { 0, 0 };
  const struct rlimit few = { 4096, 4096 };

  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_FSIZE, &few);
  g_error_free (export_to (g_getenv ("EXPORT_FOLDER"), g_getenv ("EXPORT_SOURCE")));
}

/* Half a picture must not look like one; the next export clears it away once
 * nobody can be writing to it. */
static void
test_killed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("diorama-export-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (g_get_tmp_dir (), "diorama-export-source.png", NULL);
  g_autofree char *old = g_build_filename (folder, ".diorama-part-old", NULL);
  struct timespec times[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
  g_autoptr(GError) error = NULL;

  write_png (source);
  g_setenv ("EXPORT_FOLDER", folder, TRUE);
  g_setenv ("EXPORT_SOURCE", source, TRUE);
  g_test_trap_subprocess ("/batch-export/killed/subprocess", 0, 0);
  g_test_trap_assert_failed ();
  g_assert_cmpuint (count_files (folder, FALSE), ==, 0);
  g_assert_cmpuint (count_files (folder, TRUE), ==, 1);

  g_assert_true (g_file_set_contents (old, "half", -1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, old, times, 0), ==, 0);
  error = export_to (folder, source);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder, FALSE), ==, 1);
  g_assert_cmpuint (count_files (folder, TRUE), ==, 1);

  g_unlink (source);
  remove_folder (folder);
}

/* A picture that was cut short after it was stored. */
static void
test_cut_short (void)
{
  g_autofree char *folder = g_dir_make_tmp ("diorama-export-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "source.png", NULL);
  g_autoptr(GError) error = NULL;

  write_png (source);
  g_assert_cmpint (truncate (source, 20000), ==, 0);
  error = export_to (folder, source);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpuint (count_files (folder, FALSE), ==, 1);
  g_assert_cmpuint (count_files (folder, TRUE), ==, 0);

  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch-export/names", test_names);
  g_test_add_func ("/batch-export/collisions", test_collisions);
  g_test_add_func ("/batch-export/killed", test_killed);
  g_test_add_func ("/batch-export/killed/subprocess", test_killed_subprocess);
  g_test_add_func ("/batch-export/cut-short", test_cut_short);

  return g_test_run ();
}
