/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What diorama-cli does with files, values and folders that are not right: a
 * clear sentence, the code of its class, and nothing left behind. */

#include "config.h"

#include "cli-pictures.h"
#include "cli-runner.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SMALL "--set", "width=256", "--set", "height=256"

static void
set_up (Bench        *bench,
        gconstpointer data)
{
  bench_set_up (bench, data);
  bench_write (bench, "mug.png", picture_subject (160));
  bench_write (bench, "beach.jpg", picture_scene (320, 240));
}

/* The file as subject and to be cut out, as text and as JSON. */
static void
assert_refused (Bench      *bench,
                const char *name,
                int         status,
                const char *class)
{
  g_autoptr(Run) subject = bench_run (bench, "compose", "--subject", name, SMALL, "--output", "output", NULL);
  g_autoptr(Run) json = bench_run (bench, "compose", "--subject", "mug.png", "--scene", name, SMALL, "--output", "output", "--json", NULL);
  g_autoptr(Run) cutout = bench_run (bench, "cutout", name, "--output", "cut.png", NULL);
  g_autofree char *cut = bench_path (bench, "cut.png");
  g_autofree char *shown = g_path_get_basename (name);

  assert_error (subject, status, shown);
  g_assert_cmpint (json->status, ==, status);
  assert_json_error (json, class);
  assert_error (cutout, status, shown);

  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (cut, G_FILE_TEST_EXISTS));
}

static Run *
assert_accepted (Bench      *bench,
                 const char *name)
{
  g_autofree char *photo = g_strconcat (name, "=photo", NULL);
  Run *run = bench_run (bench, "compose", "--subject", photo, "--scene", "beach.jpg", SMALL,
                        "--prompt", "@photo", "--output", "output", "--quiet", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "output/photo 1.png\n");

  return run;
}

static void
test_missing (Bench        *bench,
              gconstpointer data)
{
  assert_refused (bench, "missing.jpg", 19, "not-found");
  assert_refused (bench, "no-folder/missing.jpg", 19, "not-found");
}

static void
test_folder (Bench        *bench,
             gconstpointer data)
{
  g_autofree char *path = bench_path (bench, "folder.png");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (bench, "folder.png", 18, "invalid");
}

static void
test_not_a_picture (Bench        *bench,
                    gconstpointer data)
{
  static const char text[] = "This is a letter, whatever its name says.\n";

  bench_write (bench, "empty.png", g_bytes_new (NULL, 0));
  bench_write (bench, "letter.jpg", g_bytes_new_static (text, strlen (text)));
  assert_refused (bench, "empty.png", 18, "invalid");
  assert_refused (bench, "letter.jpg", 18, "invalid");
}

static void
test_truncated (Bench        *bench,
                gconstpointer data)
{
  bench_write (bench, "half.jpg", picture_truncated_jpeg ());
  assert_refused (bench, "half.jpg", 18, "invalid");
}

static void
test_bomb (Bench        *bench,
           gconstpointer data)
{
  bench_write (bench, "bomb.png", picture_png_header (30000, 30000));
  assert_refused (bench, "bomb.png", 18, "invalid");
}

/* 200 MB that take no place on the disk. */
static void
test_large_file (Bench        *bench,
                 gconstpointer data)
{
  g_autofree char *path = bench_path (bench, "large.png");

  bench_write (bench, "large.png", picture_subject (64));
  g_assert_cmpint (truncate (path, 200 * 1000 * 1000), ==, 0);
  assert_refused (bench, "large.png", 18, "invalid");
}

static void
test_unreadable (Bench        *bench,
                 gconstpointer data)
{
  g_autofree char *path = bench_path (bench, "secret.png");

  if (getuid () == 0)
    {
      g_test_skip ("root reads everything");
      return;
    }

  bench_write (bench, "secret.png", picture_subject (64));
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_refused (bench, "secret.png", 12, "permission");
}

/* A pipe that nobody writes to must not be waited for. */
static void
test_pipe (Bench        *bench,
           gconstpointer data)
{
  g_autofree char *path = bench_path (bench, "pipe.png");

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (bench, "pipe.png", 18, "invalid");
}

