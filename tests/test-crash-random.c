/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five hundred jobs at the three providers, with faults at random and fifty kills
 * at random times. At the end the ledger of the server and the library agree: no
 * job was charged twice, and all that was made is there, or is told as unknown.
 * The seed is the one that GLib prints, and takes with --seed. */

#include "config.h"

#include "crash-home.h"
#include "dio-json.h"

#include <string.h>

#define N_JOBS 500
#define N_KILLS 50

/* Until a driver is killed, in milliseconds. */
#define SHORTEST_LIFE 20
#define LONGEST_LIFE 400

/* Jobs that are new to a driver that is to be killed; some for those that have
 * done all before; the rest comes at the end. */
#define N_NEW 8
#define N_MORE 2

#define SETTINGS "\"compose\": false, \"queue-polls\": 1, \"queue-seconds\": 3, \"modelslab.eta\": 0"

/* What a job becomes is told by its prompt. */
#define SHAPES \
  "{ \"match\": { \"call\": \"create\", \"contains\": \" twice\" }, \"do\": \"duplicate\" }, " \
  "{ \"match\": { \"call\": \"create\", \"contains\": \" partial\" }, \"do\": \"partial\", \"count\": 1 }, " \
  "{ \"match\": { \"call\": \"create\", \"contains\": \" refused\" }, \"do\": \"refuse\", \"what\": \"output\" }, " \
  "{ \"match\": { \"call\": \"create\", \"contains\": \" failing\" }, \"do\": \"fail\" }"

#define AT_RANDOM(call, chance, what) \
  ", { \"match\": { \"call\": \"" call "\", \"chance\": " chance " }, " what " }"
#define SOMETIMES(call, times, chance, what) \
  ", { \"match\": { \"call\": \"" call "\", \"times\": " times ", \"chance\": " chance " }, " what " }"

#define BUSY "\"do\": \"status\", \"status\": 429, \"headers\": { \"Retry-After\": \"1\" }, " \
             "\"body\": { \"code\": 1303, \"message\": \"busy\", \"status\": \"error\", " \
             "\"errors\": [ { \"code\": \"rateLimitExceeded\", \"message\": \"busy\" } ] }"
#define BUSY_WITHOUT_TIME "\"do\": \"status\", \"status\": 429, " \
                          "\"body\": { \"code\": 1303, \"message\": \"busy\", \"status\": \"error\", " \
                          "\"errors\": [ { \"code\": \"rateLimitExceeded\", \"message\": \"busy\" } ] }"

#define FAULTS \
  SOMETIMES ("create", "60", "0.1", BUSY) \
  SOMETIMES ("create", "30", "0.1", BUSY_WITHOUT_TIME) \
  AT_RANDOM ("create", "0.03", "\"do\": \"close\"") \
  AT_RANDOM ("create", "0.03", "\"do\": \"close\", \"accept\": true") \
  AT_RANDOM ("create", "0.03", "\"do\": \"cut-header\"") \
  AT_RANDOM ("create", "0.03", "\"do\": \"cut-body\"") \
  AT_RANDOM ("create", "0.02", "\"do\": \"truncated\"") \
  AT_RANDOM ("create", "0.02", "\"do\": \"html\", \"accept\": true") \
  AT_RANDOM ("create", "0.02", "\"do\": \"empty\", \"accept\": true") \
  AT_RANDOM ("create", "0.02", "\"do\": \"status\", \"status\": 500") \
  AT_RANDOM ("create", "0.02", "\"do\": \"status\", \"status\": 503") \
  AT_RANDOM ("create", "0.02", "\"do\": \"status\", \"status\": 504, \"accept\": true") \
  AT_RANDOM ("create", "0.05", "\"do\": \"proceed\", \"delay\": 150") \
  AT_RANDOM ("upload", "0.2", "\"do\": \"status\", \"status\": 500") \
  AT_RANDOM ("poll", "0.03", "\"do\": \"close\"") \
  AT_RANDOM ("poll", "0.03", "\"do\": \"status\", \"status\": 500") \
  AT_RANDOM ("poll", "0.03", "\"do\": \"html\"") \
  AT_RANDOM ("poll", "0.03", "\"do\": \"cut-body\"") \
  AT_RANDOM ("poll", "0.05", "\"do\": \"proceed\", \"delay\": 100") \
  AT_RANDOM ("lookup", "0.2", "\"do\": \"close\"") \
  AT_RANDOM ("download", "0.05", "\"do\": \"status\", \"status\": 404") \
  AT_RANDOM ("download", "0.05", "\"do\": \"cut-body\"") \
  AT_RANDOM ("download", "0.05", "\"do\": \"truncated\"") \
  AT_RANDOM ("download", "0.03", "\"do\": \"html\"") \
  AT_RANDOM ("download", "0.05", "\"do\": \"proceed\", \"delay\": 200")

