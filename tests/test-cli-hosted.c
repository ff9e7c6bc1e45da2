/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli compose at providers that are paid, over real sockets. */

#include "config.h"

#include "cli-hosted.h"
#include "dio-image-decode.h"

#include <signal.h>
#include <string.h>

static void
assert_picture (Hosted     *hosted,
                const char *out)
{
  g_autofree char *line = g_strndup (out, strcspn (out, "\n"));
  g_autofree char *path = bench_path (&hosted->bench, line);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(DioPixels) pixels = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, size);
  pixels = dio_image_decode (bytes, 64, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What a test is about: a provider, and its names at the server. */
typedef struct
{
  const char *id;
  const char *key;
  const char *dialect;
} Vendor;

static const Vendor vendors[] = {
  { "modelslab", SERVER_KEY "\n", "modelslab" },
  { "kling", SERVER_KEY "\n", "kling" },
  { "kling", SERVER_ACCESS_KEY "\n" SERVER_SECRET_KEY "\n", "kling-official" },
  { "runware", SERVER_KEY "\n", "runware" },
};

static Run *
compose_at (Hosted       *hosted,
            const Vendor *vendor,
            const char   *key)
{
  return hosted_run (hosted, key, "compose", "--provider", vendor->id, "--endpoint", hosted->server->url,
                     "--key-stdin", "--yes", "--subject", "watch.png", "--scene", "table.jpg",
                     "--prompt", "@watch on @table", "--output", vendor->dialect, NULL);
}

static void
test_happy (Hosted        *hosted,
            gconstpointer  script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      g_autoptr(Run) run = compose_at (hosted, &vendors[i], vendors[i].key);
      g_autoptr(JsonNode) ledger = server_get_ledger (hosted->server);

      g_assert_cmpint (run->status, ==, 0);
      assert_picture (hosted, run->out);
      g_assert_cmpint (server_get_total (ledger, vendors[i].dialect, "charges"), ==, 1);
      g_assert_cmpint (server_get_total (ledger, vendors[i].dialect, "pictures"), ==, 1);
      g_assert_cmpuint (server_get_n_leaks (ledger), ==, 0);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (ledger), "invalid")), ==, 0);
    }
}

/* As many as were asked for, each with a line for a script. */
static void
test_count (Hosted        *hosted,
            gconstpointer  script)
{
  g_autoptr(Run) run = hosted_compose (hosted, "kling", "--count", "3", "--json", NULL);
  g_auto(GStrv) lines = g_strsplit (run->out, "\n", -1);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(JsonNode) node = parse_json (lines[i]);

      g_assert_true (g_str_has_prefix (json_object_get_string_member (json_node_get_object (node), "file"), "output/"));
    }
}

static void
test_wrong_key (Hosted        *hosted,
                gconstpointer  script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      gboolean is_official = g_str_equal (vendors[i].dialect, "kling-official");
      g_autoptr(Run) run = compose_at (hosted, &vendors[i], is_official ? SERVER_ACCESS_KEY "\nwrong-secret\n" : "wrong-secret\n");
      g_autoptr(JsonNode) ledger = server_get_ledger (hosted->server);

      hosted_assert_error (run, 11, "Nothing is billed.");
      g_assert_null (strstr (run->err, "wrong-secret"));
      g_assert_cmpint (server_get_total (ledger, vendors[i].dialect, "charges"), ==, 0);
    }

  assert_no_files (hosted->bench.output);
  hosted_assert_no_secret (hosted, "wrong-secret");
}