static void
test_cmyk (Bench        *bench,
           gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cmyk.jpg", NULL);
  g_autoptr(Run) run = NULL;
  g_autoptr(GError) error = NULL;
  char *contents;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  bench_write (bench, "print.jpg", g_bytes_new_take (contents, size));
  run = assert_accepted (bench, "print.jpg");
  g_assert_nonnull (strstr (run->err, "photo is made for print"));
}

static void
test_animation (Bench        *bench,
                gconstpointer data)
{
  g_autoptr(Run) run = NULL;

  bench_write (bench, "moving.gif", picture_animated_gif ());
  run = assert_accepted (bench, "moving.gif");
  g_assert_nonnull (strstr (run->err, "photo is an animation"));
}

static void
test_16_bit (Bench        *bench,
             gconstpointer data)
{
  g_autoptr(Run) run = NULL;

  bench_write (bench, "deep.png", picture_png_16_bit ());
  run = assert_accepted (bench, "deep.png");
}

static void
test_one_pixel (Bench        *bench,
                gconstpointer data)
{
  g_autoptr(Run) run = NULL;

  bench_write (bench, "dot.png", picture_scene (1, 1));
  run = assert_accepted (bench, "dot.png");
}

static void
test_40_photos (Bench        *bench,
                gconstpointer data)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(Run) run = NULL;

  g_ptr_array_add (arguments, (char *) "compose");
  for (guint i = 0; i < 40; i++)
    {
      g_ptr_array_add (arguments, (char *) "--subject");
      g_ptr_array_add (arguments, (char *) "mug.png");
    }
  g_ptr_array_add (arguments, (char *) "--output");
  g_ptr_array_add (arguments, (char *) "output");
  g_ptr_array_add (arguments, NULL);

  run = bench_run_argv (bench, NULL, (const char *const *) arguments->pdata);
  assert_error (run, 18, "40");
  g_assert_nonnull (strstr (run->err, "16"));
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
}

static void
test_long_prompt (Bench        *bench,
                  gconstpointer data)
{
  g_autofree char *prompt = g_strnfill (100 * 1000, 'a');
  g_autoptr(Run) run = bench_run (bench, "compose", "--subject", "mug.png", "--prompt", prompt, "--output", "output", NULL);

  assert_error (run, 18, "prompt");
  g_assert_nonnull (strstr (run->err, "100000"));
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
}

static void
assert_value_refused (Bench      *bench,
                      const char *name,
                      const char *value)
{
  g_autofree char *setting = g_strdup_printf ("%s=%s", name, value);
  g_autoptr(Run) run = bench_run (bench, "compose", "--subject", "mug.png", "--set", setting, "--output", "output", NULL);

  assert_error (run, 18, name);
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
}

static void
assert_range_held (Bench      *bench,
                   JsonObject *parameter)
{
  const char *name = json_object_get_string_member (parameter, "name");
  double step = MAX (1, json_object_get_double_member (parameter, "step"));
  g_autofree char *below = g_strdup_printf ("%.0f", json_object_get_double_member (parameter, "minimum") - step);
  g_autofree char *above = g_strdup_printf ("%.0f", json_object_get_double_member (parameter, "maximum") + step);
  g_autofree char *between = g_strdup_printf ("%.0f.5", json_object_get_double_member (parameter, "minimum"));

  assert_value_refused (bench, name, below);
  assert_value_refused (bench, name, above);
  assert_value_refused (bench, name, between);
  assert_value_refused (bench, name, "many");
  assert_value_refused (bench, name, "");
}

/* Every parameter that there is, from the program's own table. */
static void
test_ranges (Bench        *bench,
             gconstpointer data)
{
  g_autoptr(Run) run = bench_run (bench, "parameters", "local", "--json", NULL);
  g_autoptr(JsonNode) node = parse_json (run->out);
  JsonArray *parameters = json_node_get_array (node);
  guint n_integers = 0;

  for (guint i = 0; i < json_array_get_length (parameters); i++)
    {
      JsonObject *parameter = json_array_get_object_element (parameters, i);

      if (g_str_equal (json_object_get_string_member (parameter, "kind"), "integer"))
        {
          assert_range_held (bench, parameter);
          n_integers++;
        }
    }

  g_assert_cmpuint (n_integers, ==, json_array_get_length (parameters));
}

