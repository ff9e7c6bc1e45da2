/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message, sent and answered. Knows how far it came, tells the progress of
 * both ways, and holds the answer to its limits of length and silence. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"

/* Microseconds between two reports of progress. */
#define REPORT_INTERVAL (100 * 1000)

/* Seconds in which a connection must come to be, or a step of that. */
#define CONNECT_TIMEOUT 30

/* In so many times the silence that is allowed a block must come: who sends a
 * byte now and then is not silent, and would keep us for ever. */
#define SLOWEST 3

struct _DioHttpExchange
{
  GObject          parent_instance;

  /* Construct-only */
  SoupMessage     *message;       /* (owned) */
  char            *shown;         /* (owned): host and path, for the log */
  goffset          to_send;
  goffset          max_bytes;
  DioHttpProgress  progress;
  GCancellable    *asked;         /* (owned) (nullable): the caller's */

  /* Under way */
  GMainContext    *context;       /* (owned) (nullable): the caller's */
  GCancellable    *cancellable;   /* (owned): ours, which follows the caller's */
  GSource         *cancel_source; /* (owned) (nullable) */
  GSource         *silence;       /* (owned) (nullable): ends it when nothing happens */
  guint            timeout;       /* seconds of silence once it is connected */
  GInputStream    *stream;        /* (owned) (nullable) */
  gint64           reported_at;
  goffset          sent;
  goffset          received;
  goffset          block_start;   /* where the block begins that is waited for */
  gint64           block_time;    /* when that was */
  goffset          to_receive;    /* -1 where it is not told */
  gboolean         started;       /* bytes may be on a connection */
  gboolean         whole;         /* the answer has come to its end */
  gboolean         closed;
  GError          *failure;       /* (owned) (nullable): why we ended it ourselves */
};

G_DEFINE_FINAL_TYPE (DioHttpExchange, dio_http_exchange, G_TYPE_OBJECT)

static void
report (DioHttpExchange *self,
        gboolean         at_once)
{
  gint64 now = g_get_monotonic_time ();

  if (self->progress.func == NULL || (!at_once && now - self->reported_at < REPORT_INTERVAL))
    return;

  self->reported_at = now;
  self->progress.func (self->sent, self->to_send, self->received, self->to_receive,
                       self->progress.user_data);
}

static gboolean
is_repeatable (SoupMessage *message)
{
  const char *method = soup_message_get_method (message);

  return g_str_equal (method, "GET") || g_str_equal (method, "HEAD");
}

static const char *
get_host (DioHttpExchange *self)
{
  return g_uri_get_host (soup_message_get_uri (self->message));
}

static GError *
map_error (DioHttpExchange *self,
           const GError    *error)
{
  if (self->failure != NULL)
    return g_error_copy (self->failure);
  if (g_cancellable_is_cancelled (self->asked))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  return dio_http_error_new (self->message, error, self->started);
}

static GError *
fail_too_long (DioHttpExchange *self)
{
  return g_error_new (DIO_ERROR, DIO_ERROR_REPLY,
                      "The answer of %s is longer than %" G_GOFFSET_FORMAT " bytes",
                      get_host (self), self->max_bytes);
}

static void
destroy_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);

  g_clear_pointer (source, g_source_unref);
}

static void
return_error (GTask  *task,
              GError *error)
{
  dio_http_exchange_close (g_task_get_source_object (task));
  g_task_return_error (task, error);
}

static void
read_length (DioHttpExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  /* Of an encoded answer only the encoded length is told. */
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_one (headers, "Content-Encoding") == NULL)
    self->to_receive = soup_message_headers_get_content_length (headers);
}

static void
give_up (DioHttpExchange *self,
         GError          *error)
{
  if (self->failure == NULL)
    self->failure = g_steal_pointer (&error);

  g_clear_error (&error);
  g_cancellable_cancel (self->cancellable);
}

static gboolean
silence_cb (gpointer user_data)
{
  DioHttpExchange *self = user_data;

  give_up (self, dio_http_error_new_silent (self->message, self->started));

  return G_SOURCE_REMOVE;
}

