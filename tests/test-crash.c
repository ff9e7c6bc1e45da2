/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program killed at every state of a job, and what a restart makes of it: no
 * job is sent twice, no picture is lost, none is there twice. The server holds
 * what the program waits for; the program itself has no switch for this.
 *
 * All cases are lived through together: what takes long is the waiting between
 * the questions after a job whose answer was lost. */

#include "config.h"

#include "crash-home.h"
#include "dio-json.h"
#include "prepared-photos.h"

#include <string.h>

#define N_PICTURES 3

#define SETTINGS "\"settings\": { \"compose\": false, \"queue-polls\": 1, \"queue-seconds\": 1 }"
#define SCRIPT(rule) "{ " SETTINGS ", \"rules\": [ " rule " ] }"
#define HOLD(call, more) SCRIPT ("{ \"match\": { \"call\": \"" call "\" }, \"do\": \"hold\"" more " }")

/* Something that is waited for before the kill. */
typedef gboolean (*IsThere) (CrashHome *home);

/**
 * Kill:
 * @script: how the server behaves until then; %NULL where there is no kill
 * @is_there: when the program is killed
 */
typedef struct
{
  const char *script;
  IsThere     is_there;
} Kill;

/**
 * Case:
 * @name: which provider, and where it is killed
 * @kills: in composing, and in resuming
 * @state: that the job has when it is killed first
 * @end: how it ends
 * @n_creates: how many creates the server sees
 * @n_charges: how many of them it charges
 */
typedef struct
{
  const char *name;
  Kill        kills[3];
  const char *state;
  const char *end;
  guint       n_creates;
  guint       n_charges;
} Case;

/* One case, as it was lived through. */
typedef struct
{
  const Case   *test;
  CrashHome     home;
  CrashProcess *process;   /* (owned): the one of now */
  char         *state;     /* (owned): of its row, when it was killed first */
  guint         n_killed;
  gboolean      is_spared; /* it is not killed any more */
} Life;

static gboolean
is_held (CrashHome *home)
{
  return home->n_held > 0;
}

static gboolean
is_written (CrashHome *home)
{
  return crash_home_count (home, "SELECT count (*) FROM jobs") == 1;
}

static gboolean
is_waiting (CrashHome *home)
{
  return crash_home_count (home, "SELECT count (*) FROM jobs WHERE state = 'waiting'") == 1;
}

/* One picture is safe, and of another there is a part. */
static gboolean
is_downloading (CrashHome *home)
{
  g_autofree char *downloads = crash_home_path (home, "CACHE", "downloads");
  g_auto(GStrv) names = bench_list (downloads);

  return names[0] != NULL && crash_home_count (home, "SELECT count (*) FROM results") == 1;
}

static gboolean
is_one_stored (CrashHome *home)
{
  return is_held (home) && crash_home_count (home, "SELECT count (*) FROM results") == 1;
}

#define BUSY "{ \"match\": { \"call\": \"create\" }, \"do\": \"status\", \"status\": 429, " \
             "\"headers\": { \"Retry-After\": \"15\" }, \"body\": { \"code\": 1303, \"message\": \"busy\", " \
             "\"status\": \"error\", \"errors\": [ { \"code\": \"rateLimitExceeded\", \"message\": \"busy\" } ] } }"
#define LATER "{ \"match\": { \"call\": \"download\", \"from\": 2 }, \"do\": \"hold\" }"
#define DRIP "{ \"match\": { \"call\": \"download\", \"from\": 2 }, \"do\": \"drip\", \"step\": 1000, \"interval\": 20 }"
#define STALL "{ \"match\": { \"call\": \"create\" }, \"do\": \"stall\" }"
#define SECOND_POLL "{ \"settings\": { \"compose\": false, \"queue-polls\": 2 }, \"rules\": [ " \
                    "{ \"match\": { \"call\": \"poll\", \"from\": 2 }, \"do\": \"hold\" } ] }"

/* What is the same at all three. */
#define COMMON_CASES(provider) \
  { provider "/waiting", { { SCRIPT (BUSY), is_waiting } }, "waiting", "done", 2, 1 }, \
  { provider "/sending-unheard", { { HOLD ("create", ""), is_held } }, "sending", "outcome-unknown", 1, 0 }, \
  { provider "/sending-accepted", { { HOLD ("create", ", \"accept\": true"), is_held } }, "sending", "done", 1, 1 }, \
  { provider "/sending-answered", { { SCRIPT (STALL), is_held } }, "sending", "done", 1, 1 }, \
  { provider "/accepted", { { HOLD ("poll", ""), is_held } }, NULL, "done", 1, 1 }, \
  { provider "/making", { { SECOND_POLL, is_held } }, "making", "done", 1, 1 }, \
  { provider "/downloading", { { SCRIPT (LATER), is_one_stored } }, "downloading", "done", 1, 1 }, \
  { provider "/downloading-part", { { SCRIPT (DRIP), is_downloading } }, "downloading", "done", 1, 1 }, \
  { provider "/accepted-downloading", { { HOLD ("poll", ""), is_held }, { SCRIPT (DRIP), is_downloading } }, \
    NULL, "done", 1, 1 }, \
  { provider "/downloading-downloading", { { SCRIPT (LATER), is_one_stored }, { HOLD ("download", ""), is_held } }, \
    "downloading", "done", 1, 1 }