static void
test_values (Bench        *bench,
             gconstpointer data)
{
  g_autoptr(Run) limits = bench_run (bench, "compose", "--subject", "mug.png", "--set", "width=255", "--output", "output", NULL);
  g_autoptr(Run) step = bench_run (bench, "compose", "--subject", "mug.png", "--set", "width=257", "--output", "output", NULL);
  g_autoptr(Run) unknown = bench_run (bench, "compose", "--subject", "mug.png", "--set", "size=3", "--output", "output", NULL);
  g_autoptr(Run) count = bench_run (bench, "compose", "--subject", "mug.png", "--count", "99", "--output", "output", NULL);

  assert_error (limits, 18, "256 to 4096");
  assert_error (step, 18, "steps of 8");
  assert_error (unknown, 18, "width, height, count");
  assert_error (count, 18, "count");
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
}

static void
test_output_folder (Bench        *bench,
                    gconstpointer data)
{
  g_autoptr(Run) below_file = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "mug.png/output", NULL);
  g_autoptr(Run) file = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "mug.png", NULL);
  g_autoptr(Run) two_levels = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "one/two", NULL);
  g_autoptr(Run) proc = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "/proc", NULL);
  g_autofree char *one = bench_path (bench, "one");

  assert_error (below_file, 23, "mug.png/output");
  assert_error (file, 23, "mug.png");
  assert_error (two_levels, 19, "one/two");
  assert_error (proc, 23, "/proc");
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
}

/* Told of as compose does, and before the work. */
static void
test_cut_out_folder (Bench        *bench,
                     gconstpointer data)
{
  g_autoptr(Run) missing = bench_run (bench, "cutout", "mug.png", "--output", "nowhere/cut.png", NULL);
  g_autoptr(Run) early = bench_run (bench, "cutout", "nothing.png", "--output", "nowhere/cut.png", NULL);
  g_autoptr(Run) below_file = bench_run (bench, "cutout", "mug.png", "--output", "mug.png/cut.png", NULL);
  g_autoptr(Run) proc = bench_run (bench, "cutout", "mug.png", "--output", "/proc/cut.png", NULL);

  assert_error (missing, 19, "nowhere");
  assert_error (early, 19, "nowhere");
  assert_error (below_file, 23, "mug.png");
  assert_error (proc, 23, "/proc");
}

static void
test_read_only_folder (Bench        *bench,
                       gconstpointer data)
{
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) cut_out = NULL;

  if (getuid () == 0)
    {
      g_test_skip ("root writes everywhere");
      return;
    }

  g_assert_cmpint (g_mkdir (bench->output, 0500), ==, 0);
  run = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "output", NULL);
  assert_error (run, 12, "output");
  cut_out = bench_run (bench, "cutout", "mug.png", "--output", "output/cut.png", NULL);
  assert_error (cut_out, 12, "output");
  assert_no_files (bench->output);
}

static void
set_variable (Bench      *bench,
              const char *variable)
{
  g_strfreev (bench->variables);
  bench->variables = g_strsplit (variable, "\n", -1);
}

static void
test_library_folder (Bench        *bench,
                     gconstpointer data)
{
  g_autofree char *home = bench_path (bench, "mug.png/home");
  g_autofree char *variable = g_strdup_printf ("XDG_DATA_HOME=%s", home);
  g_autoptr(Run) run = NULL;

  set_variable (bench, variable);
  run = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "output", NULL);
  assert_error (run, 23, home);
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
}

/* The base directory specification has relative folders ignored: the library
 * was another one wherever the program ran. */
