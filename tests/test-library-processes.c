/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several processes on one library, and some that are killed: what a process
 * was told is kept is there afterwards. The test program is its own children. */

#include "config.h"

#include "library-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PICTURE_SIZE 200000
#define N_ROUNDS 12
#define N_EACH 40
#define N_OPENING 6

/* What a child does */

/* Says on its standard output what was acknowledged, at once and whole. */
static void
tell (const char *word,
      const char *id,
      guint       number)
{
  g_autofree char *line = g_strdup_printf ("%s %s %u\n", word, id, number);

  if (write (STDOUT_FILENO, line, strlen (line)) != (ssize_t) strlen (line))
    exit (1);
}

static void
write_pictures (DioLibrary *library,
                guint       first,
                guint       n)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (first, 50000);
  g_autoptr(DioJob) job = library_test_make_job ("local", NULL, "@watch on table", photo);
  g_autoptr(GError) error = NULL;

  if (!library_test_add_job (library, job, &error))
    g_error ("%s", error->message);
  tell ("job", dio_job_get_id (job), 0);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GBytes) bytes = library_test_make_bytes (first + i, PICTURE_SIZE);
      g_autoptr(DioResult) result = library_test_add_bytes (library, job, i, bytes, &error);

      if (result == NULL)
        g_error ("%s", error->message);
      tell ("picture", dio_result_get_id (result), first + i);
    }
}

static void
wait_for_end (void)
{
  char byte;

  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;
}

static void
wait_for_byte (void)
{
  char byte;

  if (read (STDIN_FILENO, &byte, 1) != 1)
    exit (1);
}

static int
run_child (const char *what,
           const char *folder,
           guint       first)
{
  g_autoptr(DioLibrary) library = dio_library_new (folder);
  g_autoptr(GError) error = NULL;

  if (g_str_equal (what, "open"))
    {
      tell ("ready", "-", 0);
      wait_for_byte ();
    }

  if (!library_test_open (library, &error))
    g_error ("%s", error->message);

  if (g_str_equal (what, "endlessly"))
    for (guint i = first;; i += 5)
      write_pictures (library, i, 5);

  if (g_str_equal (what, "some"))
    write_pictures (library, first, N_EACH);

  if (g_str_equal (what, "hold"))
    {
      g_autoptr(DioJob) local = library_test_make_job ("local", NULL, "a table", NULL);
      g_autoptr(DioJob) hosted = library_test_make_job ("somewhere", NULL, "a table", NULL);

      if (!library_test_add_job (library, local, &error) || !library_test_add_job (library, hosted, &error))
        g_error ("%s", error->message);
      tell ("holds", dio_job_get_id (local), 0);
      wait_for_end ();
    }

  return 0;
}

/* What the parent does */

static GSubprocess *
start_child (LibraryFixture *fixture,
             const char     *what,
             guint           first)
{
  g_autofree char *number = g_strdup_printf ("%u", first);
  g_autoptr(GError) error = NULL;
  GSubprocess *child;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                            "/proc/self/exe", "--child", what, fixture->folder, number, NULL);
  g_assert_no_error (error);

  return child;
}

/* Returns: (nullable): the next line of a child, NULL at its end */
static char *
read_line (GDataInputStream *stream)
{
  g_autoptr(GError) error = NULL;
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

  g_assert_no_error (error);

  return line;
}

static void
note_line (GHashTable *acknowledged,
           const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);

  g_assert_cmpuint (g_strv_length (words), ==, 3);
  if (g_str_equal (words[0], "picture"))
    g_assert_true (g_hash_table_insert (acknowledged, g_strdup (words[1]),
                                        GUINT_TO_POINTER (atoi (words[2]))));
}

static void
read_to_end (GDataInputStream *stream,
             GHashTable       *acknowledged)
{
  for (;;)
    {
      g_autofree char *line = read_line (stream);

      if (line == NULL)
        return;
      note_line (acknowledged, line);
    }
}