/* When it ends if nothing more happens. */
static gint64
get_deadline (DioHttpExchange *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 seconds = self->started ? self->timeout : MIN (self->timeout, CONNECT_TIMEOUT);
  gint64 deadline = now + seconds * G_TIME_SPAN_SECOND;

  if (self->stream == NULL)
    return deadline;

  if (self->block_time == 0 || self->received - self->block_start >= DIO_HTTP_BLOCK)
    {
      self->block_start = self->received;
      self->block_time = now;
    }

  return MIN (deadline, self->block_time + SLOWEST * seconds * G_TIME_SPAN_SECOND);
}

/* Something has happened. The time-out of SoupSession is one for connecting and
 * for waiting: that no network is there must be known long before a picture has
 * to be made. That a connection becomes free is waited for without end. */
static void
break_silence (DioHttpExchange *self)
{
  if (self->silence == NULL)
    {
      self->silence = g_timeout_source_new (0);
      g_source_set_callback (self->silence, silence_cb, self, NULL);
      g_source_attach (self->silence, self->context);
    }

  g_source_set_ready_time (self->silence, get_deadline (self));
}

/* HTTP/2 is not offered. In libsoup 3.2 a stream that the server resets looks like
 * the end of a whole answer, a cancelled request may never end, and one that the
 * server hands back is sent again. */
static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  DioHttpExchange    *self)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);

  break_silence (self);
}

static void
starting_cb (SoupMessage     *message,
             DioHttpExchange *self)
{
  self->started = TRUE;
  break_silence (self);
}

/* libsoup sends a GET again when a connection that was kept open turns out to be
 * closed. libsoup 3.2 may crash over that: the end of the first attempt is told
 * when the second is under way already, which is then taken for failed. A
 * connection of its own is never found closed. */
static void
forbid_restart (DioHttpExchange *self)
{
  if (is_repeatable (self->message))
    soup_message_add_flags (self->message, SOUP_MESSAGE_NEW_CONNECTION);
}

/* What may be paid for is sent once, whatever libsoup thinks. */
static void
restarted_cb (SoupMessage     *message,
              DioHttpExchange *self)
{
  if (!is_repeatable (message))
    give_up (self, g_error_new (DIO_ERROR, DIO_ERROR_REPLY, "The connection to %s broke", get_host (self)));
}

static void
wrote_body_data_cb (SoupMessage     *message,
                    guint            size,
                    DioHttpExchange *self)
{
  self->sent += size;
  break_silence (self);
  report (self, self->sent == self->to_send);
}

static gboolean
asked_to_cancel_cb (GCancellable *asked,
                    gpointer      user_data)
{
  DioHttpExchange *self = user_data;

  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHttpExchange *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->stream == NULL)
    {
      return_error (task, map_error (self, error));
      return;
    }

  /* A proxy that opens no tunnel answers in the place of the server. */
  if (!self->started)
    {
      return_error (task, g_error_new (DIO_ERROR, DIO_ERROR_OFFLINE, "The proxy answered %u for %s",
                                       soup_message_get_status (self->message), get_host (self)));
      return;
    }

  break_silence (self);
  read_length (self);
  if (self->to_receive > self->max_bytes)
    {
      return_error (task, fail_too_long (self));
      return;
    }

  g_task_return_boolean (task, TRUE);
}

static void
end_answer (GTask  *task,
            GBytes *nothing)
{
  DioHttpExchange *self = g_task_get_source_object (task);

  /* HEAD and 304 tell the length of what they do not send. */
  if (self->to_receive >= 0 && self->received < self->to_receive && self->received > 0)
    {
      return_error (task, g_error_new (DIO_ERROR, DIO_ERROR_REPLY,
                                       "Only %" G_GOFFSET_FORMAT " of %" G_GOFFSET_FORMAT " bytes came from %s",
                                       self->received, self->to_receive, get_host (self)));
      return;
    }

  self->whole = TRUE;
  report (self, TRUE);
  g_debug ("%s %s: %u, %" G_GOFFSET_FORMAT " bytes sent, %" G_GOFFSET_FORMAT " received",
           soup_message_get_method (self->message), self->shown,
           soup_message_get_status (self->message), self->sent, self->received);
  dio_http_exchange_close (self);
  g_task_return_pointer (task, g_bytes_ref (nothing), (GDestroyNotify) g_bytes_unref);
}

