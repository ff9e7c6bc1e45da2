/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stand-in for the three vendors. Lives in the main context that makes it;
 * only the results are made in a thread. */

#include "config.h"

#include "server-private.h"

#include "certificate.h"
#include "dialects.h"
#include "exchange.h"
#include "json-make.h"
#include "pour.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (DioProviderServer, dio_provider_server, G_TYPE_OBJECT)

enum
{
  HELD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What comes after @prefix in @path, or NULL. */
static const char *
skip (const char *path,
      const char *prefix)
{
  return path != NULL && g_str_has_prefix (path, prefix) ? path + strlen (prefix) : NULL;
}

static void
answer_nowhere (Exchange *exchange)
{
  exchange_reply (exchange, 404, object_make ("message:s", "Not Found"));
}

static void
route (DioProviderServer *self,
       Exchange          *exchange)
{
  const char *path = skip (exchange->path, settings_get_string (server_settings (self), "base"));
  g_autofree char *reseller = g_strconcat (settings_get_string (server_settings (self), "kling.prefix"),
                                           "/v1/images/", NULL);

  if (path != NULL && skip (path, reseller) != NULL)
    kling_begin_reseller (exchange, skip (path, reseller));
  else if (skip (path, "/v1/images/") != NULL)
    kling_begin_official (exchange, skip (path, "/v1/images/"));
  else if (skip (path, "/api/") != NULL)
    modelslab_begin (exchange, path);
  else if (skip (path, "/resolve/") != NULL)
    runware_begin_schema (exchange, skip (path, "/resolve/"));
  else if (g_strcmp0 (path, "/v1") == 0)
    runware_begin (exchange);
  else
    exchange_start (exchange, "none", "unknown", answer_nowhere);
}

static void
api_cb (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  DioProviderServer *self = user_data;
  g_autoptr(Exchange) exchange = exchange_begin (self, message);
  gboolean elsewhere = skip (path, "/resolve/") != NULL || skip (path, "/redirected") != NULL;

  if (skip (path, "/control/") != NULL)
    {
      control_answer (exchange, skip (path, "/control/"));
      return;
    }

  server_find_leaks (self, message, exchange->body, elsewhere);
  if (skip (path, "/redirected") != NULL)
    self->n_redirected++;
  route (self, exchange);
}

static void
cdn_cb (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  DioProviderServer *self = user_data;
  g_autoptr(Exchange) exchange = exchange_begin (self, message);

  server_find_leaks (self, message, exchange->body, TRUE);
  ledger_add_download (self->ledger, path, soup_server_message_get_request_headers (message));
  if (skip (path, "/redirected") != NULL)
    self->n_redirected++;
  cdn_begin (exchange, path);
}

static SoupServer *
listen_on (DioProviderServer   *self,
           guint16              port,
           SoupServerCallback   callback,
           GError             **error)
{
  g_autoptr(SoupServer) server = soup_server_new ("tls-certificate", self->certificate, "raw-paths", TRUE, NULL);
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;

  if (self->certificate != NULL)
    options |= SOUP_SERVER_LISTEN_HTTPS;
  soup_server_add_handler (server, NULL, callback, self, NULL);
  if (!soup_server_listen_local (server, port, options, error))
    return NULL;

  return g_steal_pointer (&server);
}

static void
disconnect_server (SoupServer **server)
{
  if (*server != NULL)
    soup_server_disconnect (*server);
  g_clear_object (server);
}

static void
dio_provider_server_dispose (GObject *object)
{
  DioProviderServer *self = DIO_PROVIDER_SERVER (object);

  /* Who holds an exchange gives it up first, then the thread that reads jobs. */
  g_clear_pointer (&self->pictures, pictures_free);
  while (self->exchanges->len > 0)
    exchange_end (g_ptr_array_index (self->exchanges, 0));
  g_ptr_array_set_size (self->pours, 0);
  disconnect_server (&self->api);
  disconnect_server (&self->cdn);

  G_OBJECT_CLASS (dio_provider_server_parent_class)->dispose (object);
}

static void
dio_provider_server_finalize (GObject *object)
{
  DioProviderServer *self = DIO_PROVIDER_SERVER (object);

  if (self->certificate_path != NULL)
    certificate_forget (self->certificate_path);
  g_clear_object (&self->certificate);
  g_free (self->certificate_path);
  g_free (self->key);
  g_free (self->access_key);
  g_free (self->secret_key);
  g_ptr_array_unref (self->scripts);
  ledger_free (self->ledger);
  jobs_free (self->jobs);
  uploads_free (self->uploads);
  g_hash_table_unref (self->spent);
  g_ptr_array_unref (self->exchanges);
  g_ptr_array_unref (self->pours);

  G_OBJECT_CLASS (dio_provider_server_parent_class)->finalize (object);
}

static void
dio_provider_server_class_init (DioProviderServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dio_provider_server_dispose;
  object_class->finalize = dio_provider_server_finalize;

  /**
   * DioProviderServer::held:
   * @self: a server
   * @rule: the name of the rule that holds a request
   */
  signals[HELD] = g_signal_new ("held", DIO_TYPE_PROVIDER_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dio_provider_server_init (DioProviderServer *self)
{
  self->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) faults_free);
  self->ledger = ledger_new ();
  self->jobs = jobs_new ();
  self->uploads = uploads_new ();
  self->pictures = pictures_new ();
  self->spent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify) exchange_unref);
  self->pours = g_ptr_array_new_with_free_func ((GDestroyNotify) pour_free);
  dio_provider_server_set_script (self, "{}", NULL);
}