/* Every picture that was acknowledged is in the list, and its file is right;
 * each in the list has a file. */
static void
assert_all_there (LibraryFixture *fixture,
                  GHashTable     *acknowledged)
{
  g_autoptr(DioResultList) results = library_test_list (fixture->library);
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (results)); i++)
    {
      g_autoptr(DioResult) result = library_test_read (results, i);
      g_autoptr(GBytes) contents = library_test_read_file (dio_result_get_path (result));
      g_autoptr(GBytes) expected = NULL;
      gpointer number;

      g_assert_cmpuint (g_bytes_get_size (contents), ==, PICTURE_SIZE);
      if (!g_hash_table_lookup_extended (acknowledged, dio_result_get_id (result), NULL, &number))
        continue;

      expected = library_test_make_bytes (GPOINTER_TO_UINT (number), PICTURE_SIZE);
      g_assert_true (g_bytes_equal (contents, expected));
      n_found++;
    }

  g_assert_cmpuint (n_found, ==, g_hash_table_size (acknowledged));
}

static void
assert_nothing_left_over (LibraryFixture *fixture)
{
  g_autofree char *check = library_fixture_query (fixture, "PRAGMA integrity_check");
  g_autofree char *n_open = library_fixture_query (fixture, "SELECT count (*) FROM jobs WHERE state = 'stored'");

  g_assert_cmpstr (check, ==, "ok");
  g_assert_cmpstr (n_open, ==, "0");
  g_assert_cmpuint (library_fixture_count (fixture, "pictures", "."), ==, 0);
  g_assert_cmpuint (library_fixture_count (fixture, "references", "."), ==, 0);
  g_assert_cmpuint (library_fixture_count (fixture, "owners", ""), ==, 1);
}

static void
kill_in_the_middle (LibraryFixture *fixture,
                    guint           round,
                    GHashTable     *acknowledged)
{
  g_autoptr(GSubprocess) child = start_child (fixture, "endlessly", round * 100000);
  g_autoptr(GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  guint before = g_hash_table_size (acknowledged);
  g_autoptr(GError) error = NULL;

  while (g_hash_table_size (acknowledged) < before + 1 + round % 4)
    {
      g_autofree char *line = read_line (stream);

      g_assert_nonnull (line);
      note_line (acknowledged, line);
    }

  g_usleep (g_test_rand_int_range (0, 20000));
  g_subprocess_force_exit (child);
  read_to_end (stream, acknowledged);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
}

static void
test_processes_killed (LibraryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr(GHashTable) acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_parts = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      kill_in_the_middle (fixture, round, acknowledged);
      n_parts += library_fixture_count (fixture, "pictures", ".part-") +
                 library_fixture_count (fixture, "references", ".part-");

      library_fixture_open (fixture);
      assert_all_there (fixture, acknowledged);
      assert_nothing_left_over (fixture);
      library_fixture_close (fixture);
    }

  g_test_message ("%u pictures acknowledged, %u part files were left by the dead",
                  g_hash_table_size (acknowledged), n_parts);
}

/* A window that is open does not disturb, and is not disturbed by, two others
 * that write at full speed; the first file of all is made by all three. */
static void
test_processes_at_once (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(GHashTable) acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GSubprocess *children[2];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = start_child (fixture, "some", 1000 * (i + 1));
  library_fixture_open (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autoptr(GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (children[i]));
      g_autoptr(GError) error = NULL;

      read_to_end (stream, acknowledged);
      g_subprocess_wait_check (children[i], NULL, &error);
      g_assert_no_error (error);
      g_object_unref (children[i]);
    }

  g_assert_cmpuint (g_hash_table_size (acknowledged), ==, 2 * N_EACH);
  library_fixture_open (fixture);
  g_assert_cmpuint (library_fixture_get_n_results (fixture), ==, 2 * N_EACH);
  assert_all_there (fixture, acknowledged);
  assert_nothing_left_over (fixture);
}

