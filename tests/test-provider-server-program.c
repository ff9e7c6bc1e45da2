/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in as a program: what it prints, and a client that is killed
 * while it is held. */

#include "config.h"

#include "provider-server-fixture.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>

typedef struct
{
  GSubprocess      *process;
  GDataInputStream *lines;
  JsonNode         *told;
  SoupSession      *session;
} Program;

static JsonNode *
read_line (Program *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->lines, NULL, NULL, &error);
  JsonNode *node;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  node = json_from_string (line, &error);
  g_assert_no_error (error);

  return node;
}

static void
start (Program    *self,
       const char *option,
       const char *value)
{
  g_autoptr(GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("PROVIDER_SERVER"),
                                    "--life", "100", "--key", "another-key", option, value, NULL);
  g_assert_no_error (error);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->told = read_line (self);
  self->session = soup_session_new ();
}

static void
clear (Program *self)
{
  g_clear_object (&self->lines);
  g_clear_object (&self->process);
  g_clear_pointer (&self->told, json_node_unref);
  g_clear_object (&self->session);
}

/* The ledger, which is the last that it says. */
static JsonNode *
end (Program *self)
{
  JsonNode *ledger;
  g_autoptr(GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  ledger = read_line (self);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);

  return ledger;
}

static guint
post (Program    *self,
      const char *path,
      const char *text)
{
  g_autofree char *url = g_strconcat (provider_get_string (self->told, "url"), path, NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr(GBytes) reply = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  reply = soup_session_send_and_read (self->session, message, NULL, NULL);

  return soup_message_get_status (message);
}

static void
test_program_lines (void)
{
  Program program = { 0 };
  g_autoptr(JsonNode) ledger = NULL;

  start (&program, "--port", "0");
  g_assert_true (g_str_has_prefix (provider_get_string (program.told, "url"), "http://127.0.0.1:"));
  g_assert_cmpstr (provider_get_string (program.told, "url"), !=, provider_get_string (program.told, "cdn"));
  g_assert_true (JSON_NODE_HOLDS_NULL (provider_get (program.told, "certificate")));
  g_assert_cmpuint (post (&program, "/api/wallet_balance", "{\"key\":\"another-key\"}"), ==, 200);
  g_assert_cmpuint (post (&program, "/api/wallet_balance", "{\"key\":\"" DIO_PROVIDER_SERVER_KEY "\"}"), ==, 401);

  ledger = end (&program);
  g_assert_cmpint (provider_get_int (ledger, "dialects.modelslab.calls.balance"), ==, 2);
  clear (&program);
}

static GSubprocess *
start_client (Program *program)
{
  const char *url = provider_get_string (program->told, "url");
  g_autofree char *address = g_strconcat (url, "/api/v1/enterprise/nano_banana/text2img", NULL);
  g_autofree char *script =
    g_strdup_printf ("import urllib.request; urllib.request.urlopen('%s', b'{\"key\":\"another-key\","
                     "\"prompt\":\"x\",\"track_id\":\"ours\"}')", address);
  g_autoptr(GError) error = NULL;
  GSubprocess *client = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "python3", "-c", script, NULL);

  g_assert_no_error (error);

  return client;
}

/* Held after the job was made, the client is killed; the job is there all the
 * same, once. */
static void
test_program_kill (void)
{
  static const char text[] = "{\"rules\":[{\"name\":\"gate\",\"match\":{\"call\":\"create\"},\"do\":\"hold\","
                             "\"accept\":true}]}";
  Program program = { 0 };
  g_autofree char *script = NULL;
  g_autoptr(GSubprocess) client = NULL;
  g_autoptr(JsonNode) held = NULL;
  g_autoptr(JsonNode) ledger = NULL;
  g_autoptr(GError) error = NULL;
  int file = g_file_open_tmp ("script-XXXXXX.json", &script, &error);

  g_assert_no_error (error);
  g_close (file, NULL);
  g_file_set_contents (script, text, -1, &error);
  g_assert_no_error (error);

  start (&program, "--script", script);
  client = start_client (&program);
  held = read_line (&program);
  g_assert_cmpstr (provider_get_string (held, "held"), ==, "gate");
  g_subprocess_force_exit (client);
  g_subprocess_wait (client, NULL, NULL);
  g_assert_cmpuint (post (&program, "/control/release", "{}"), ==, 200);

  ledger = end (&program);
  g_assert_cmpstr (provider_get_string (ledger, "dialects.modelslab.creates.0.own_id"), ==, "ours");
  g_assert_cmpint (provider_get_int (ledger, "dialects.modelslab.totals.creates"), ==, 1);
  g_assert_cmpint (provider_get_int (ledger, "dialects.modelslab.totals.charges"), ==, 1);
  g_remove (script);
  clear (&program);
}

static void
test_program_wrong (void)
{
  g_autoptr(GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, g_getenv ("PROVIDER_SERVER"), "--nonsense", NULL);

  g_subprocess_wait (process, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/provider-server-program/lines", test_program_lines);
  g_test_add_func ("/provider-server-program/kill", test_program_kill);
  g_test_add_func ("/provider-server-program/wrong", test_program_wrong);

  return g_test_run ();
}
