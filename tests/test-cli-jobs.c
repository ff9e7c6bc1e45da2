/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli jobs, job, resume, cancel, spend and account: what is left of a
 * run, and what becomes of it. */

#include "config.h"

#include "cli-hosted.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is missing in: %s", part, text);
}

static void
test_nothing (Hosted        *hosted,
              gconstpointer  script)
{
  g_autoptr(Run) jobs = hosted_run (hosted, NULL, "jobs", NULL);
  g_autoptr(Run) json = hosted_run (hosted, NULL, "jobs", "--all", "--json", NULL);
  g_autoptr(Run) resume = hosted_run (hosted, NULL, "resume", NULL);
  g_autoptr(Run) spend = hosted_run (hosted, NULL, "spend", NULL);
  g_autoptr(Run) job = hosted_run (hosted, NULL, "job", "nobody", NULL);
  g_autoptr(Run) cancel = hosted_run (hosted, NULL, "cancel", "nobody", NULL);
  g_autoptr(Run) accounts = hosted_run (hosted, NULL, "account", "list", NULL);

  g_assert_cmpint (jobs->status, ==, 0);
  g_assert_cmpstr (jobs->out, ==, "");
  g_assert_cmpstr (json->out, ==, "[]\n");
  g_assert_cmpint (resume->status, ==, 0);
  assert_has (resume->err, "No job");
  g_assert_cmpstr (spend->out, ==, "");
  assert_error (job, 19, "nobody");
  assert_error (cancel, 19, "nobody");
  g_assert_cmpstr (accounts->out, ==, "");
}

static void
test_done (Hosted        *hosted,
           gconstpointer  script)
{
  g_autoptr(Run) compose = hosted_compose (hosted, "runware", "--set", "size=1024x1024", "--count", "2", NULL);
  g_autofree char *id = hosted_get_job (hosted, "done");
  g_autofree char *start = g_strndup (id, 8);
  g_autoptr(Run) open = hosted_run (hosted, NULL, "jobs", NULL);
  g_autoptr(Run) all = hosted_run (hosted, NULL, "jobs", "--all", NULL);
  g_autoptr(Run) text = hosted_run (hosted, NULL, "job", start, NULL);
  g_autoptr(Run) json = hosted_run (hosted, NULL, "job", id, "--json", NULL);
  g_autoptr(Run) copy = hosted_run (hosted, NULL, "job", id, "--output", "copy", NULL);
  g_autoptr(Run) cancel = hosted_run (hosted, NULL, "cancel", id, NULL);
  g_autofree char *folder = bench_path (&hosted->bench, "copy");
  g_auto(GStrv) names = bench_list (folder);
  g_autoptr(JsonNode) node = NULL;
  JsonObject *job;

  g_assert_cmpint (compose->status, ==, 0);
  g_assert_cmpstr (open->out, ==, "");
  assert_has (open->err, "--all");
  assert_has (all->out, id);
  assert_has (all->out, "2/2");
  assert_has (text->out, "@watch on @table");
  assert_has (text->out, "imageInference");
  assert_error (cancel, 18, "over");

  node = parse_json (json->out);
  job = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (job, "provider"), ==, "runware");
  g_assert_cmpint (json_object_get_int_member (job, "pictures"), ==, 2);
  g_assert_true (json_object_get_boolean_member (job, "billed"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (job, "cost"), "source"), ==, "told");
  g_assert_cmpint (copy->status, ==, 0);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
}

static void
kill_at (Hosted     *hosted,
         const char *provider,
         const char *key)
{
  g_autoptr(GSubprocess) process = hosted_start_compose (hosted, provider, key);

  server_wait_held (hosted->server, "held");
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  server_release (hosted->server, "held");
}

/* What was left at a poll is fetched, and ordered once. */
static void
test_resume (Hosted        *hosted,
             gconstpointer  script)
{
  static const char *const providers[] = { "modelslab", "kling", "runware" };
  g_autoptr(JsonNode) ledger = NULL;
  g_autoptr(Run) open = NULL;
  g_autoptr(Run) ambiguous = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    kill_at (hosted, providers[i], SERVER_KEY);

  open = hosted_run (hosted, NULL, "jobs", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    assert_has (open->out, providers[i]);

  ambiguous = hosted_run (hosted, SERVER_KEY "\n", "resume", "--key-stdin", NULL);
  assert_error (ambiguous, 2, "--provider");

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(Run) run = hosted_run (hosted, SERVER_KEY "\n", "resume", "--provider", providers[i], "--key-stdin", NULL);

      g_assert_cmpint (run->status, ==, 0);
      assert_has (run->out, ".png");
    }

  ledger = server_get_ledger (hosted->server);
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    g_assert_cmpint (server_get_total (ledger, providers[i], "creates"), ==, 1);
  g_assert_cmpuint (server_get_n_leaks (ledger), ==, 0);
}