static void
test_relative_folders (Bench        *bench,
                       gconstpointer data)
{
  g_autofree char *there = bench_path (bench, "there");
  g_autofree char *library = g_build_filename (bench->folder, "home", "HOME", ".local", "share", "diorama", "library.db", NULL);
  g_autofree char *cache = g_build_filename (bench->folder, "home", "HOME", ".cache", "diorama", NULL);
  g_autoptr(Run) run = NULL;

  set_variable (bench, "XDG_DATA_HOME=there\nXDG_CACHE_HOME=there");
  run = assert_accepted (bench, "mug.png");
  g_assert_false (g_file_test (there, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (library, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (cache, G_FILE_TEST_IS_DIR));
}

/* A cache can be done without. */
static void
test_cache_folder (Bench        *bench,
                   gconstpointer data)
{
  g_autofree char *home = bench_path (bench, "mug.png/home");
  g_autofree char *variable = g_strdup_printf ("XDG_CACHE_HOME=%s", home);
  g_autoptr(Run) run = NULL;

  set_variable (bench, variable);
  run = assert_accepted (bench, "mug.png");
}

/* What a full disk does, at two sizes: none for the library, none for the file. */
static void
test_no_space (Bench        *bench,
               gconstpointer data)
{
  g_autoptr(Run) compose = NULL;
  g_autoptr(Run) cutout = NULL;
  g_autofree char *cut = bench_path (bench, "cut.png");

  bench->shell = "ulimit -f 2; exec \"$@\"";
  compose = bench_run (bench, "compose", "--subject", "mug.png", SMALL, "--output", "output", NULL);
  assert_error (compose, 23, NULL);
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));

  cutout = bench_run (bench, "cutout", "mug.png", "--output", "cut.png", NULL);
  assert_error (cutout, 23, NULL);
  g_assert_false (g_file_test (cut, G_FILE_TEST_EXISTS));
}

static void
test_no_space_for_result (Bench        *bench,
                          gconstpointer data)
{
  g_autofree char *pictures = g_build_filename (bench->folder, "home", "XDG_DATA_HOME", "diorama", "pictures", NULL);
  g_autoptr(Run) run = NULL;

  /* Enough for the database, not for the picture. */
  bench->shell = "ulimit -f 400; exec \"$@\"";
  run = bench_run (bench, "compose", "--subject", "mug.png", "--scene", "beach.jpg",
                   "--set", "width=1024", "--set", "height=1024", "--output", "output", "--quiet", NULL);
  assert_error (run, 23, "pictures");
  g_assert_false (g_file_test (bench->output, G_FILE_TEST_EXISTS));
  assert_no_files (pictures);
}

#define ADD(path, func) g_test_add (path, Bench, NULL, set_up, func, bench_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/cli-input/missing", test_missing);
  ADD ("/cli-input/folder", test_folder);
  ADD ("/cli-input/not-a-picture", test_not_a_picture);
  ADD ("/cli-input/truncated", test_truncated);
  ADD ("/cli-input/bomb", test_bomb);
  ADD ("/cli-input/large-file", test_large_file);
  ADD ("/cli-input/unreadable", test_unreadable);
  ADD ("/cli-input/pipe", test_pipe);
  ADD ("/cli-input/cmyk", test_cmyk);
  ADD ("/cli-input/animation", test_animation);
  ADD ("/cli-input/16-bit", test_16_bit);
  ADD ("/cli-input/one-pixel", test_one_pixel);
  ADD ("/cli-input/40-photos", test_40_photos);
  ADD ("/cli-input/long-prompt", test_long_prompt);
  ADD ("/cli-input/ranges", test_ranges);
  ADD ("/cli-input/values", test_values);
  ADD ("/cli-input/output-folder", test_output_folder);
  ADD ("/cli-input/cut-out-folder", test_cut_out_folder);
  ADD ("/cli-input/read-only-folder", test_read_only_folder);
  ADD ("/cli-input/library-folder", test_library_folder);
  ADD ("/cli-input/relative-folders", test_relative_folders);
  ADD ("/cli-input/cache-folder", test_cache_folder);
  ADD ("/cli-input/no-space", test_no_space);
  ADD ("/cli-input/no-space-for-result", test_no_space_for_result);

  return g_test_run ();
}