/* A create that the server took, and charged. */
typedef struct
{
  char   *remote_id; /* (owned) */
  double  cost;
  guint   n;
} Charge;

/* What was found at the end. */
typedef struct
{
  guint n_charged;
  guint n_done;
  guint n_failed;
  guint n_unknown;
  guint n_unknown_charged;
  guint n_pictures;
} Summary;

static void
charge_free (Charge *charge)
{
  g_free (charge->remote_id);
  g_free (charge);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
check_end (CrashProcess *process)
{
  if (g_subprocess_get_if_signaled (process->process))
    g_error ("A driver fell by signal %d: %s", g_subprocess_get_term_sig (process->process), process->err);
  if (crash_process_get_status (process) != 0)
    g_error ("A driver failed: %s", process->err);
}

/* Returns: whether it came to its end before */
static gboolean
live_for (CrashHome *home,
          guint      n_jobs,
          guint      milliseconds)
{
  g_autoptr(CrashProcess) process = crash_process_start_driver (home, n_jobs, "drive");
  gboolean is_up = FALSE;
  guint id = g_timeout_add (milliseconds, time_is_up_cb, &is_up);

  while (!is_up && !process->is_over)
    g_main_context_iteration (NULL, TRUE);

  if (is_up)
    {
      crash_process_kill (process);
      return FALSE;
    }

  g_source_remove (id);
  check_end (process);

  return TRUE;
}

/* On any computer, most die in the middle of something. */
static void
live_and_die (CrashHome *home)
{
  guint longest = LONGEST_LIFE;
  guint n_jobs = N_NEW;
  guint n_kills = 0;

  while (n_kills < N_KILLS)
    {
      g_assert_cmpuint (n_jobs, <=, N_JOBS);
      if (live_for (home, n_jobs, g_test_rand_int_range (SHORTEST_LIFE, longest)))
        {
          longest = MAX (longest * 4 / 5, SHORTEST_LIFE + 1);
          n_jobs += N_MORE;
          continue;
        }

      n_jobs += N_NEW;
      n_kills++;
    }
}

static void
live_on (CrashHome  *home,
         const char *verb)
{
  g_autoptr(CrashProcess) process = crash_process_start_driver (home, N_JOBS, verb);

  crash_process_wait (process);
  check_end (process);
}

/* Returns: of which job a prompt is, whatever was put around it */
static guint
read_number (const char *prompt)
{
  const char *word = strstr (prompt, "job ");

  g_assert_nonnull (word);

  return g_ascii_strtoull (word + strlen ("job "), NULL, 10);
}

static void
take_creates (GHashTable *charges,
              JsonArray  *creates)
{
  for (guint i = 0; i < json_array_get_length (creates); i++)
    {
      JsonObject *create = json_array_get_object_element (creates, i);
      Charge *charge;
      guint number;

      if (!dio_json_get_boolean (create, "charged", FALSE))
        continue;

      number = read_number (dio_json_get_string (create, "prompt"));
      if (g_hash_table_contains (charges, GUINT_TO_POINTER (number)))
        g_error ("Job %u was charged twice", number);

      charge = g_new (Charge, 1);
      charge->remote_id = g_strdup (dio_json_get_string (create, "remote_id"));
      charge->cost = dio_json_get_number (create, "cost", 0);
      charge->n = dio_json_get_integer (create, "n", 1);
      g_hash_table_insert (charges, GUINT_TO_POINTER (number), charge);
    }
}

/* Returns: (transfer full): by number of the job, what it was charged */
static GHashTable *
load_charges (CrashHome *home)
{
  static const char *const dialects[] = { "modelslab", "kling", "runware" };
  GHashTable *charges = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) charge_free);
  g_autoptr(JsonObject) ledger = crash_home_dup_ledger (home);

  g_assert_cmpint (json_array_get_length (dio_json_get_array (ledger, "key_leaks")), ==, 0);
  g_assert_cmpint (json_array_get_length (dio_json_get_array (ledger, "invalid")), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      JsonObject *dialect = dio_json_get_object (dio_json_get_object (ledger, "dialects"), dialects[i]);

      take_creates (charges, dio_json_get_array (dialect, "creates"));
    }

  return charges;
}

