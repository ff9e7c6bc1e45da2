/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli key, with the keyring of a session of its own and without one. */

#include "config.h"

#include "cli-hosted.h"

#include <string.h>

/* A session bus with a keyring on it, which opens with an empty word. */
#define IN_A_SESSION \
  "exec dbus-run-session -- sh -c 'printf word | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; " \
  "eval \"$STEPS\"' sh \"$@\""

static gboolean
has_keyring (void)
{
  g_autofree char *bus = g_find_program_in_path ("dbus-run-session");
  g_autofree char *keyring = g_find_program_in_path ("gnome-keyring-daemon");

  return bus != NULL && keyring != NULL;
}

/* Runs steps of sh in one session; "$@" is the program with @arguments. */
static Run *
run_in_session (Hosted     *hosted,
                const char *steps,
                const char *input)
{
  const char *const nothing[] = { NULL };
  g_autofree char *runtime = bench_path (&hosted->bench, "runtime");

  g_assert_cmpint (g_mkdir_with_parents (runtime, 0700), ==, 0);
  g_strfreev (hosted->bench.variables);
  hosted->bench.variables = g_new0 (char *, 4);
  hosted->bench.variables[0] = g_strconcat ("STEPS=", steps, NULL);
  hosted->bench.variables[1] = g_strconcat ("URL=", hosted->server->url, NULL);
  hosted->bench.variables[2] = g_strconcat ("XDG_RUNTIME_DIR=", runtime, NULL);
  hosted->bench.shell = IN_A_SESSION;

  return bench_run_argv (&hosted->bench, input, nothing);
}

/* Kept, used, tested and forgotten. */
static void
test_keyring (Hosted        *hosted,
              gconstpointer  script)
{
  g_autoptr(Run) run = NULL;
  g_autoptr(JsonNode) ledger = NULL;

  if (!has_keyring ())
    {
      g_test_skip ("There is no dbus-run-session or no gnome-keyring-daemon");
      return;
    }

  run = run_in_session (hosted,
                        "\"$@\" account add kling shop --endpoint \"$URL\" && "
                        "\"$@\" key set kling && echo kept && "
                        "\"$@\" key test kling && echo tested && "
                        "\"$@\" compose --provider kling --yes --quiet --subject watch.png --output output && echo composed && "
                        "\"$@\" key clear kling && echo cleared; "
                        "\"$@\" compose --provider kling --yes --quiet --subject watch.png --output output; echo status $?",
                        SERVER_KEY "\n");
  ledger = server_get_ledger (hosted->server);

  g_assert_nonnull (strstr (run->out, "kept\n"));
  g_assert_nonnull (strstr (run->out, "tested\n"));
  g_assert_nonnull (strstr (run->out, "composed\n"));
  g_assert_nonnull (strstr (run->out, "cleared\n"));
  g_assert_nonnull (strstr (run->out, "status 11\n"));
  g_assert_cmpint (server_get_total (ledger, "kling", "creates"), ==, 1);
  g_assert_null (strstr (run->out, SERVER_KEY));
  g_assert_null (strstr (run->err, SERVER_KEY));
}

/* “This session only” would be over with the program. */
static void
test_no_keyring (Hosted        *hosted,
                 gconstpointer  script)
{
  g_autoptr(Run) set = hosted_run (hosted, SERVER_KEY "\n", "key", "set", "kling", NULL);
  g_autoptr(Run) test = hosted_run (hosted, NULL, "key", "test", "kling", "--endpoint", hosted->server->url, NULL);

  assert_error (set, 23, "--key-stdin");
  assert_error (test, 11, NULL);
  hosted_assert_no_secret (hosted, SERVER_KEY);
}

static void
test_key_stdin (Hosted        *hosted,
                gconstpointer  script)
{
  static const struct
  {
    const char *provider;
    const char *key;
    int         status;
    gboolean    has_balance;
  } rows[] = {
    { "modelslab", SERVER_KEY "\n", 0, TRUE },
    { "modelslab", "wrong-secret\n", 11, FALSE },
    { "kling", SERVER_KEY, 0, FALSE },
    { "kling", "wrong-secret", 11, FALSE },
    { "kling", SERVER_ACCESS_KEY "\n" SERVER_SECRET_KEY "\n", 0, FALSE },
    { "kling", SERVER_ACCESS_KEY "\nwrong-secret\n", 11, FALSE },
    { "runware", SERVER_KEY "\r\n", 0, TRUE },
    { "runware", "wrong-secret\n", 11, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(Run) run = hosted_run (hosted, rows[i].key, "key", "test", rows[i].provider, "--endpoint",
                                       hosted->server->url, "--key-stdin", "--json", NULL);
      g_autoptr(JsonNode) node = parse_json (run->out);
      JsonObject *object = json_node_get_object (node);

      g_assert_cmpint (run->status, ==, rows[i].status);
      g_assert_null (strstr (run->out, "wrong-secret"));
      if (run->status != 0)
        continue;

      g_assert_cmpstr (json_object_get_string_member (object, "verdict"), ==, "accepted");
      g_assert_cmpint (!json_object_get_null_member (json_object_get_object_member (object, "balance"), "amount"),
                       ==, rows[i].has_balance);
    }
}

static void
test_wrong (Hosted        *hosted,
            gconstpointer  script)
{
  g_autoptr(Run) verb = hosted_run (hosted, NULL, "key", "show", "kling", NULL);
  g_autoptr(Run) local = hosted_run (hosted, NULL, "key", "set", "local", NULL);
  g_autoptr(Run) provider = hosted_run (hosted, NULL, "key", "set", "nobody", NULL);
  g_autoptr(Run) account = hosted_run (hosted, NULL, "key", "set", "kling", "--account", "nobody", NULL);
  g_autoptr(Run) lines = hosted_run (hosted, "a\nb\nc\n", "key", "set", "kling", NULL);
  g_autoptr(Run) argument = hosted_run (hosted, NULL, "key", "set", "kling", "the-key-itself", NULL);

  assert_error (verb, 2, "show");
  assert_error (local, 2, "local");
  assert_error (provider, 19, "nobody");
  assert_error (account, 19, "nobody");
  assert_error (lines, 18, "lines");
  assert_error (argument, 2, "never an argument");
  g_assert_null (strstr (argument->err, "the-key-itself"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_HOSTED ("/cli-key/keyring", NO_RULES, test_keyring);
  ADD_HOSTED ("/cli-key/no-keyring", NO_RULES, test_no_keyring);
  ADD_HOSTED ("/cli-key/key-stdin", NO_RULES, test_key_stdin);
  ADD_HOSTED ("/cli-key/wrong", NO_RULES, test_wrong);

  return g_test_run ();
}
