/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process drives a job, and sends it once, however many would like to. The
 * test program is its own children. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"

#include <stdlib.h>
#include <unistd.h>

#define N_JOBS 50
#define N_PROCESSES 4
#define N_ROUNDS 5

/* What a child does: opens, waits for the word, does its work, says what came
 * of it, and lives until its input ends. */

static void
tell (const char *word,
      const char *id)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", word, id);

  if (write (STDOUT_FILENO, line, strlen (line)) != (ssize_t) strlen (line))
    exit (1);
}

static void
wait_for_byte (void)
{
  char byte;

  if (read (STDIN_FILENO, &byte, 1) != 1)
    exit (1);
}

static GPtrArray *
take_open (DioLibrary *library)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *jobs = library_test_take_open (library, &error);

  if (jobs == NULL)
    g_error ("%s", error->message);

  return jobs;
}

static void
try_to_send (DioLibrary *library,
             DioJob     *job)
{
  g_autoptr(GError) error = NULL;

  if (library_test_begin_sending (library, job, &error))
    tell ("sent", dio_job_get_id (job));
  else if (error->domain == DIO_ERROR && error->code != DIO_ERROR_STORAGE)
    tell (dio_error_get_nick (error->code), dio_job_get_id (job));
  else
    g_error ("%s", error->message);
}

static void
take_and_send (DioLibrary *library)
{
  g_autoptr(GPtrArray) jobs = take_open (library);

  for (guint i = 0; i < jobs->len; i++)
    {
      tell ("taken", dio_job_get_id (g_ptr_array_index (jobs, i)));
      try_to_send (library, g_ptr_array_index (jobs, i));
    }
}

static void
take_one_and_send (DioLibrary *library,
                   const char *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DioJob) job = library_test_take_job (library, id, &error);

  if (job != NULL)
    try_to_send (library, job);
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_BUSY))
    tell ("busy", id);
  else
    g_error ("%s", error->message);
}

/* The price is a dime each; no child knows what the others spend. */
static void
add_and_send (DioLibrary *library)
{
  for (guint i = 0; i < N_JOBS / N_PROCESSES; i++)
    {
      g_autoptr(DioJob) job = library_test_make_job ("somewhere", NULL, "a table", NULL);
      g_autoptr(GError) error = NULL;
      DioPrice price;

      dio_price_set (&price, DIO_PRICE_LISTED, 0.1, "USD");
      dio_job_set_estimate (job, &price);
      if (!library_test_add_job (library, job, &error))
        g_error ("%s", error->message);
      try_to_send (library, job);
    }
}

static int
run_child (const char *what,
           const char *folder)
{
  g_autoptr(DioLibrary) library = dio_library_new (folder);
  g_autoptr(GError) error = NULL;
  char byte;

  if (!library_test_open (library, &error))
    g_error ("%s", error->message);
  tell ("ready", "-");
  wait_for_byte ();

  if (g_str_equal (what, "all"))
    take_and_send (library);
  else if (g_str_equal (what, "spend"))
    add_and_send (library);
  else
    take_one_and_send (library, what);

  tell ("end", "-");
  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;

  return 0;
}

/* What the parent does */

typedef struct
{
  GSubprocess      *process; /* (owned) */
  GDataInputStream *output;  /* (owned) */
} Child;

static char *
read_word (Child  *child,
           char  **id)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (child->output, NULL, NULL, &error);
  g_auto(GStrv) words = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  words = g_strsplit (line, " ", 2);
  g_assert_cmpuint (g_strv_length (words), ==, 2);
  *id = g_strdup (words[1]);

  return g_strdup (words[0]);
}

static void
start (LibraryFixture *fixture,
       Child          *children,
       const char     *what)
{
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *word = NULL;
      g_autofree char *id = NULL;

      children[i].process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                              "/proc/self/exe", "--child", what, fixture->folder, NULL);
      g_assert_no_error (error);
      children[i].output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (children[i].process));
      word = read_word (&children[i], &id);
      g_assert_cmpstr (word, ==, "ready");
    }

  for (guint i = 0; i < N_PROCESSES; i++)
    g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (children[i].process), "!", 1,
                                              NULL, NULL, NULL));
}

/* Adds what a child has done to @counts: "word id" to how often. */
static void
read_to_end (Child      *child,
             GHashTable *counts)
{
  for (;;)
    {
      g_autofree char *id = NULL;
      g_autofree char *word = read_word (child, &id);
      char *key = g_strdup_printf ("%s %s", word, id);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (n + 1));
      if (g_str_equal (word, "end"))
        return;
    }
}

static void
stop (Child    *child,
      gboolean  by_force)
{
  g_autoptr(GError) error = NULL;

  if (by_force)
    g_subprocess_force_exit (child->process);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (child->process), NULL, NULL);
  g_subprocess_wait (child->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (by_force || g_subprocess_get_successful (child->process));
  g_clear_object (&child->output);
  g_clear_object (&child->process);
}