static void
test_wrong_key_json (Hosted        *hosted,
                     gconstpointer  script)
{
  g_autoptr(Run) run = hosted_run (hosted, "wrong-secret\n", "compose", "--provider", "kling", "--endpoint",
                                   hosted->server->url, "--key-stdin", "--yes", "--subject", "watch.png",
                                   "--output", "output", "--json", NULL);
  g_autoptr(JsonNode) node = parse_json (run->out);
  JsonNode *inner = json_object_get_member (json_node_get_object (node), "error");
  g_autofree char *members = join_members (inner);
  JsonObject *error = json_node_get_object (inner);

  g_assert_cmpint (run->status, ==, 11);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpstr (members, ==, "class,message,billed,job,answer");
  g_assert_cmpstr (json_object_get_string_member (error, "class"), ==, "auth");
  g_assert_false (json_object_get_boolean_member (error, "billed"));
  g_assert_cmpstr (json_object_get_string_member (error, "answer"), ==, "Authentication failed");
}

static void
test_refused_connection (Hosted        *hosted,
                         gconstpointer  script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      g_autoptr(Run) run = hosted_run (hosted, vendors[i].key, "compose", "--provider", vendors[i].id,
                                       "--endpoint", "http://127.0.0.1:9", "--key-stdin", "--yes",
                                       "--subject", "watch.png", "--prompt", "@watch", "--output", "output", NULL);

      hosted_assert_error (run, 10, "Nothing is billed.");
    }
}

static void
test_no_key (Hosted        *hosted,
             gconstpointer  script)
{
  g_autoptr(Run) run = hosted_run (hosted, NULL, "compose", "--provider", "kling", "--endpoint", hosted->server->url,
                                   "--yes", "--subject", "watch.png", "--output", "output", NULL);
  g_autoptr(Run) empty = hosted_run (hosted, "\n", "compose", "--provider", "kling", "--endpoint", hosted->server->url,
                                     "--key-stdin", "--yes", "--subject", "watch.png", "--output", "output", NULL);
  g_autoptr(Run) blanks = hosted_run (hosted, "a b\n", "compose", "--provider", "kling", "--endpoint", hosted->server->url,
                                      "--key-stdin", "--yes", "--subject", "watch.png", "--output", "output", NULL);
  g_autoptr(JsonNode) ledger = server_get_ledger (hosted->server);

  hosted_assert_error (run, 11, "has no key");
  assert_error (empty, 11, "standard input");
  assert_error (blanks, 18, "standard input");
  g_assert_cmpint (server_get_total (ledger, "kling", "creates"), ==, 0);
}

/* Nobody pays unasked. */
static void
test_yes_missing (Hosted        *hosted,
                  gconstpointer  script)
{
  g_autoptr(Run) run = hosted_run (hosted, SERVER_KEY "\n", "compose", "--provider", "kling", "--endpoint",
                                   hosted->server->url, "--key-stdin", "--subject", "watch.png", "--output", "output", NULL);
  g_autoptr(JsonNode) ledger = server_get_ledger (hosted->server);

  assert_error (run, 2, "--yes");
  assert_no_files (hosted->bench.output);
  g_assert_cmpint (server_get_total (ledger, "kling", "creates"), ==, 0);
}

/* Where “script” of util-linux makes a terminal: types the key, and then @typed,
 * each when it is asked for. */
static int
answer (Hosted      *hosted,
        const char  *typed,
        char       **shown)
{
  const char *const arguments[] = {
    "compose", "--provider", "kling", "--endpoint", hosted->server->url, "--key-stdin", "--subject", "watch.png",
    "--output", "output", NULL
  };
  const char *const questions[] = { "API key: ", "[y/N] " };
  const char *const answers[] = { SERVER_KEY "\n", typed };
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  gsize n_answered = 0;
  char c;

  hosted->bench.shell = "line=$1; shift; for word; do line=\"$line '$word'\"; done; "
                        "exec script -qec \"$line\" /dev/null";
  process = bench_start (&hosted->bench, arguments);

  while (g_input_stream_read (g_subprocess_get_stdout_pipe (process), &c, 1, NULL, NULL) == 1)
    {
      g_string_append_c (text, c);
      if (n_answered < G_N_ELEMENTS (answers) && g_str_has_suffix (text->str, questions[n_answered]))
        {
          const char *line = answers[n_answered++];

          g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), line, strlen (line),
                                                    NULL, NULL, NULL));
        }
    }

  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  *shown = g_string_free (g_steal_pointer (&text), FALSE);

  return g_subprocess_get_exit_status (process);
}

