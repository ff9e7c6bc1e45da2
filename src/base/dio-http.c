/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that sends. One request is one DioHttpExchange, whose answer is
 * collected here up to its limit. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"

/* Seconds of silence: a synchronous create answers when the picture is made. */
#define TIMEOUT 300

/* Seconds that an unused connection is kept. Servers close theirs after 5 and
 * more: a create that meets one just then has an unknown outcome. */
#define KEEP_ALIVE 4

/* A create may wait for minutes and must not hold up polls and downloads. */
#define MAX_CONNECTIONS 64
#define MAX_CONNECTIONS_PER_HOST 32

struct _DioHttp
{
  GObject       parent_instance;

  /* Construct-only */
  GTlsDatabase *tls_database; /* (owned) (nullable): NULL for the system's */
  guint         timeout;

  SoupSession  *session;      /* (owned) (nullable): made when it is needed, as is */
  SoupSession  *loopback;     /* (owned) (nullable): no proxy sees what is sent in the clear */
};

/* The task data of dio_http_send_async(). */
typedef struct
{
  /* Given */
  DioHttpRequest  *request;  /* (owned): its body is being read */

  /* Under way */
  DioHttpExchange *exchange; /* (owned) (nullable): NULL where nothing was sent */
  GByteArray      *bytes;    /* (owned) (nullable) */
} Send;

enum
{
  PROP_0,
  PROP_TLS_DATABASE,
  PROP_TIMEOUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DioHttp, dio_http, G_TYPE_OBJECT)

static void
send_free (gpointer data)
{
  Send *send = data;

  g_clear_object (&send->exchange);
  g_clear_pointer (&send->bytes, g_byte_array_unref);
  dio_http_request_unref (send->request);
  g_free (send);
}

