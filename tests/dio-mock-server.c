/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SoupServer on a free port of 127.0.0.1, in the test's own main context: no
 * thread and no lock, a test that waits for an answer lets the server work. What
 * no server should do is done on the connection itself, taken from libsoup. */

#include "config.h"

#include "dio-mock-server.h"

struct _DioMockServer
{
  GObject     parent_instance;

  SoupServer *server;   /* (owned) */
  GQueue      replies;  /* (owned) (element-type Reply) */
  GPtrArray  *requests; /* (owned) (element-type DioMockRequest) */
  GPtrArray  *drips;    /* (owned) (element-type Drip) */
};

typedef enum
{
  REPLY_PROPER,
  REPLY_HANG,
  REPLY_RAW,          /* @body as it is, then the connection is closed */
  REPLY_UNREAD_CLOSE, /* before the body of the request is read */
  REPLY_UNREAD_HANG,
} ReplyKind;

typedef struct
{
  ReplyKind           kind;
  guint               status;
  SoupMessageHeaders *headers;  /* (owned) */
  GBytes             *body;     /* (owned) (nullable) */
  gsize               step;     /* of a raw reply: bytes written at once */
  guint               interval; /* milliseconds between them */
} Reply;

/* A raw reply under way. */
typedef struct
{
  DioMockServer *server; /* (borrowed) */
  GIOStream     *stream; /* (owned) */
  Reply         *reply;  /* (owned) */
  gsize          done;
  guint          source;
} Drip;

G_DEFINE_FINAL_TYPE (DioMockServer, dio_mock_server, G_TYPE_OBJECT)

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  soup_message_headers_unref (reply->headers);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}

static void
request_free (gpointer data)
{
  DioMockRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_hash_table_unref (request->headers);
  g_bytes_unref (request->body);
  g_free (request);
}

static void
drip_free (gpointer data)
{
  Drip *drip = data;

  g_clear_handle_id (&drip->source, g_source_remove);
  g_io_stream_close (drip->stream, NULL, NULL);
  g_object_unref (drip->stream);
  reply_free (drip->reply);
  g_free (drip);
}

static void
keep_header_cb (const char *name,
                const char *value,
                gpointer    user_data)
{
  g_hash_table_insert (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
keep_request (DioMockServer     *self,
              SoupServerMessage *message)
{
  DioMockRequest *request = g_new (DioMockRequest, 1);
  GUri *uri = soup_server_message_get_uri (message);

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strconcat (g_uri_get_path (uri),
                               g_uri_get_query (uri) != NULL ? "?" : NULL,
                               g_uri_get_query (uri),
                               NULL);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message),
                                keep_header_cb, request->headers);
  request->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  request->version = soup_server_message_get_http_version (message);
  g_ptr_array_add (self->requests, request);
}

static void
copy_header_cb (const char *name,
                const char *value,
                gpointer    user_data)
{
  soup_message_headers_append (user_data, name, value);
}

static void
answer (SoupServerMessage *message,
        Reply             *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  soup_message_headers_foreach (reply->headers, copy_header_cb, headers);
  if (reply->body != NULL && g_bytes_get_size (reply->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), reply->body);
}

static gboolean
drip_cb (gpointer user_data)
{
  Drip *drip = user_data;
  gsize size;
  const char *data = g_bytes_get_data (drip->reply->body, &size);
  gsize step = MIN (drip->reply->step, size - drip->done);

  /* Who was asked may have gone. */
  if (step > 0 &&
      g_output_stream_write_all (g_io_stream_get_output_stream (drip->stream), data + drip->done, step,
                                 NULL, NULL, NULL))
    {
      drip->done += step;
      return G_SOURCE_CONTINUE;
    }

  drip->source = 0;
  g_ptr_array_remove (drip->server->drips, drip);

  return G_SOURCE_REMOVE;
}

static void
answer_raw (DioMockServer     *self,
            SoupServerMessage *message,
            Reply             *reply)
{
  Drip *drip = g_new0 (Drip, 1);

  drip->server = self;
  drip->stream = soup_server_message_steal_connection (message);
  drip->reply = reply;
  g_assert_nonnull (drip->stream);
  g_ptr_array_add (self->drips, drip);
  drip->source = g_timeout_add (reply->interval, drip_cb, drip);
}

/* The header has been read. */
static void
early_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  DioMockServer *self = user_data;
  Reply *reply = g_queue_peek_head (&self->replies);

  if (reply == NULL || (reply->kind != REPLY_UNREAD_CLOSE && reply->kind != REPLY_UNREAD_HANG))
    return;

  g_queue_pop_head (&self->replies);
  keep_request (self, message);

  if (reply->kind == REPLY_UNREAD_HANG)
    {
      soup_server_message_pause (message);
    }
  else
    {
      g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);

      g_io_stream_close (stream, NULL, NULL);
    }

  reply_free (reply);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  DioMockServer *self = user_data;
  Reply *reply = g_queue_pop_head (&self->replies);

  keep_request (self, message);

  if (reply == NULL)
    {
      g_test_message ("not expected: %s %s", soup_server_message_get_method (message), path);
      soup_server_message_set_status (message, SOUP_STATUS_NOT_IMPLEMENTED, NULL);
      return;
    }

  if (reply->kind == REPLY_RAW)
    {
      answer_raw (self, message, reply);
      return;
    }

  if (reply->kind == REPLY_HANG)
    soup_server_message_pause (message);
  else
    answer (message, reply);

  reply_free (reply);
}