/* What came while there was no place for it is stored by the next run, and
 * fetched once. */
static void
test_resume_unstored (Hosted        *hosted,
                      gconstpointer  script)
{
  static const char *const providers[] = { "modelslab", "kling", "runware" };
  g_autofree char *data = bench_path (&hosted->bench, "home/XDG_DATA_HOME/diorama");
  g_autofree char *pictures = g_build_filename (data, "pictures", NULL);
  g_autoptr(JsonNode) ledger = NULL;
  g_autoptr(Run) resume = NULL;
  g_autoptr(Run) nothing = NULL;

  /* No folder can be made where a file is. */
  g_assert_cmpint (g_mkdir_with_parents (data, 0700), ==, 0);
  g_assert_true (g_file_set_contents (pictures, "", 0, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(Run) run = hosted_compose (hosted, providers[i], NULL);

      g_assert_cmpint (run->status, ==, 23);
      assert_has (run->err, "resume");
    }

  g_assert_cmpint (g_unlink (pictures), ==, 0);
  resume = hosted_run (hosted, NULL, "resume", NULL);
  assert_has (resume->err, "done");
  g_assert_cmpint (resume->status, ==, 0);
  nothing = hosted_run (hosted, NULL, "resume", NULL);
  assert_has (nothing->err, "No job");

  ledger = server_get_ledger (hosted->server);
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    g_assert_cmpint (server_get_total (ledger, providers[i], "charges"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (ledger), "downloads")), ==, 3);
}

/* A create that may have arrived is looked up, not sent again. */
static void
test_resume_sending (Hosted        *hosted,
                     gconstpointer  script)
{
  static const char *const providers[] = { "modelslab", "kling", "runware" };
  g_autoptr(JsonNode) ledger = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr(Run) run = NULL;

      kill_at (hosted, providers[i], SERVER_KEY);
      run = hosted_run (hosted, SERVER_KEY "\n", "resume", "--key-stdin", NULL);
      if (run->status != 0)
        hosted_assert_error (run, 24, "--check");
    }

  ledger = server_get_ledger (hosted->server);
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    g_assert_cmpint (server_get_total (ledger, providers[i], "creates"), ==, 1);
}

/* A job that was sent is cancelled here, and paid there; it can be had later. */
static void
test_cancel (Hosted        *hosted,
             gconstpointer  script)
{
  g_autofree char *id = NULL;
  g_autoptr(Run) cancel = NULL;
  g_autoptr(Run) again = NULL;
  g_autoptr(Run) check = NULL;
  g_autoptr(JsonNode) node = NULL;

  kill_at (hosted, "runware", SERVER_KEY);
  {
    g_autoptr(Run) run = hosted_run (hosted, NULL, "jobs", "--json", NULL);
    g_autoptr(JsonNode) jobs = parse_json (run->out);

    g_assert_cmpuint (json_array_get_length (json_node_get_array (jobs)), ==, 1);
    id = g_strdup (json_object_get_string_member (json_array_get_object_element (json_node_get_array (jobs), 0), "id"));
  }

  cancel = hosted_run (hosted, SERVER_KEY "\n", "cancel", id, "--key-stdin", "--json", NULL);
  g_assert_cmpint (cancel->status, ==, 0);
  node = parse_json (cancel->out);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "state"), ==, "cancelled");
  g_assert_false (json_object_get_null_member (json_node_get_object (node), "state"));
  again = hosted_run (hosted, NULL, "cancel", id, NULL);
  assert_error (again, 18, "over");

  check = hosted_run (hosted, SERVER_KEY "\n", "job", id, "--check", "--key-stdin", "--output", "later", NULL);
  g_assert_cmpint (check->status, ==, 0);
  assert_has (check->out, "later/");
}

/* To ask costs nothing: what was not sent is not sent by asking. */
static void
test_check_unsent (Hosted        *hosted,
                   gconstpointer  script)
{
  g_autofree char *id = NULL;
  g_autoptr(Run) check = NULL;
  g_autoptr(Run) with_key = NULL;
  g_autoptr(JsonNode) ledger = NULL;

  kill_at (hosted, "modelslab", SERVER_KEY);
  id = hosted_get_job (hosted, "stored");
  check = hosted_run (hosted, SERVER_KEY "\n", "job", id, "--check", "--key-stdin", NULL);
  assert_error (check, 18, "resume");
  with_key = hosted_run (hosted, SERVER_KEY "\n", "job", id, "--key-stdin", NULL);
  assert_error (with_key, 18, "resume");

  ledger = server_get_ledger (hosted->server);
  g_assert_cmpint (server_get_total (ledger, "modelslab", "creates"), ==, 0);
}