/* A no, an empty line and a yes. The key is not shown as it is typed. */
static void
test_asks (Hosted        *hosted,
           gconstpointer  script)
{
  static const struct
  {
    const char *typed;
    int         status;
    gint64      n_charges;
  } rows[] = {
    { "n\n", 130, 0 },
    { "\n", 130, 0 },
    { "y\n", 0, 1 },
  };
  g_autofree char *program = g_find_program_in_path ("script");

  if (program == NULL)
    {
      g_test_skip ("There is no script program");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = NULL;
      g_autoptr(JsonNode) ledger = NULL;
      int status = answer (hosted, rows[i].typed, &shown);

      g_test_message ("%s", shown);
      ledger = server_get_ledger (hosted->server);
      g_assert_cmpint (status, ==, rows[i].status);
      g_assert_cmpint (server_get_total (ledger, "kling", "creates"), ==, rows[i].n_charges);
      g_assert_nonnull (strstr (shown, "price unknown"));
      g_assert_null (strstr (shown, SERVER_KEY));
    }
}

/* Where the photos go is said once to an account, and each time at another address. */
static void
test_told (Hosted        *hosted,
           gconstpointer  script)
{
  g_autoptr(Run) add = hosted_run (hosted, NULL, "account", "add", "modelslab", "shop", "--endpoint", hosted->server->url, NULL);
  g_autoptr(Run) first = NULL;
  g_autoptr(Run) second = NULL;
  const char *const arguments[] = {
    "compose", "--provider", "modelslab", "--key-stdin", "--yes", "--subject", "watch.png", "--prompt", "@watch",
    "--output", "output", "--quiet", NULL
  };

  g_assert_cmpint (add->status, ==, 0);
  first = bench_run_argv (&hosted->bench, SERVER_KEY "\n", arguments);
  second = bench_run_argv (&hosted->bench, SERVER_KEY "\n", arguments);
  g_assert_cmpint (first->status, ==, 0);
  g_assert_cmpint (second->status, ==, 0);
  g_assert_nonnull (strstr (first->err, "ModelsLab"));
  g_assert_cmpstr (second->err, ==, "");
}

static void
test_cap (Hosted        *hosted,
          gconstpointer  script)
{
  g_autoptr(Run) cap = hosted_run (hosted, NULL, "spend", "cap", "usd", "0.05", NULL);
  g_autoptr(Run) caps = hosted_run (hosted, NULL, "spend", "cap", "--json", NULL);
  g_autoptr(Run) unknown = hosted_compose (hosted, "kling", NULL);
  g_autoptr(Run) over = hosted_compose (hosted, "runware", "--set", "size=1024x1024", NULL);
  g_autoptr(JsonNode) before = server_get_ledger (hosted->server);
  g_autoptr(Run) accepted = hosted_compose (hosted, "kling", "--accept-unknown-price", NULL);
  g_autoptr(Run) none = hosted_run (hosted, NULL, "spend", "cap", "USD", "none", NULL);
  g_autoptr(Run) after = hosted_compose (hosted, "runware", "--set", "size=1024x1024", NULL);
  g_autoptr(Run) spend = hosted_run (hosted, NULL, "spend", "--json", NULL);
  g_autoptr(Run) csv = hosted_run (hosted, NULL, "spend", "--by", "job", "--csv", NULL);
  g_autoptr(Run) amount = hosted_run (hosted, NULL, "spend", "cap", "USD", "much", NULL);
  g_autoptr(Run) by = hosted_run (hosted, NULL, "spend", "--by", "year", NULL);
  g_autoptr(JsonNode) rows = parse_json (spend->out);
  g_auto(GStrv) lines = g_strsplit (g_strchomp (csv->out), "\n", -1);

  g_assert_cmpint (cap->status, ==, 0);
  g_assert_cmpstr (caps->out, ==, "[{\"currency\":\"USD\",\"amount\":0.050000000000000003}]\n");
  assert_error (unknown, 14, "--accept-unknown-price");
  assert_error (over, 14, NULL);
  g_assert_cmpint (server_get_total (before, "kling", "creates"), ==, 0);
  g_assert_cmpint (server_get_total (before, "runware", "creates"), ==, 0);
  g_assert_cmpint (accepted->status, ==, 0);
  g_assert_cmpint (none->status, ==, 0);
  g_assert_cmpint (after->status, ==, 0);

  /* What the provider told is in its currency; what nobody knows is not 0 of any. */
  g_assert_cmpint (spend->status, ==, 0);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (rows)), >=, 1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_error (amount, 2, "much");
  assert_error (by, 2, "year");
}