static void
block_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHttpExchange *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (block == NULL)
    {
      return_error (task, map_error (self, error));
      return;
    }

  if (g_bytes_get_size (block) == 0)
    {
      end_answer (task, block);
      return;
    }

  self->received += g_bytes_get_size (block);
  break_silence (self);
  if (self->received > self->max_bytes)
    {
      return_error (task, fail_too_long (self));
      return;
    }

  report (self, FALSE);
  g_task_return_pointer (task, g_steal_pointer (&block), (GDestroyNotify) g_bytes_unref);
}

static void
dio_http_exchange_dispose (GObject *object)
{
  dio_http_exchange_close (DIO_HTTP_EXCHANGE (object));

  G_OBJECT_CLASS (dio_http_exchange_parent_class)->dispose (object);
}

static void
dio_http_exchange_finalize (GObject *object)
{
  DioHttpExchange *self = DIO_HTTP_EXCHANGE (object);

  g_clear_object (&self->message);
  g_clear_object (&self->asked);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->failure);
  g_free (self->shown);

  G_OBJECT_CLASS (dio_http_exchange_parent_class)->finalize (object);
}

static void
dio_http_exchange_class_init (DioHttpExchangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dio_http_exchange_dispose;
  object_class->finalize = dio_http_exchange_finalize;
}

static void
dio_http_exchange_init (DioHttpExchange *self)
{
  self->cancellable = g_cancellable_new ();
  self->to_receive = -1;
}

DioHttpExchange *
dio_http_exchange_new (SoupMessage     *message,
                       const char      *shown,
                       goffset          to_send,
                       goffset          max_bytes,
                       DioHttpProgress  progress,
                       GCancellable    *cancellable)
{
  DioHttpExchange *self = g_object_new (DIO_TYPE_HTTP_EXCHANGE, NULL);

  self->message = g_object_ref (message);
  forbid_restart (self);
  self->shown = g_strdup (shown);
  self->to_send = to_send;
  self->max_bytes = max_bytes;
  self->progress = progress;
  g_set_object (&self->asked, cancellable);

  return self;
}

/* Ends when the header of the answer is there. */
void
dio_http_exchange_send_async (DioHttpExchange     *self,
                              DioHttp             *http,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, dio_http_exchange_send_async);
  self->context = g_main_context_ref (g_task_get_context (task));
  self->timeout = dio_http_get_timeout (http);

  if (self->asked != NULL)
    {
      self->cancel_source = g_cancellable_source_new (self->asked);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (asked_to_cancel_cb), self, NULL);
      g_source_attach (self->cancel_source, self->context);
    }

  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (restarted_cb), self);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);

  soup_session_send_async (dio_http_get_session (http, soup_message_get_uri (self->message)), self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           sent_cb, g_steal_pointer (&task));
}

gboolean
dio_http_exchange_send_finish (DioHttpExchange *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_http_exchange_send_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The next bytes of the answer, and none at its end. */
void
dio_http_exchange_read_async (DioHttpExchange     *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, dio_http_exchange_read_async);
  g_input_stream_read_bytes_async (self->stream, DIO_HTTP_BLOCK, G_PRIORITY_DEFAULT, self->cancellable,
                                   block_read_cb, g_steal_pointer (&task));
}

GBytes *
dio_http_exchange_read_finish (DioHttpExchange *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_http_exchange_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* After this nothing is reported. Of an answer that is not whole the rest is not
 * waited for: its connection is closed. */
void
dio_http_exchange_close (DioHttpExchange *self)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);

  destroy_source (&self->cancel_source);
  destroy_source (&self->silence);

  if (self->stream != NULL)
    {
      if (!self->whole)
        g_cancellable_cancel (self->cancellable);
      g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, self->cancellable, NULL, NULL);
      g_clear_object (&self->stream);
    }
}

SoupMessage *
dio_http_exchange_get_message (DioHttpExchange *self)
{
  return self->message;
}

/* How far the request of an answer that did not come whole has come. */
DioHttpReach
dio_http_exchange_get_reach (DioHttpExchange *self)
{
  if (!self->started)
    return DIO_HTTP_NOT_SENT;

  return self->whole ? DIO_HTTP_ANSWERED : DIO_HTTP_PERHAPS_SENT;
}
