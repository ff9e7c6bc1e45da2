/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and what is said to it: what is true, and then what a rule makes of
 * it. */

#include "config.h"

#include "exchange.h"

#include "fault-reply.h"
#include "json-make.h"
#include "json-photos.h"

#include "dio-json.h"

#include <string.h>

static const char *
find_own_id (Exchange *self)
{
  JsonObject *object = exchange_get_object (self);
  const char *id = dio_json_get_string (object, "external_task_id");

  if (id == NULL)
    id = dio_json_get_string (object, "track_id");
  for (guint i = 0; id == NULL && self->json != NULL && JSON_NODE_HOLDS_ARRAY (self->json) &&
                    i < json_array_get_length (json_node_get_array (self->json)); i++)
    {
      JsonNode *task = json_array_get_element (json_node_get_array (self->json), i);

      id = JSON_NODE_HOLDS_OBJECT (task) ? dio_json_get_string (json_node_get_object (task), "taskUUID") : NULL;
    }

  return id;
}

/* A create that came, and that no dialect was asked about. */
static void
note_unheard (Exchange *self)
{
  g_autofree char *error = g_strconcat ("rule: ", self->rule->name, NULL);
  LedgerCreate create = { .own_id = find_own_id (self), .error = error };

  if (g_str_equal (self->call, "create"))
    ledger_add_create (self->server->ledger, self->dialect, &create);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  exchange_end (user_data);
}

/**
 * exchange_begin:
 * @server: (transfer none): the server, which keeps it until it is over
 * @message: (transfer none): whose request has come whole; paused until it is
 *   answered
 *
 * Returns: (transfer full): an exchange
 */