static void
test_ask_price (Hosted        *hosted,
                gconstpointer  script)
{
  g_autoptr(Run) run = hosted_run (hosted, SERVER_KEY "\n", "compose", "--provider", "runware", "--endpoint",
                                   hosted->server->url, "--key-stdin", "--subject", "watch.png", "--prompt", "@watch",
                                   "--set", "size=1024x1024", "--ask-price", "--json", NULL);
  g_autoptr(Run) kling = hosted_run (hosted, NULL, "compose", "--provider", "kling", "--subject", "watch.png", "--ask-price", NULL);
  g_autoptr(JsonNode) ledger = server_get_ledger (hosted->server);
  g_autoptr(JsonNode) node = NULL;
  JsonObject *price;

  g_assert_cmpint (run->status, ==, 0);
  node = parse_json (run->out);
  price = json_object_get_object_member (json_node_get_object (node), "price");
  g_assert_cmpstr (json_object_get_string_member (price, "source"), ==, "asked");
  g_assert_cmpfloat (json_object_get_double_member (price, "amount"), >, 0);
  g_assert_cmpint (server_get_total (ledger, "runware", "charges"), ==, 0);
  assert_error (kling, 2, "--price");
}

static void
assert_not_in_proc (GSubprocess *process,
                    const char  *file,
                    const char  *secret)
{
  g_autofree char *path = g_build_filename ("/proc", g_subprocess_get_identifier (process), file, NULL);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpuint (size, >, 0);
  g_assert_null (memmem (data, size, secret, strlen (secret)));
}

static void
assert_no_secrets_of_vendor (Hosted       *hosted,
                             const Vendor *vendor)
{
  g_auto(GStrv) secrets = g_strsplit (vendor->key, "\n", -1);
  g_autoptr(Run) run = NULL;

  g_strfreev (hosted->bench.variables);
  hosted->bench.variables = g_strsplit ("G_MESSAGES_DEBUG=all", "|", -1);
  run = compose_at (hosted, vendor, vendor->key);
  g_assert_cmpint (run->status, ==, 0);

  for (char **secret = secrets; *secret != NULL; secret++)
    {
      if (**secret == '\0')
        continue;

      g_assert_null (strstr (run->out, *secret));
      g_assert_null (strstr (run->err, *secret));
      hosted_assert_no_secret (hosted, *secret);
    }
}

/* A search of everything that the program leaves behind, says and makes. */
static void
test_secrets (Hosted        *hosted,
              gconstpointer  script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    {
      g_autoptr(JsonNode) ledger = NULL;

      assert_no_secrets_of_vendor (hosted, &vendors[i]);
      ledger = server_get_ledger (hosted->server);
      g_assert_cmpuint (server_get_n_leaks (ledger), ==, 0);
    }
}