/* The first start of all: each finds no library, one makes it. */
static void
test_processes_open_at_once (LibraryFixture *fixture,
                             gconstpointer   data)
{
  GSubprocess *children[N_OPENING];
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < N_OPENING; i++)
    {
      g_autoptr(GDataInputStream) stream = NULL;
      g_autofree char *line = NULL;

      children[i] = start_child (fixture, "open", 0);
      stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (children[i]));
      line = read_line (stream);
      g_assert_nonnull (line);
    }

  for (guint i = 0; i < N_OPENING; i++)
    {
      g_output_stream_write (g_subprocess_get_stdin_pipe (children[i]), "!", 1, NULL, &error);
      g_assert_no_error (error);
    }

  for (guint i = 0; i < N_OPENING; i++)
    {
      g_subprocess_wait_check (children[i], NULL, &error);
      g_assert_no_error (error);
      g_object_unref (children[i]);
    }

  library_fixture_open (fixture);
  assert_nothing_left_over (fixture);
}

static void
assert_states (LibraryFixture *fixture,
               const char     *expected)
{
  g_autofree char *states =
    library_fixture_query (fixture, "SELECT group_concat (provider || ' ' || state || ' ' || ifnull (error_message, '-'), ', ') "
                                    "FROM (SELECT * FROM jobs ORDER BY provider)");

  g_assert_cmpstr (states, ==, expected);
}

static void
test_processes_orphans (LibraryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr(GSubprocess) child = start_child (fixture, "hold", 0);
  g_autoptr(GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = read_line (stream);
  g_autofree char *part = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *pictures = g_build_filename (fixture->folder, "pictures", NULL);
  g_autoptr(GError) error = NULL;

  /* It lives: its jobs and its unfinished files are its own. */
  g_assert_nonnull (line);
  owner = library_fixture_query (fixture, "SELECT owner FROM jobs");
  part = g_strdup_printf ("%s/.part-%s-0", pictures, owner);
  g_assert_cmpint (g_mkdir (pictures, 0700), ==, 0);
  g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  library_fixture_open (fixture);
  assert_states (fixture, "local stored -, somewhere stored -");
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));

  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);

  /* It is dead. What goes on elsewhere is not given up. */
  library_fixture_open (fixture);
  assert_states (fixture, "local cancelled the program ended before it was done, somewhere stored -");
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* The command line may be writing to the folder of pictures, under a name of
 * its own; the library took that file away from under it. */
static void
test_processes_others_parts (LibraryFixture *fixture,
                             gconstpointer   data)
{
  g_autofree char *pictures = g_build_filename (fixture->folder, "pictures", NULL);
  g_autofree char *other = g_build_filename (pictures, ".part-diorama-cli-1-0", NULL);
  g_autofree char *own = g_build_filename (pictures, ".part-01234567-89ab-4def-8123-456789abcdef-0", NULL);
  g_autofree char *owners = g_build_filename (fixture->folder, "owners", NULL);
  g_autofree char *dead = g_build_filename (owners, "01234567-89ab-4def-8123-456789abcdef", NULL);

  g_assert_cmpint (g_mkdir (pictures, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (owners, 0700), ==, 0);
  g_assert_true (g_file_set_contents (dead, "", -1, NULL));
  g_assert_true (g_file_set_contents (other, "half", -1, NULL));
  g_assert_true (g_file_set_contents (own, "half", -1, NULL));

  library_fixture_open (fixture);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
}

#define add(path, func) \
  g_test_add ("/library-processes/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3], atoi (argv[4]));

  g_test_init (&argc, &argv, NULL);

  add ("killed", test_processes_killed);
  add ("at-once", test_processes_at_once);
  add ("open-at-once", test_processes_open_at_once);
  add ("orphans", test_processes_orphans);
  add ("others-parts", test_processes_others_parts);

  return g_test_run ();
}