static Reply *
push_reply (DioMockServer *self,
            ReplyKind      kind,
            guint          status,
            GBytes        *body)
{
  Reply *reply = g_new0 (Reply, 1);

  reply->kind = kind;
  reply->status = status;
  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  reply->body = body;
  g_queue_push_tail (&self->replies, reply);

  return reply;
}

static void
dio_mock_server_finalize (GObject *object)
{
  DioMockServer *self = DIO_MOCK_SERVER (object);

  g_ptr_array_unref (self->drips);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_queue_clear_full (&self->replies, reply_free);
  g_ptr_array_unref (self->requests);

  G_OBJECT_CLASS (dio_mock_server_parent_class)->finalize (object);
}

static void
dio_mock_server_class_init (DioMockServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_mock_server_finalize;
}

static void
dio_mock_server_init (DioMockServer *self)
{
  g_queue_init (&self->replies);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->drips = g_ptr_array_new_with_free_func (drip_free);
}

/**
 * dio_mock_server_new:
 * @certificate: (nullable): %NULL for plain http
 *
 * Returns: (transfer full): a server that listens
 */
DioMockServer *
dio_mock_server_new (GTlsCertificate *certificate)
{
  DioMockServer *self = g_object_new (DIO_TYPE_MOCK_SERVER, NULL);
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr(GError) error = NULL;

  if (certificate != NULL)
    options |= SOUP_SERVER_LISTEN_HTTPS;

  self->server = soup_server_new ("tls-certificate", certificate, "raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->server, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, options, &error);
  g_assert_no_error (error);

  return self;
}

/**
 * dio_mock_server_dup_url:
 * @self: a server
 * @path: with a slash in front
 *
 * Returns: (transfer full): its address
 */
char *
dio_mock_server_dup_url (DioMockServer *self,
                         const char    *path)
{
  GSList *uris = soup_server_get_uris (self->server);
  g_autofree char *root = g_uri_to_string (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return g_uri_resolve_relative (root, path, G_URI_FLAGS_NONE, NULL);
}

/**
 * dio_mock_server_push:
 * @self: a server
 * @status: of HTTP
 * @json: the body, which need not be JSON
 */
void
dio_mock_server_push (DioMockServer *self,
                      guint          status,
                      const char    *json)
{
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));

  dio_mock_server_push_bytes (self, status, body, "Content-Type", "application/json", NULL);
}

/**
 * dio_mock_server_push_bytes:
 * @self: a server
 * @status: of HTTP
 * @body: (nullable): the body
 * @...: names and values of headers, and %NULL
 */
void
dio_mock_server_push_bytes (DioMockServer *self,
                            guint          status,
                            GBytes        *body,
                            ...)
{
  Reply *reply = push_reply (self, REPLY_PROPER, status, body != NULL ? g_bytes_ref (body) : NULL);
  const char *name;
  va_list args;

  va_start (args, body);
  while ((name = va_arg (args, const char *)) != NULL)
    soup_message_headers_append (reply->headers, name, va_arg (args, const char *));
  va_end (args);
}

void
dio_mock_server_push_redirect (DioMockServer *self,
                               guint          status,
                               const char    *location)
{
  dio_mock_server_push_bytes (self, status, NULL, "Location", location, NULL);
}

/* Reads the request and never answers. */
void
dio_mock_server_push_hang (DioMockServer *self)
{
  push_reply (self, REPLY_HANG, 0, NULL);
}

/* Reads the request, writes @raw, and closes the connection. */
void
dio_mock_server_push_raw (DioMockServer *self,
                          const char    *raw)
{
  dio_mock_server_push_drip (self, raw, G_MAXSIZE, 0);
}

/* The same, @step bytes every @interval milliseconds. */
void
dio_mock_server_push_drip (DioMockServer *self,
                           const char    *raw,
                           gsize          step,
                           guint          interval)
{
  Reply *reply = push_reply (self, REPLY_RAW, 0, g_bytes_new (raw, strlen (raw)));

  reply->step = step;
  reply->interval = interval;
}

/* Reads the header of the request and nothing of its body; then closes the
 * connection, or waits for ever. */
void
dio_mock_server_push_unread (DioMockServer *self,
                             gboolean       hang)
{
  push_reply (self, hang ? REPLY_UNREAD_HANG : REPLY_UNREAD_CLOSE, 0, NULL);
}

/* Replies that nobody has asked for yet. */
guint
dio_mock_server_get_n_pending (DioMockServer *self)
{
  return g_queue_get_length (&self->replies);
}

guint
dio_mock_server_get_n_requests (DioMockServer *self)
{
  return self->requests->len;
}

/**
 * dio_mock_server_get_request:
 * @self: a server
 * @index: from 0, in the order they came
 *
 * Returns: (transfer none): a request that has come
 */
const DioMockRequest *
dio_mock_server_get_request (DioMockServer *self,
                             guint          index)
{
  g_assert_cmpuint (index, <, self->requests->len);

  return g_ptr_array_index (self->requests, index);
}

const char *
dio_mock_request_get_header (const DioMockRequest *request,
                             const char           *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (request->headers, key);
}

char *
dio_mock_request_dup_body (const DioMockRequest *request)
{
  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}