static SoupSession *
new_session (DioHttp        *self,
             GProxyResolver *resolver)
{
  SoupSession *session =
    soup_session_new_with_options ("user-agent", "Diorama/" PACKAGE_VERSION,
                                   "timeout", 0,
                                   "idle-timeout", KEEP_ALIVE,
                                   "max-conns", MAX_CONNECTIONS,
                                   "max-conns-per-host", MAX_CONNECTIONS_PER_HOST,
                                   "proxy-resolver", resolver,
                                   NULL);

  if (self->tls_database != NULL)
    soup_session_set_tls_database (session, self->tls_database);

  /* It would answer a 401 by sending the request once more. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  return session;
}

/* To ask for the proxy may start the desktop's settings, which connect to the bus
 * in a thread of their own. GLib 2.74 waits for ever if that thread and ours meet
 * one of these types for the first time at once. */
static GProxyResolver *
get_proxy_resolver (void)
{
  g_type_ensure (G_TYPE_INET_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_UNIX_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_PROXY_ADDRESS);
  g_type_ensure (G_TYPE_SOCKET);
  g_type_ensure (G_TYPE_DBUS_CONNECTION);
  g_type_class_unref (g_type_class_ref (SOUP_TYPE_SESSION));

  return g_proxy_resolver_get_default ();
}

static SoupMessage *
new_message (DioHttpRequest *request,
             GUri           *uri)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  /* A key must not go where an answer points. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);

  if (request->body != NULL)
    {
      g_autoptr(GInputStream) stream = dio_body_open (request->body);

      soup_message_set_request_body (message, "application/json", stream, dio_body_get_length (request->body));
    }

  return message;
}

static void
block_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  DioHttpExchange *exchange = DIO_HTTP_EXCHANGE (object);
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Send *send = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) block = dio_http_exchange_read_finish (exchange, result, &error);

  if (block == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (g_bytes_get_size (block) == 0)
    {
      g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&send->bytes));

      g_task_return_pointer (task, dio_http_reply_new (dio_http_exchange_get_message (exchange), bytes),
                             (GDestroyNotify) dio_http_reply_free);
      return;
    }

  g_byte_array_append (send->bytes, g_bytes_get_data (block, NULL), g_bytes_get_size (block));
  dio_http_exchange_read_async (exchange, block_read_cb, g_steal_pointer (&task));
}

static void
header_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  DioHttpExchange *exchange = DIO_HTTP_EXCHANGE (object);
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  g_autoptr(GError) error = NULL;

  if (!dio_http_exchange_send_finish (exchange, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  dio_http_exchange_read_async (exchange, block_read_cb, g_steal_pointer (&task));
}

static void
dio_http_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  DioHttp *self = DIO_HTTP (object);

  switch (prop_id)
    {
    case PROP_TLS_DATABASE:
      self->tls_database = g_value_dup_object (value);
      break;

    case PROP_TIMEOUT:
      self->timeout = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dio_http_finalize (GObject *object)
{
  DioHttp *self = DIO_HTTP (object);

  g_clear_object (&self->session);
  g_clear_object (&self->loopback);
  g_clear_object (&self->tls_database);

  G_OBJECT_CLASS (dio_http_parent_class)->finalize (object);
}

static void
dio_http_class_init (DioHttpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = dio_http_set_property;
  object_class->finalize = dio_http_finalize;

  /**
   * DioHttp:tls-database: (nullable)
   *
   * Whose certificates are trusted; %NULL for those the system trusts.
   */
  properties[PROP_TLS_DATABASE] = g_param_spec_object ("tls-database", NULL, NULL, G_TYPE_TLS_DATABASE, flags);

  /**
   * DioHttp:timeout:
   *
   * Seconds of silence on a connection after which a request is given up.
   */
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXUINT, TIMEOUT, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_http_init (DioHttp *self)
{
}

/**
 * dio_http_new:
 *
 * Returns: (transfer full): a sender with connections of its own, for the thread
 *   that made it
 */
DioHttp *
dio_http_new (void)
{
  return g_object_new (DIO_TYPE_HTTP, NULL);
}

/**
 * dio_http_send_async:
 * @self: a sender
 * @request: what to send; not changed from now on
 * @max_bytes: more than this, decoded, is not read of the answer
 * @progress: (scope notified) (nullable): told how far it is
 * @progress_data: data for @progress, alive until @callback
 * @cancellable: (nullable): ends the request, wherever it is
 * @callback: called when the answer is there or did not come
 * @user_data: data for @callback
 *
 * Sends @request once. Redirects are not followed, and every status is a reply.
 */
void
dio_http_send_async (DioHttp             *self,
                     DioHttpRequest      *request,
                     gsize                max_bytes,
                     DioHttpProgressFunc  progress,
                     gpointer             progress_data,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;
  g_autoptr(GError) error = NULL;
  Send *send;

  g_return_if_fail (DIO_IS_HTTP (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  send = g_new0 (Send, 1);
  send->request = dio_http_request_ref (request);
  send->bytes = g_byte_array_new ();

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_http_send_async);
  g_task_set_task_data (task, send, send_free);

  if (g_task_return_error_if_cancelled (task))
    return;
  /* An answer that came is worth more than the wish not to have asked. */
  g_task_set_check_cancellable (task, FALSE);

  uri = dio_http_address_parse (request->url, &error);
  if (uri == NULL || !dio_http_request_check (request, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  path = dio_http_address_dup_shown (uri);
  shown = dio_http_request_redact (request, path);
  message = new_message (request, uri);
  send->exchange = dio_http_exchange_new (message, shown,
                                          request->body != NULL ? dio_body_get_length (request->body) : 0,
                                          max_bytes,
                                          (DioHttpProgress) { progress, progress_data },
                                          cancellable);
  dio_http_exchange_send_async (send->exchange, self, header_read_cb, g_steal_pointer (&task));
}

/**
 * dio_http_send_finish:
 * @self: a sender
 * @result: what the callback was given
 * @reach: (out) (optional): how far the request came, also where it failed
 * @error: return location for an error
 *
 * Fails with %DIO_ERROR_INVALID where @request must not be sent, with
 * %DIO_ERROR_OFFLINE, %DIO_ERROR_TIMEOUT, and %DIO_ERROR_REPLY where an answer is
 * too long or was cut; and as the files of its body do.
 *
 * Returns: (transfer full): the answer
 */
DioHttpReply *
dio_http_send_finish (DioHttp       *self,
                      GAsyncResult  *result,
                      DioHttpReach  *reach,
                      GError       **error)
{
  Send *send;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_http_send_async), NULL);

  send = g_task_get_task_data (G_TASK (result));
  if (reach != NULL)
    *reach = send->exchange != NULL ? dio_http_exchange_get_reach (send->exchange) : DIO_HTTP_NOT_SENT;

  return g_task_propagate_pointer (G_TASK (result), error);
}

SoupSession *
dio_http_get_session (DioHttp *self,
                      GUri    *uri)
{
  g_autoptr(GProxyResolver) direct = NULL;

  if (!dio_http_address_is_loopback (uri))
    {
      if (self->session == NULL)
        self->session = new_session (self, get_proxy_resolver ());

      return self->session;
    }

  if (self->loopback == NULL)
    {
      direct = g_simple_proxy_resolver_new (NULL, NULL);
      self->loopback = new_session (self, direct);
    }

  return self->loopback;
}

/* Seconds of silence. */
guint
dio_http_get_timeout (DioHttp *self)
{
  return self->timeout;
}