/* Whose time-out it is tells nothing of the bill, and is not said to. */
static void
test_timeout_there (Hosted        *hosted,
                    gconstpointer  script)
{
  g_autoptr(Run) compose = hosted_compose (hosted, "runware", NULL);

  hosted_assert_error (compose, 20, "Whether it is billed is not known.");
  g_assert_null (strstr (compose->err, "othing was billed"));
}

/* Who answers may not command the terminal, then or later. */
static void
test_plain_words (Hosted        *hosted,
                  gconstpointer  script)
{
  g_autoptr(Run) compose = hosted_compose (hosted, "kling", NULL);
  g_autofree char *id = hosted_get_job (hosted, "failed");
  g_autoptr(Run) job = hosted_run (hosted, NULL, "job", id, NULL);

  assert_has (compose->err, "in red");
  g_assert_null (strchr (compose->err, '\033'));
  assert_has (job->out, "in red");
  g_assert_null (strchr (job->out, '\033'));
}

/* One process drives a job; others say so. */
static void
test_driven (Hosted        *hosted,
             gconstpointer  script)
{
  g_autoptr(GSubprocess) process = hosted_start_compose (hosted, "kling", SERVER_KEY);
  g_autoptr(Run) jobs = NULL;
  g_autoptr(Run) resume = NULL;
  g_autoptr(Run) cancel = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) ledger = NULL;
  JsonObject *job;

  server_wait_held (hosted->server, "held");
  jobs = hosted_run (hosted, NULL, "jobs", "--json", NULL);
  node = parse_json (jobs->out);
  job = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_true (json_object_get_boolean_member (job, "driven"));

  resume = hosted_run (hosted, NULL, "resume", NULL);
  cancel = hosted_run (hosted, NULL, "cancel", json_object_get_string_member (job, "id"), NULL);
  g_assert_cmpint (resume->status, ==, 0);
  assert_error (cancel, 15, NULL);

  server_release (hosted->server, "held");
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  ledger = server_get_ledger (hosted->server);
  g_assert_cmpint (server_get_total (ledger, "kling", "creates"), ==, 1);
}

static void
test_spend (Hosted        *hosted,
            gconstpointer  script)
{
  g_autoptr(Run) runware = hosted_compose (hosted, "runware", "--set", "size=1024x1024", NULL);
  g_autoptr(Run) modelslab = hosted_compose (hosted, "modelslab", NULL);
  g_autoptr(Run) all = hosted_run (hosted, NULL, "spend", "--json", NULL);
  g_autoptr(Run) days = hosted_run (hosted, NULL, "spend", "--by", "day", NULL);
  g_autoptr(Run) jobs = hosted_run (hosted, NULL, "spend", "--by", "job", "--csv", NULL);
  g_autoptr(JsonNode) ledger = server_get_ledger (hosted->server);
  JsonObject *totals = json_object_get_object_member (server_get_dialect (ledger, "runware"), "totals");
  g_autoptr(JsonNode) node = parse_json (all->out);
  double told = 0;
  gint64 n_unknown = 0;

  g_assert_cmpint (runware->status, ==, 0);
  g_assert_cmpint (modelslab->status, ==, 0);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonObject *row = json_array_get_object_element (json_node_get_array (node), i);

      n_unknown += json_object_get_int_member (row, "unknown");
      if (g_strcmp0 (json_object_get_string_member (row, "currency"), "USD") == 0)
        told += json_object_get_double_member (row, "told");
    }

  /* What Runware told to the last digit; ModelsLab told nothing, which is not 0. */
  g_assert_cmpfloat_with_epsilon (told, json_object_get_double_member (totals, "cost"), 1e-9);
  g_assert_cmpint (n_unknown, ==, 1);
  assert_has (days->out, "unknown price");
  assert_has (jobs->out, "runware");
  assert_has (jobs->out, "modelslab");
}