/**
 * dio_provider_server_new:
 * @options: (nullable): %NULL for a free port, plain http and the keys of the header
 * @error: return location for an error
 *
 * Returns: (transfer full): a server that listens on 127.0.0.1, in the
 *   thread-default main context
 */
DioProviderServer *
dio_provider_server_new (const DioProviderServerOptions  *options,
                         GError                         **error)
{
  static const DioProviderServerOptions plain;
  g_autoptr(DioProviderServer) self = g_object_new (DIO_TYPE_PROVIDER_SERVER, NULL);

  if (options == NULL)
    options = &plain;

  self->key = g_strdup (options->key != NULL ? options->key : DIO_PROVIDER_SERVER_KEY);
  self->access_key = g_strdup (options->access_key != NULL ? options->access_key : DIO_PROVIDER_SERVER_ACCESS_KEY);
  self->secret_key = g_strdup (options->secret_key != NULL ? options->secret_key : DIO_PROVIDER_SERVER_SECRET_KEY);
  if (options->tls)
    {
      self->certificate = certificate_make (&self->certificate_path, error);
      if (self->certificate == NULL)
        return NULL;
    }

  self->api = listen_on (self, options->port, api_cb, error);
  if (self->api != NULL)
    self->cdn = listen_on (self, 0, cdn_cb, error);

  return self->cdn != NULL ? g_steal_pointer (&self) : NULL;
}

static char *
make_url (SoupServer *server,
          const char *path)
{
  GSList *uris = soup_server_get_uris (server);
  g_autofree char *root = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (g_str_has_suffix (root, "/"))
    root[strlen (root) - 1] = '\0';

  return g_strconcat (root, path, NULL);
}

/**
 * dio_provider_server_dup_url:
 * @self: a server
 * @path: with a slash in front, or ""
 *
 * Returns: (transfer full): where the vendors are
 */
char *
dio_provider_server_dup_url (DioProviderServer *self,
                             const char        *path)
{
  return make_url (self->api, path);
}

/**
 * dio_provider_server_dup_cdn_url:
 * @self: a server
 * @path: with a slash in front, or ""
 *
 * Returns: (transfer full): where results are; nothing there is told a key
 */
char *
dio_provider_server_dup_cdn_url (DioProviderServer *self,
                                 const char        *path)
{
  return make_url (self->cdn, path);
}

/**
 * dio_provider_server_get_certificate:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): what it shows over TLS
 */
GTlsCertificate *
dio_provider_server_get_certificate (DioProviderServer *self)
{
  return self->certificate;
}

const char *
dio_provider_server_get_certificate_path (DioProviderServer *self)
{
  return self->certificate_path;
}

/**
 * dio_provider_server_set_script:
 * @self: a server
 * @json: see README.md; "{}" for nothing special
 * @error: return location for an error
 *
 * Returns: whether @json is a script; what was before is over then, but not what
 *   is held
 */
gboolean
dio_provider_server_set_script (DioProviderServer  *self,
                                const char         *json,
                                GError            **error)
{
  Faults *faults = faults_new (json, error);

  if (faults == NULL)
    return FALSE;

  g_ptr_array_add (self->scripts, faults);
  self->faults = faults;

  return TRUE;
}

/**
 * dio_provider_server_get_n_held:
 * @self: a server
 *
 * Returns: how many requests wait to be released
 */
guint
dio_provider_server_get_n_held (DioProviderServer *self)
{
  guint n = 0;

  for (guint i = 0; i < self->exchanges->len; i++)
    n += ((Exchange *) g_ptr_array_index (self->exchanges, i))->held_by != NULL;

  return n;
}

/**
 * dio_provider_server_release:
 * @self: a server
 * @rule: (nullable): the name of what holds, or %NULL for all
 *
 * Lets what is held go on.
 */
void
dio_provider_server_release (DioProviderServer *self,
                             const char        *rule)
{
  g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) exchange_unref);

  for (guint i = 0; i < self->exchanges->len; i++)
    {
      Exchange *exchange = g_ptr_array_index (self->exchanges, i);

      if (exchange->held_by != NULL && (rule == NULL || g_str_equal (rule, exchange->held_by)))
        g_ptr_array_add (held, exchange_ref (exchange));
    }

  for (guint i = 0; i < held->len; i++)
    exchange_release (g_ptr_array_index (held, i));
}

/**
 * dio_provider_server_get_ledger:
 * @self: a server
 *
 * Returns: (transfer full): what it was asked so far
 */
JsonNode *
dio_provider_server_get_ledger (DioProviderServer *self)
{
  JsonObject *ledger = ledger_to_json (self->ledger);

  object_add (ledger, "rules:a redirects_followed:i held:i", faults_report (self->faults), self->n_redirected,
              dio_provider_server_get_n_held (self));

  return object_to_node (ledger);
}

/**
 * dio_provider_server_dup_ledger:
 * @self: a server
 *
 * Returns: (transfer full): the same as text on one line
 */
char *
dio_provider_server_dup_ledger (DioProviderServer *self)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self);

  return json_to_string (ledger, FALSE);
}