static const Case cases[] = {
  { "kling/stored", { { SCRIPT (""), is_written } }, "stored", "done", 1, 1 },
  { "modelslab/stored", { { HOLD ("upload", ""), is_held } }, "stored", "done", 1, 1 },
  { "runware/stored", { { HOLD ("schema", ""), is_held } }, "stored", "done", 1, 1 },
  { "kling/sending-lookup", { { HOLD ("create", ", \"accept\": true"), is_held }, { HOLD ("lookup", ""), is_held } },
    "sending", "done", 1, 1 },
  { "modelslab/sending-lookup", { { HOLD ("create", ", \"accept\": true"), is_held }, { HOLD ("lookup", ""), is_held } },
    "sending", "done", 1, 1 },
  { "runware/sending-lookup", { { HOLD ("create", ", \"accept\": true"), is_held }, { HOLD ("poll", ""), is_held } },
    "sending", "done", 1, 1 },
  COMMON_CASES ("kling"),
  COMMON_CASES ("modelslab"),
  COMMON_CASES ("runware"),
};

static Life *lives[G_N_ELEMENTS (cases)];

static char *
dup_provider (const Case *test)
{
  return g_strndup (test->name, strcspn (test->name, "/"));
}

static CrashProcess *
start_compose (Life *life)
{
  g_autofree char *provider = dup_provider (life->test);
  const char *shape = g_str_equal (provider, "kling") ? "aspect_ratio=1:1"
                      : g_str_equal (provider, "runware") ? "size=1024x1024" : "width=1024";
  const char *const arguments[] = {
    "compose", "--provider", provider, "--endpoint", life->home.endpoint, "--key-stdin",
    "--subject", "watch.jpg", "--scene", "table.jpg", "--prompt", "a watch on a table", "--set", shape,
    "--count", "3", "--yes", "--quiet", "--output", life->home.bench.output, NULL
  };

  return crash_process_start (&life->home, DIO_PROVIDER_SERVER_KEY "\n", arguments);
}

static CrashProcess *
start_resume (Life *life)
{
  static const char *const arguments[] = { "resume", "--key-stdin", NULL };

  return crash_process_start (&life->home, DIO_PROVIDER_SERVER_KEY "\n", arguments);
}

static void
begin (Life *life)
{
  const char *name = life->test->name;
  /* Preparing it takes long enough to be met at. */
  int side = g_str_equal (name, "kling/stored") ? 5000 : 400;

  crash_home_set_up (&life->home);
  bench_write (&life->home.bench, "watch.jpg", photos_make_jpeg (side, side));
  bench_write (&life->home.bench, "table.jpg", photos_make_jpeg (420, 320));
  crash_home_set_script (&life->home, life->test->kills[0].script);
  life->process = start_compose (life);
}

/* Where the server holds nothing, a slow look may come too late. */
static gboolean
is_too_late (Life *life)
{
  return life->n_killed == 0 && life->test->kills[0].is_there == is_written &&
         !g_str_equal (life->state, life->test->state);
}

static void
begin_again (Life *life)
{
  g_clear_pointer (&life->state, g_free);
  crash_home_tear_down (&life->home);
  begin (life);
}

/* Kills it where it should be killed. Returns: whether it goes on from there */
static gboolean
look_at (Life *life)
{
  const Kill *kill = &life->test->kills[life->n_killed];

  if (!kill->is_there (&life->home) && !life->process->is_over)
    return FALSE;
  if (life->process->is_over && kill->is_there != is_written)
    g_error ("%s: was not where it should be killed: %s", life->test->name, life->process->err);

  crash_process_kill (life->process);
  g_clear_pointer (&life->process, crash_process_free);
  if (life->state == NULL)
    life->state = crash_home_query (&life->home, "SELECT state FROM jobs");

  if (is_too_late (life))
    {
      begin_again (life);
      return FALSE;
    }

  life->n_killed++;

  return TRUE;
}

static Life *
begin_life (const Case *test)
{
  Life *life = g_new0 (Life, 1);

  life->test = test;
  begin (life);

  return life;
}

