/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stand-in for the vendors as a program beside the one that is tested. */

#include "config.h"

#include "cli-server.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

static JsonNode *
read_line (Server *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->lines, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);

  return parse_json (line);
}

static GBytes *
control (Server     *self,
         const char *method,
         const char *what,
         const char *body)
{
  g_autofree char *url = g_strconcat (self->url, "/control/", what, NULL);
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autoptr(SoupMessage) message = soup_message_new (method, url);
  g_autoptr(GError) error = NULL;
  GBytes *reply;

  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  reply = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);

  return reply;
}

/* Starts it with a script as JSON, or with none. */
Server *
server_start (const char *script)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) addresses = NULL;

  g_assert_nonnull (g_getenv ("PROVIDER_SERVER"));
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    g_getenv ("PROVIDER_SERVER"), "--port", "0", NULL);
  g_assert_no_error (error);

  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  addresses = read_line (self);
  self->url = g_strdup (json_object_get_string_member (json_node_get_object (addresses), "url"));
  if (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';

  if (script != NULL)
    g_bytes_unref (control (self, "POST", "script", script));

  return self;
}

void
server_stop (Server *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_assert_true (g_subprocess_wait (self->process, NULL, NULL));
  g_object_unref (self->lines);
  g_object_unref (self->process);
  g_free (self->url);
  g_free (self);
}

/* Waits until a request is held by @rule. */
void
server_wait_held (Server     *self,
                  const char *rule)
{
  g_autoptr(JsonNode) node = read_line (self);

  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "held"), ==, rule);
}

void
server_release (Server     *self,
                const char *rule)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\"}", rule);

  g_bytes_unref (control (self, "POST", "release", body));
}

/* Returns: (transfer full): what it was asked by now */
JsonNode *
server_get_ledger (Server *self)
{
  g_autoptr(GBytes) reply = control (self, "GET", "ledger", NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));

  return parse_json (text);
}

/* Returns: (nullable): what of it one vendor was asked, if it was */
JsonObject *
server_get_dialect (JsonNode   *ledger,
                    const char *dialect)
{
  JsonObject *dialects = json_object_get_object_member (json_node_get_object (ledger), "dialects");

  return json_object_has_member (dialects, dialect) ? json_object_get_object_member (dialects, dialect) : NULL;
}

gint64
server_get_total (JsonNode   *ledger,
                  const char *dialect,
                  const char *what)
{
  JsonObject *entry = server_get_dialect (ledger, dialect);

  return entry != NULL ? json_object_get_int_member (json_object_get_object_member (entry, "totals"), what) : 0;
}

guint
server_get_n_leaks (JsonNode *ledger)
{
  return json_array_get_length (json_object_get_array_member (json_node_get_object (ledger), "key_leaks"));
}