/* While it runs, and the server has the key: neither arguments nor environment. */
static void
test_process (Hosted        *hosted,
              gconstpointer  script)
{
  g_autoptr(GSubprocess) process = hosted_start_compose (hosted, "kling", SERVER_KEY);

  server_wait_held (hosted->server, "held");
  assert_not_in_proc (process, "cmdline", SERVER_KEY);
  assert_not_in_proc (process, "environ", SERVER_KEY);
  hosted_assert_no_secret (hosted, SERVER_KEY);
  server_release (hosted->server, "held");
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

#define HOLD_CREATE \
  RULES ("{\"name\":\"held\",\"match\":{\"call\":\"create\"},\"do\":\"hold\",\"accept\":true}")
#define HOLD_POLL \
  RULES ("{\"name\":\"held\",\"match\":{\"call\":\"poll\",\"times\":1},\"do\":\"hold\"}")
#define REFUSE_PROMPT \
  RULES ("{\"match\":{\"call\":\"create\"},\"do\":\"refuse\",\"what\":\"prompt\"}")

/* Ctrl+C once it is sent: it may be paid, and its pictures can be had later. */
static void
test_interrupt (Hosted        *hosted,
                gconstpointer  script)
{
  g_autoptr(GSubprocess) process = hosted_start_compose (hosted, "kling", SERVER_KEY);
  g_autoptr(Run) run = NULL;
  g_autoptr(Run) again = NULL;
  g_autoptr(JsonNode) ledger = NULL;
  g_autofree char *id = NULL;

  server_wait_held (hosted->server, "held");
  g_subprocess_send_signal (process, SIGINT);
  run = bench_finish (process, NULL);
  g_assert_cmpint (run->status, ==, 130);
  g_assert_nonnull (strstr (run->err, "--check"));

  server_release (hosted->server, "held");
  id = hosted_get_job (hosted, "cancelled");
  g_assert_nonnull (strstr (run->err, id));
  again = hosted_run (hosted, SERVER_KEY "\n", "job", id, "--check", "--key-stdin", "--output", "later", NULL);
  ledger = server_get_ledger (hosted->server);
  g_assert_cmpint (again->status, ==, 0);
  assert_picture (hosted, again->out);
  g_assert_cmpint (server_get_total (ledger, "kling", "creates"), ==, 1);
}

/* The provider’s own words, and what is known of the money. */
static void
test_refusal (Hosted        *hosted,
              gconstpointer  script)
{
  g_autoptr(Run) kling = hosted_compose (hosted, "kling", NULL);
  g_autoptr(Run) runware = hosted_compose (hosted, "runware", NULL);

  hosted_assert_error (kling, 17, "own words");
  hosted_assert_error (kling, 17, "Nothing is billed.");
  hosted_assert_error (runware, 17, "refused by the provider");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_HOSTED ("/cli-hosted/happy", NO_RULES, test_happy);
  ADD_HOSTED ("/cli-hosted/count", NO_RULES, test_count);
  ADD_HOSTED ("/cli-hosted/wrong-key", NO_RULES, test_wrong_key);
  ADD_HOSTED ("/cli-hosted/wrong-key-json", NO_RULES, test_wrong_key_json);
  ADD_HOSTED ("/cli-hosted/refused-connection", NO_RULES, test_refused_connection);
  ADD_HOSTED ("/cli-hosted/no-key", NO_RULES, test_no_key);
  ADD_HOSTED ("/cli-hosted/yes-missing", NO_RULES, test_yes_missing);
  ADD_HOSTED ("/cli-hosted/asks", NO_RULES, test_asks);
  ADD_HOSTED ("/cli-hosted/told", NO_RULES, test_told);
  ADD_HOSTED ("/cli-hosted/cap", NO_RULES, test_cap);
  ADD_HOSTED ("/cli-hosted/ask-price", NO_RULES, test_ask_price);
  ADD_HOSTED ("/cli-hosted/secrets", NO_RULES, test_secrets);
  ADD_HOSTED ("/cli-hosted/process", HOLD_CREATE, test_process);
  ADD_HOSTED ("/cli-hosted/interrupt", HOLD_POLL, test_interrupt);
  ADD_HOSTED ("/cli-hosted/refusal", REFUSE_PROMPT, test_refusal);

  return g_test_run ();
}