static GHashTable *
new_counts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Returns: how often @word was said at all, which must be once for each job */
static guint
count_once (GHashTable *counts,
            const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);
  GHashTableIter iter;
  gpointer key, n;
  guint n_all = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &n))
    {
      if (!g_str_has_prefix (key, prefix))
        continue;

      g_assert_cmpuint (GPOINTER_TO_UINT (n), ==, 1);
      n_all++;
    }

  return n_all;
}

static void
add_jobs (LibraryFixture *fixture,
          guint           n)
{
  library_fixture_open (fixture);
  for (guint i = 0; i < n; i++)
    g_object_unref (library_fixture_add_hosted (fixture, DIO_PRICE_LISTED, 0.1, "USD"));
  library_fixture_close (fixture);
}

/* All want all. One process dies by force, and its jobs, none else, are free. */
static void
test_claims_at_once (LibraryFixture *fixture,
                     gconstpointer   data)
{
  Child children[N_PROCESSES];
  g_autoptr(GHashTable) counts = new_counts ();
  g_autoptr(GHashTable) of_dead = new_counts ();
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) freed = NULL;
  guint n_dead = 0;
  guint dead = 0;

  add_jobs (fixture, N_JOBS);
  start (fixture, children, "all");
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      g_autoptr(GHashTable) own = new_counts ();
      GHashTableIter iter;
      gpointer key, n;

      read_to_end (&children[i], own);
      if (count_once (own, "taken") > n_dead)
        {
          n_dead = count_once (own, "taken");
          dead = i;
          g_clear_pointer (&of_dead, g_hash_table_unref);
          of_dead = g_hash_table_ref (own);
        }
      g_hash_table_remove (own, "end -");
      g_hash_table_iter_init (&iter, own);
      while (g_hash_table_iter_next (&iter, &key, &n))
        g_assert_true (g_hash_table_insert (counts, g_strdup (key), n));
      g_test_message ("process %u took %u", i, count_once (own, "taken"));
    }
  g_assert_cmpuint (count_once (counts, "taken"), ==, N_JOBS);
  g_assert_cmpuint (count_once (counts, "sent"), ==, N_JOBS);

  library_fixture_open (fixture);
  none = take_open (fixture->library);
  g_assert_cmpuint (none->len, ==, 0);

  stop (&children[dead], TRUE);
  freed = take_open (fixture->library);
  g_assert_cmpuint (freed->len, ==, n_dead);
  for (guint i = 0; i < freed->len; i++)
    {
      DioJob *job = g_ptr_array_index (freed, i);
      g_autofree char *key = g_strdup_printf ("sent %s", dio_job_get_id (job));

      g_assert_true (g_hash_table_contains (of_dead, key));
      g_assert_cmpint (dio_job_get_state (job), ==, DIO_JOB_SENDING);
    }

  for (guint i = 0; i < N_PROCESSES; i++)
    if (i != dead)
      stop (&children[i], FALSE);
}

/* A job that nobody drives is sent by one of those who reach for it. */
static void
test_claims_same_job (LibraryFixture *fixture,
                      gconstpointer   data)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr(GHashTable) counts = new_counts ();
      g_autofree char *id = NULL;
      Child children[N_PROCESSES];
      g_autofree char *sent = NULL;
      g_autofree char *busy = NULL;

      add_jobs (fixture, 1);
      id = library_fixture_query (fixture, "SELECT id FROM jobs WHERE state = 'stored'");
      start (fixture, children, id);
      for (guint i = 0; i < N_PROCESSES; i++)
        read_to_end (&children[i], counts);
      for (guint i = 0; i < N_PROCESSES; i++)
        stop (&children[i], FALSE);

      sent = g_strdup_printf ("sent %s", id);
      busy = g_strdup_printf ("busy %s", id);
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, sent)), ==, 1);
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (counts, busy)), ==, N_PROCESSES - 1);
    }
}

/* Together they spend what the cap allows, and no dime more or less. */
static void
test_claims_one_cap (LibraryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr(GHashTable) counts = new_counts ();
  g_autoptr(GPtrArray) rows = NULL;
  Child children[N_PROCESSES];
  const DioSpendRow *row;

  library_fixture_open (fixture);
  library_fixture_set_cap (fixture, "USD", 1);
  start (fixture, children, "spend");
  for (guint i = 0; i < N_PROCESSES; i++)
    read_to_end (&children[i], counts);
  for (guint i = 0; i < N_PROCESSES; i++)
    stop (&children[i], FALSE);

  g_assert_cmpuint (count_once (counts, "sent"), ==, 10);
  g_assert_cmpuint (count_once (counts, "budget"), ==, N_JOBS / N_PROCESSES * N_PROCESSES - 10);
  rows = library_test_load_spend (fixture->library, DIO_SPEND_IN_ALL);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpfloat_with_epsilon (row->estimated, 1, 1e-9);
}

#define add(path, func) \
  g_test_add ("/library-claims/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);

  add ("at-once", test_claims_at_once);
  add ("same-job", test_claims_same_job);
  add ("one-cap", test_claims_one_cap);

  return g_test_run ();
}
