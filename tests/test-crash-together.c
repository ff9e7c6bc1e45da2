/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two programs that resume the same jobs at once, fifty at each provider: each job
 * is sent by one of them, and every picture is there once. And two that lose the
 * answer of a provider that knows no name of ours: what it made is given to none
 * but the job that it was made for. */

#include "config.h"

#include "crash-home.h"
#include "dio-json.h"

#define N_EACH 50

static const char *const providers[] = { "modelslab", "kling", "runware" };

#define N_JOBS (N_EACH * G_N_ELEMENTS (providers))

#define SCRIPT "{ \"settings\": { \"compose\": false, \"queue-polls\": 0, \"modelslab.eta\": 0, \"kling.slots\": 1000 } }"

static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Leaves jobs as a program does that is killed before it has sent any. */
static void
leave_jobs (CrashHome *home)
{
  g_autoptr(CrashProcess) process = crash_process_start_driver (home, N_JOBS, "fill");
  guint id = g_timeout_add (20, look_again_cb, NULL);

  while (crash_home_count (home, "SELECT count (*) FROM jobs") < (gint64) N_JOBS)
    {
      g_assert_false (process->is_over);
      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (id);
  crash_process_kill (process);
}

static CrashProcess *
start_resume (CrashHome  *home,
              const char *provider)
{
  const char *const arguments[] = { "resume", "--provider", provider, "--key-stdin", NULL };

  return crash_process_start (home, DIO_PROVIDER_SERVER_KEY "\n", arguments);
}

static guint
count_driven (CrashProcess *process)
{
  g_auto(GStrv) lines = g_strsplit (process->err, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_suffix (lines[i], ": done");

  return n;
}

/* Each job has one create, and each create is of another job. */
static void
assert_creates (CrashHome  *home,
                const char *provider)
{
  g_autoptr(JsonObject) ledger = crash_home_dup_ledger (home);
  JsonObject *dialect = dio_json_get_object (dio_json_get_object (ledger, "dialects"), provider);
  JsonArray *creates = dio_json_get_array (dialect, "creates");
  g_autoptr(GHashTable) prompts = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (json_array_get_length (creates), ==, N_EACH);
  for (guint i = 0; i < N_EACH; i++)
    {
      JsonObject *create = json_array_get_object_element (creates, i);

      g_assert_true (dio_json_get_boolean (create, "charged", FALSE));
      g_assert_true (g_hash_table_add (prompts, (char *) dio_json_get_string (create, "prompt")));
    }
}

static void
assert_pictures (CrashHome *home)
{
  g_autoptr(GPtrArray) tokens = crash_home_list_tokens (home);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < tokens->len; i++)
    g_assert_true (g_hash_table_add (known, g_ptr_array_index (tokens, i)));

  g_assert_cmpint (tokens->len, ==, crash_home_count (home, "SELECT sum (n_wanted) FROM jobs"));
  g_assert_cmpint (crash_home_count (home, "SELECT count (*) FROM jobs WHERE state = 'done'"), ==, N_JOBS);
}

static void
test_together (void)
{
  CrashHome home = { 0 };
  CrashProcess *processes[2 * G_N_ELEMENTS (providers)];

  crash_home_set_up (&home);
  crash_home_set_script (&home, SCRIPT);
  leave_jobs (&home);

  for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
    processes[i] = start_resume (&home, providers[i / 2]);
  for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
    {
      crash_process_wait (processes[i]);
      g_test_message ("%s: drove %u to their end", providers[i / 2], count_driven (processes[i]));
      if (crash_process_get_status (processes[i]) != 0)
        g_error ("%s: %s", providers[i / 2], processes[i]->err);
      crash_process_free (processes[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    assert_creates (&home, providers[i]);
  assert_pictures (&home);
  crash_home_assert_tidy (&home);
  crash_home_tear_down (&home);
}

/* Runs two programs until each has had a job of ModelsLab's, the first of which
 * is under way when the second is sent. */
static void
run_two (CrashHome  *home,
         const char *rule)
{
  g_autofree char *script = g_strdup_printf ("{ \"settings\": { \"compose\": false, \"queue-polls\": 0, "
                                             "\"queue-seconds\": 0, \"modelslab.eta\": 0 }, "
                                             "\"rules\": [ { \"match\": { \"dialect\": \"modelslab\", \"call\": \"create\", %s }, "
                                             "\"do\": \"close\", \"accept\": true, \"delay\": 200 } ] }", rule);
  guint id = g_timeout_add (20, look_again_cb, NULL);
  CrashProcess *first;
  CrashProcess *second;

  crash_home_set_script (home, script);
  first = crash_process_start_driver (home, 1, "drive");
  while (crash_home_count (home, "SELECT count (*) FROM jobs") < 1)
    g_main_context_iteration (NULL, TRUE);
  /* The fourth is ModelsLab's again. */
  second = crash_process_start_driver (home, 4, "drive");
  crash_process_wait (first);
  crash_process_wait (second);
  g_source_remove (id);

  g_assert_cmpint (crash_process_get_status (first), ==, 0);
  g_assert_cmpint (crash_process_get_status (second), ==, 0);
  crash_process_free (first);
  crash_process_free (second);
}

static void
check_again (CrashHome *home)
{
  CrashProcess *process = crash_process_start_driver (home, 0, "check");

  crash_process_wait (process);
  g_assert_cmpint (crash_process_get_status (process), ==, 0);
  crash_process_free (process);
}

static void
assert_two_creates (CrashHome *home)
{
  g_autoptr(JsonObject) ledger = crash_home_dup_ledger (home);
  JsonObject *dialect = dio_json_get_object (dio_json_get_object (ledger, "dialects"), "modelslab");
  JsonObject *totals = dio_json_get_object (dialect, "totals");

  g_assert_cmpint (dio_json_get_integer (totals, "creates", 0), ==, 2);
  g_assert_cmpint (dio_json_get_integer (totals, "charges", 0), ==, 2);
}

/* Once the other has its name, there is one past output that it can be. */
static void
test_one_lost (void)
{
  CrashHome home = { 0 };
  g_autofree char *states = NULL;

  crash_home_set_up (&home);
  run_two (&home, "\"times\": 1");
  check_again (&home);

  states = crash_home_query (&home, "SELECT group_concat (DISTINCT state) FROM jobs");
  g_assert_cmpstr (states, ==, "done");
  g_assert_cmpint (crash_home_count (&home, "SELECT count (DISTINCT remote_id) FROM jobs"), ==, 4);
  assert_two_creates (&home);
  crash_home_assert_tidy (&home);
  crash_home_tear_down (&home);
}

/* Which of two is whose is not for us to guess: that is left to the person, and
 * asking again does not change it. */
static void
test_both_lost (void)
{
  CrashHome home = { 0 };
  g_autofree char *states = NULL;

  crash_home_set_up (&home);
  run_two (&home, "\"times\": 2");
  check_again (&home);

  states = crash_home_query (&home, "SELECT group_concat (state) FROM jobs WHERE provider = 'modelslab'");
  g_assert_cmpstr (states, ==, "outcome-unknown,outcome-unknown");
  g_assert_cmpint (crash_home_count (&home, "SELECT count (*) FROM results WHERE provider = 'modelslab'"), ==, 0);
  g_assert_cmpint (crash_home_count (&home, "SELECT count (*) FROM jobs WHERE billed = 'no'"), ==, 0);
  assert_two_creates (&home);
  crash_home_assert_tidy (&home);
  crash_home_tear_down (&home);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crash-together/resume", test_together);
  g_test_add_func ("/crash-together/one-lost", test_one_lost);
  g_test_add_func ("/crash-together/both-lost", test_both_lost);

  return g_test_run ();
}