Exchange *
exchange_begin (DioProviderServer *server,
                SoupServerMessage *message)
{
  Exchange *self = g_new0 (Exchange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->server = server;
  self->message = g_object_ref (message);
  self->path = g_uri_get_path (soup_server_message_get_uri (message));
  self->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  self->json = json_parse_with_photos (self->body);
  self->finished_id = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  soup_server_message_pause (message);
  g_ptr_array_add (server->exchanges, exchange_ref (self));

  return self;
}

static void
unwatch (Exchange *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

/* Nobody is there any more, or has been told; what is held is not done. */
void
exchange_end (Exchange *self)
{
  if (self->gone)
    return;

  self->gone = TRUE;
  if (self->held_by != NULL && !self->answered)
    note_unheard (self);
  unwatch (self);
  g_clear_signal_handler (&self->finished_id, self->message);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_ptr_array_remove (self->server->exchanges, self);
}

Exchange *
exchange_ref (Exchange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
exchange_unref (Exchange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->message);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_free (self->held_by);
  g_free (self);
}

/* libsoup does not look at a connection that is paused; nothing but its end is
 * to come there. */
static gboolean
hung_up_cb (GSocket      *socket,
            GIOCondition  condition,
            gpointer      user_data)
{
  g_autoptr(Exchange) self = exchange_ref (user_data);
  g_autoptr(GIOStream) stream = NULL;

  exchange_end (self);
  stream = soup_server_message_steal_connection (self->message);
  g_io_stream_close (stream, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
watch (Exchange *self)
{
  self->watch = g_socket_create_source (soup_server_message_get_socket (self->message), G_IO_IN, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (hung_up_cb), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

/* A test sees who is held, and kills or releases. */
static void
hold (Exchange *self)
{
  watch (self);
  self->held_by = g_strdup (self->rule->name);
  g_signal_emit_by_name (self->server, "held", self->held_by);
}

static void
begin (Exchange *self)
{
  gboolean true_answer = self->rule == NULL || self->rule->accept;

  if (true_answer)
    {
      self->answered = TRUE;
      self->answer (self);
    }
  else if (self->rule->action == ACTION_HOLD)
    {
      hold (self);
    }
  else
    {
      note_unheard (self);
      fault_reply (self);
    }
}

static gboolean
delayed_cb (gpointer user_data)
{
  g_autoptr(Exchange) self = exchange_ref (user_data);

  self->delay_id = 0;
  begin (self);

  return G_SOURCE_REMOVE;
}

/**
 * exchange_start:
 * @self: an exchange
 * @dialect: whose
 * @call: what is asked
 * @answer: does it
 */
void
exchange_start (Exchange     *self,
                const char   *dialect,
                const char   *call,
                ExchangeFunc  answer)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));
  g_autofree char *path = g_strconcat (self->path, query != NULL ? "?" : NULL, query, NULL);
  Asked asked = { dialect, call, soup_server_message_get_method (self->message), path, self->body };

  self->dialect = dialect;
  self->call = call;
  self->answer = answer;
  ledger_add_request (self->server->ledger, dialect, call, g_bytes_get_size (self->body));
  self->rule = faults_find (self->server->faults, &asked);

  if (self->rule != NULL && self->rule->delay > 0)
    self->delay_id = g_timeout_add (self->rule->delay, delayed_cb, self);
  else
    begin (self);
}

/* Says what @status and @reply are, whole. */
void
exchange_send (Exchange *self)
{
  if (self->gone)
    return;

  soup_server_message_set_status (self->message, self->status, NULL);
  if (self->type != NULL)
    exchange_set_header (self, "Content-Type", self->type);
  if (self->reply != NULL && g_bytes_get_size (self->reply) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), self->reply);
  soup_server_message_unpause (self->message);
}

static void
set_date (Exchange *self)
{
  int offset = settings_get_int (server_settings (self->server), "clock");
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (server_now (self->server));
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  if (offset != 0)
    exchange_set_header (self, "Date", date);
}

/**
 * exchange_reply_bytes:
 * @self: an exchange
 * @status: of HTTP
 * @bytes: (transfer full) (nullable): what is true
 * @type: (nullable): of @bytes
 *
 * Ends it, with what the rule makes of the answer.
 */
void
exchange_reply_bytes (Exchange   *self,
                      guint       status,
                      GBytes     *bytes,
                      const char *type)
{
  self->status = status;
  g_clear_pointer (&self->reply, g_bytes_unref);
  self->reply = bytes;
  self->type = type;
  set_date (self);

  if (self->rule == NULL || self->rule->action <= ACTION_DUPLICATE || self->held_by != NULL)
    exchange_send (self);
  else if (self->rule->action == ACTION_HOLD)
    hold (self);
  else
    fault_reply (self);
}

/**
 * exchange_reply:
 * @self: an exchange
 * @status: of HTTP
 * @object: (transfer full): what is true
 */
void
exchange_reply (Exchange   *self,
                guint       status,
                JsonObject *object)
{
  g_autoptr(JsonNode) node = object_to_node (object);

  exchange_reply_bytes (self, status, json_to_bytes (node), "application/json");
}

/* Goes on where it was held: with what was done before, or by doing it now. */
void
exchange_release (Exchange *self)
{
  if (self->gone)
    return;

  unwatch (self);
  if (self->answered)
    {
      exchange_send (self);
      return;
    }

  self->answered = TRUE;
  self->answer (self);
}

/**
 * exchange_get_object:
 * @self: an exchange
 *
 * Returns: (transfer none) (nullable): the request, where it is an object
 */
JsonObject *
exchange_get_object (Exchange *self)
{
  return self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json) ? json_node_get_object (self->json) : NULL;
}

/**
 * exchange_get_bearer:
 * @self: an exchange
 *
 * Returns: (nullable): the key or token in its header; empty where the header
 *   says something else
 */
const char *
exchange_get_bearer (Exchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value == NULL)
    return NULL;

  return g_str_has_prefix (value, "Bearer ") ? value + strlen ("Bearer ") : "";
}

gboolean
exchange_is_shaped (Exchange *self,
                    Action    action)
{
  return self->rule != NULL && self->rule->action == action;
}

/* Refused before there is a job, for its "prompt" or a "reference". */
gboolean
exchange_is_refused (Exchange   *self,
                     const char *what)
{
  return exchange_is_shaped (self, ACTION_REFUSE) && g_strcmp0 (self->rule->what, what) == 0;
}

/* What the settings and the rule make of a new job. */
void
exchange_shape_job (Exchange *self,
                    Job      *job)
{
  Settings *settings = server_settings (self->server);

  job->queue_polls = settings_get_int (settings, "queue-polls");
  job->queue_seconds = settings_get_int (settings, "queue-seconds");
  job->life = settings_get_int (settings, "result-seconds");

  if (exchange_is_shaped (self, ACTION_QUEUE))
    job->queue_polls = self->rule->polls;
  if (exchange_is_refused (self, "output"))
    job->refused = g_strdup ("output");
  if (exchange_is_shaped (self, ACTION_PARTIAL))
    job->missing = self->rule->count;
  job->fails = exchange_is_shaped (self, ACTION_FAIL);
  job->twice = exchange_is_shaped (self, ACTION_DUPLICATE);
}

void
exchange_set_header (Exchange   *self,
                     const char *name,
                     const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name, value);
}