static void
test_accounts (Hosted        *hosted,
               gconstpointer  script)
{
  g_autoptr(Run) add = hosted_run (hosted, NULL, "account", "add", "kling", "studio", "--kind", "official",
                                   "--price", "0.04", "--currency", "usd", NULL);
  g_autoptr(Run) twice = hosted_run (hosted, NULL, "account", "add", "kling", "studio", NULL);
  g_autoptr(Run) set = hosted_run (hosted, NULL, "account", "set", "kling", "studio", "--endpoint",
                                   "https://gate.example/", "--price", "none", NULL);
  g_autoptr(Run) list = hosted_run (hosted, NULL, "account", "list", "--json", NULL);
  g_autoptr(Run) kind = hosted_run (hosted, NULL, "account", "set", "kling", "studio", "--kind", "royal", NULL);
  g_autoptr(Run) insecure = hosted_run (hosted, NULL, "account", "set", "kling", "studio", "--endpoint", "http://gate.example", NULL);
  g_autoptr(Run) currency = hosted_run (hosted, NULL, "account", "add", "runware", "a", "--price", "1", NULL);
  g_autoptr(Run) local = hosted_run (hosted, NULL, "account", "add", "local", "a", NULL);
  g_autoptr(Run) upload = hosted_run (hosted, NULL, "account", "add", "kling", "b", "--upload-url", "https://up.example", NULL);
  g_autoptr(Run) missing = hosted_run (hosted, NULL, "account", "set", "kling", "shop", "--price", "none", NULL);
  g_autoptr(Run) verb = hosted_run (hosted, NULL, "account", "paint", NULL);
  g_autoptr(JsonNode) node = parse_json (list->out);
  JsonObject *account = json_array_get_object_element (json_node_get_array (node), 0);

  g_assert_cmpint (add->status, ==, 0);
  assert_error (twice, 18, "studio");
  g_assert_cmpint (set->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (account, "kind"), ==, "official");
  g_assert_cmpstr (json_object_get_string_member (account, "endpoint"), ==, "https://gate.example");
  g_assert_true (json_object_get_null_member (account, "price"));
  assert_error (kind, 19, "reseller");
  assert_error (insecure, 2, "--endpoint");
  assert_error (currency, 2, "--currency");
  assert_error (local, 2, "local");
  assert_error (upload, 2, "--upload-url");
  assert_error (missing, 19, "shop");
  assert_error (verb, 2, "paint");
}

#define HOLD_POLLS \
  RULES ("{\"name\":\"held\",\"match\":{\"call\":\"poll\",\"dialect\":\"modelslab\",\"times\":1},\"do\":\"hold\"}," \
  "{\"name\":\"held\",\"match\":{\"call\":\"poll\",\"dialect\":\"kling\",\"times\":1},\"do\":\"hold\"}," \
  "{\"name\":\"held\",\"match\":{\"call\":\"poll\",\"dialect\":\"runware\",\"times\":1},\"do\":\"hold\"}")
#define HOLD_CREATES \
  RULES ("{\"name\":\"held\",\"match\":{\"call\":\"create\"},\"do\":\"hold\",\"accept\":true}")

#define HOLD_UPLOADS \
  RULES ("{\"name\":\"held\",\"match\":{\"call\":\"upload\",\"times\":1},\"do\":\"hold\"}")
#define TIMEOUT_THERE \
  RULES ("{\"match\":{\"call\":\"poll\"},\"do\":\"status\",\"status\":200,\"body\":" \
         "{\"errors\":[{\"code\":\"timeoutProvider\",\"status\":\"error\"}]}}")
#define ANSWER_IN_RED \
  RULES ("{\"match\":{\"call\":\"create\"},\"do\":\"status\",\"status\":400,\"body\":" \
         "{\"code\":1201,\"message\":\"\\u001b[31min red\"}}")

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_HOSTED ("/cli-jobs/nothing", NO_RULES, test_nothing);
  ADD_HOSTED ("/cli-jobs/done", NO_RULES, test_done);
  ADD_HOSTED ("/cli-jobs/resume", HOLD_POLLS, test_resume);
  ADD_HOSTED ("/cli-jobs/resume-unstored", NO_RULES, test_resume_unstored);
  ADD_HOSTED ("/cli-jobs/resume-sending", HOLD_CREATES, test_resume_sending);
  ADD_HOSTED ("/cli-jobs/cancel", HOLD_POLLS, test_cancel);
  ADD_HOSTED ("/cli-jobs/check-unsent", HOLD_UPLOADS, test_check_unsent);
  ADD_HOSTED ("/cli-jobs/timeout-there", TIMEOUT_THERE, test_timeout_there);
  ADD_HOSTED ("/cli-jobs/plain-words", ANSWER_IN_RED, test_plain_words);
  ADD_HOSTED ("/cli-jobs/driven", HOLD_POLLS, test_driven);
  ADD_HOSTED ("/cli-jobs/spend", NO_RULES, test_spend);
  ADD_HOSTED ("/cli-jobs/accounts", NO_RULES, test_accounts);

  return g_test_run ();
}