static guint
count_made (const Charge *charge,
            const char   *prompt)
{
  if (strstr (prompt, "refused") != NULL || strstr (prompt, "failing") != NULL)
    return 0;

  return strstr (prompt, "partial") != NULL ? charge->n - 1 : charge->n;
}

/* One row: number, provider, state, class, name at the provider, cost as it was
 * told, pictures. */
enum
{
  PROMPT,
  PROVIDER,
  STATE,
  CLASS,
  REMOTE_ID,
  COST,
  N_RESULTS,
  N_COLUMNS
};

#define ROWS "SELECT json_group_array (json_array (prompt, provider, state, coalesce (error_class, ''), " \
             "coalesce (remote_id, ''), iif (cost_source = 'told', cost_amount, -1.0), " \
             "(SELECT count (*) FROM results WHERE job_id = jobs.id))) FROM jobs"

static void
check_charged (JsonArray    *row,
               const Charge *charge,
               Summary      *summary)
{
  const char *prompt = json_array_get_string_element (row, PROMPT);
  const char *state = json_array_get_string_element (row, STATE);
  const char *remote_id = json_array_get_string_element (row, REMOTE_ID);
  double cost = json_array_get_double_element (row, COST);
  guint n_made = count_made (charge, prompt);

  summary->n_charged++;
  if (*remote_id == '\0' && g_str_equal (json_array_get_string_element (row, PROVIDER), "modelslab"))
    {
      g_assert_cmpstr (state, ==, "outcome-unknown");
      g_assert_cmpint (json_array_get_int_element (row, N_RESULTS), ==, 0);
      summary->n_unknown_charged++;
      return;
    }

  g_assert_cmpstr (remote_id, ==, charge->remote_id);
  g_assert_cmpint (json_array_get_int_element (row, N_RESULTS), ==, n_made);
  g_assert_cmpstr (state, ==, n_made == charge->n ? "done" : "failed");
  if (cost >= 0 && n_made == charge->n)
    g_assert_cmpfloat_with_epsilon (cost, charge->cost, 1e-6);
}