/* After the last kill it is let live. */
static void
go_on (Life *life)
{
  const Kill *kill = &life->test->kills[life->n_killed];
  gboolean is_last = kill->script == NULL;

  crash_home_set_script (&life->home, is_last ? SCRIPT ("") : kill->script);
  life->process = start_resume (life);
  life->is_spared = is_last;
}

static gboolean
look_cb (gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (!lives[i]->is_spared && look_at (lives[i]))
        go_on (lives[i]);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
are_all_over (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (!lives[i]->is_spared || !lives[i]->process->is_over)
        return FALSE;
    }

  return TRUE;
}

static void
live_all (void)
{
  guint id;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    lives[i] = begin_life (&cases[i]);

  id = g_timeout_add (10, look_cb, NULL);
  while (!are_all_over ())
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
end_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases) && lives[i] != NULL; i++)
    {
      crash_home_tear_down (&lives[i]->home);
      crash_process_free (lives[i]->process);
      g_free (lives[i]->state);
      g_free (lives[i]);
    }
}

static JsonObject *
get_totals (JsonObject *ledger,
            const Case *test)
{
  g_autofree char *provider = dup_provider (test);
  JsonObject *dialect = dio_json_get_object (dio_json_get_object (ledger, "dialects"), provider);

  return dio_json_get_object (dialect, "totals");
}

static void
assert_ledger (Life *life)
{
  g_autoptr(JsonObject) ledger = crash_home_dup_ledger (&life->home);
  JsonObject *totals = get_totals (ledger, life->test);

  g_assert_cmpint (dio_json_get_integer (totals, "creates", 0), ==, life->test->n_creates);
  g_assert_cmpint (dio_json_get_integer (totals, "charges", 0), ==, life->test->n_charges);
  g_assert_cmpint (json_array_get_length (dio_json_get_array (ledger, "key_leaks")), ==, 0);
  g_assert_cmpint (json_array_get_length (dio_json_get_array (ledger, "invalid")), ==, 0);
}

/* As many as were made, each another. */
static void
assert_pictures (Life *life)
{
  g_autoptr(GPtrArray) tokens = crash_home_list_tokens (&life->home);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = life->test->n_charges * N_PICTURES;

  for (guint i = 0; i < tokens->len; i++)
    g_assert_true (g_hash_table_add (known, g_ptr_array_index (tokens, i)));

  g_assert_cmpuint (tokens->len, ==, n);
  g_assert_cmpint (crash_home_count (&life->home, "SELECT count (DISTINCT path) FROM results"), ==, n);
  g_assert_cmpint (crash_home_count (&life->home, "SELECT coalesce (max (idx) + 1, 0) FROM results"), ==, n);
}

static void
assert_job (Life *life)
{
  g_autofree char *state = crash_home_query (&life->home, "SELECT state FROM jobs");
  g_autofree char *class = crash_home_query (&life->home, "SELECT error_class FROM jobs");

  g_assert_cmpint (crash_home_count (&life->home, "SELECT count (*) FROM jobs"), ==, 1);
  g_assert_cmpstr (state, ==, life->test->end);
  g_assert_cmpstr (class, ==, g_str_equal (state, "done") ? NULL : "outcome-unknown");
  g_assert_cmpint (crash_process_get_status (life->process) == 0, ==, g_str_equal (state, "done"));
}

/* What is over is left alone. It is given no key: a program that ends before it
 * has read what it was given breaks the pipe, and then its words are lost. */
static void
assert_nothing_left (Life *life)
{
  static const char *const arguments[] = { "resume", NULL };
  g_autofree char *before = dio_provider_server_dup_ledger (life->home.server);
  g_autofree char *after = NULL;
  g_autoptr(CrashProcess) again = crash_process_start (&life->home, "", arguments);

  crash_process_wait (again);
  after = dio_provider_server_dup_ledger (life->home.server);
  g_assert_cmpint (crash_process_get_status (again), ==, 0);
  g_assert_cmpstr (again->out, ==, "");
  g_assert_cmpstr (again->err, ==, "No job was left open.\n");
  g_assert_cmpstr (before, ==, after);
}

static void
test_kill (gconstpointer data)
{
  const Case *test = data;
  Life *life;

  if (lives[0] == NULL)
    live_all ();

  life = lives[test - cases];
  g_test_message ("killed when it was %s; then: %s%s", life->state, life->process->out, life->process->err);
  if (test->state != NULL)
    g_assert_cmpstr (life->state, ==, test->state);
  assert_ledger (life);
  assert_job (life);
  assert_pictures (life);
  assert_nothing_left (life);
  crash_home_assert_tidy (&life->home);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/crash/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_kill);
    }

  status = g_test_run ();
  end_all ();

  return status;
}
