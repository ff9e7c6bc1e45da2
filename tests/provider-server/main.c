/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server as a program: says where it listens, and at its end what it was
 * asked. Each line it prints is JSON. */

#include "config.h"

#include "dio-provider-server.h"

#include <glib-unix.h>

#include <stdio.h>

static int port;
static gboolean tls;
static char *script;
static char *key;
static char *access_key;
static char *secret_key;
static int life = 1800;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "To listen on; 0, the default, for any that is free", "N" },
  { "tls", 0, 0, G_OPTION_ARG_NONE, &tls, "https, with a certificate made for this run", NULL },
  { "script", 0, 0, G_OPTION_ARG_FILENAME, &script, "How to behave, as README.md says", "FILE" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, "Of ModelsLab, Runware and the reseller of Kling", "K" },
  { "access-key", 0, 0, G_OPTION_ARG_STRING, &access_key, "Of the official Kling", "A" },
  { "secret-key", 0, 0, G_OPTION_ARG_STRING, &secret_key, "Of the official Kling", "S" },
  { "life", 0, 0, G_OPTION_ARG_INT, &life, "Ends after so many seconds; 1800 unless given", "SECONDS" },
  { NULL }
};

static void
print_line (char *text)
{
  g_print ("%s\n", text);
  fflush (stdout);
  g_free (text);
}

static void
held_cb (DioProviderServer *server,
         const char        *rule,
         gpointer           user_data)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "held", rule);
  json_node_set_object (node, object);
  print_line (json_to_string (node, FALSE));
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
print_addresses (DioProviderServer *server)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *url = dio_provider_server_dup_url (server, "");
  g_autofree char *cdn = dio_provider_server_dup_cdn_url (server, "");
  const char *certificate = dio_provider_server_get_certificate_path (server);

  json_object_set_string_member (object, "url", url);
  json_object_set_string_member (object, "cdn", cdn);
  if (certificate != NULL)
    json_object_set_string_member (object, "certificate", certificate);
  else
    json_object_set_null_member (object, "certificate");
  json_node_set_object (node, object);
  print_line (json_to_string (node, FALSE));
}

static gboolean
load_script (DioProviderServer  *server,
             GError            **error)
{
  g_autofree char *text = NULL;

  return script == NULL ||
         (g_file_get_contents (script, &text, NULL, error) && dio_provider_server_set_script (server, text, error));
}

static void
run (DioProviderServer *server)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint sources[] = {
    g_unix_signal_add (SIGTERM, quit_cb, loop),
    g_unix_signal_add (SIGINT, quit_cb, loop),
    g_timeout_add_seconds (life, quit_cb, loop),
  };

  g_signal_connect (server, "held", G_CALLBACK (held_cb), NULL);
  print_addresses (server);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  print_line (dio_provider_server_dup_ledger (server));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("- stands in for ModelsLab, Kling and Runware");
  g_autoptr(DioProviderServer) server = NULL;
  g_autoptr(GError) error = NULL;
  DioProviderServerOptions options;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  options = (DioProviderServerOptions) { port, tls, key, access_key, secret_key };
  server = dio_provider_server_new (&options, &error);
  if (server == NULL || !load_script (server, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  run (server);

  return 0;
}