static void
check_row (JsonArray  *row,
           GHashTable *charges,
           Summary    *summary)
{
  const char *prompt = json_array_get_string_element (row, PROMPT);
  const char *state = json_array_get_string_element (row, STATE);
  const char *class = json_array_get_string_element (row, CLASS);
  const Charge *charge = g_hash_table_lookup (charges, GUINT_TO_POINTER (read_number (prompt)));

  g_test_message ("%s at %s: %s %s %s, %" G_GINT64_FORMAT " pictures", prompt,
                  json_array_get_string_element (row, PROVIDER), state, class,
                  json_array_get_string_element (row, REMOTE_ID), json_array_get_int_element (row, N_RESULTS));
  g_assert_true (g_str_equal (state, "done") || *class != '\0');
  if (charge != NULL)
    {
      check_charged (row, charge, summary);
    }
  else
    {
      g_assert_cmpstr (state, !=, "done");
      g_assert_cmpint (json_array_get_int_element (row, N_RESULTS), ==, 0);
      if (g_str_equal (json_array_get_string_element (row, PROVIDER), "modelslab"))
        g_assert_cmpstr (json_array_get_string_element (row, REMOTE_ID), ==, "");
    }

  summary->n_done += g_str_equal (state, "done");
  summary->n_failed += g_str_equal (state, "failed");
  summary->n_unknown += g_str_equal (state, "outcome-unknown");
  summary->n_pictures += json_array_get_int_element (row, N_RESULTS);
}

static void
check_files (CrashHome *home,
             guint      n_pictures)
{
  g_autoptr(GPtrArray) tokens = crash_home_list_tokens (home);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < tokens->len; i++)
    g_assert_true (g_hash_table_add (known, g_ptr_array_index (tokens, i)));

  g_assert_cmpuint (tokens->len, ==, n_pictures);
  g_assert_cmpint (crash_home_count (home, "SELECT count (DISTINCT path) FROM results"), ==, n_pictures);
}

static Summary
check_agreement (CrashHome *home)
{
  g_autoptr(GHashTable) charges = load_charges (home);
  g_autofree char *text = crash_home_query (home, ROWS);
  g_autoptr(JsonNode) node = parse_json (text);
  JsonArray *rows = json_node_get_array (node);
  Summary summary = { 0 };

  g_assert_cmpuint (json_array_get_length (rows), ==, N_JOBS);
  for (guint i = 0; i < N_JOBS; i++)
    check_row (json_array_get_array_element (rows, i), charges, &summary);

  g_assert_cmpuint (summary.n_done + summary.n_failed + summary.n_unknown, ==, N_JOBS);
  g_assert_cmpuint (summary.n_charged, ==, g_hash_table_size (charges));
  check_files (home, summary.n_pictures);

  return summary;
}

/* What is over is left alone. */
static void
check_nothing_left (CrashHome *home)
{
  g_autofree char *before = dio_provider_server_dup_ledger (home->server);
  g_autofree char *after = NULL;

  live_on (home, "drive");
  after = dio_provider_server_dup_ledger (home->server);
  g_assert_cmpstr (before, ==, after);
}

static void
set_faults (CrashHome *home)
{
  g_autofree char *script = g_strdup_printf ("{ \"seed\": %d, \"settings\": { " SETTINGS " }, \"rules\": [ %s ] }",
                                             g_test_rand_int_range (1, G_MAXINT), SHAPES FAULTS);

  crash_home_set_script (home, script);
}

static void
test_random (void)
{
  gint64 begun = g_get_monotonic_time ();
  CrashHome home = { 0 };
  Summary summary;

  crash_home_set_up (&home);
  set_faults (&home);
  live_and_die (&home);
  g_test_message ("%u kills in %.1f s", N_KILLS, (g_get_monotonic_time () - begun) / 1e6);
  live_on (&home, "drive");
  g_test_message ("All over after %.1f s", (g_get_monotonic_time () - begun) / 1e6);

  crash_home_set_script (&home, "{ \"settings\": { " SETTINGS " } }");
  live_on (&home, "check");
  summary = check_agreement (&home);
  check_nothing_left (&home);
  crash_home_assert_tidy (&home);

  g_test_message ("%u jobs, %u kills, %u charged: %u done, %u failed, %u unknown (%u of them charged), %u pictures; %.1f s",
                  N_JOBS, N_KILLS, summary.n_charged, summary.n_done, summary.n_failed, summary.n_unknown,
                  summary.n_unknown_charged, summary.n_pictures, (g_get_monotonic_time () - begun) / 1e6);
  crash_home_tear_down (&home);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crash-random/agreement", test_random);

  return g_test_run ();
}
