/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's dialect: what is answered. The field "status" comes before the
 * status of HTTP. */

#include "config.h"

#include "modelslab/dio-modelslab-reply.h"

#include "dio-json.h"
#include "modelslab/dio-modelslab-error-private.h"
#include "modelslab/dio-modelslab-pictures-private.h"

/* "eta" is an estimate: a question is due within these bounds. */
#define MIN_WAIT_S 2
#define MAX_WAIT_S 300

typedef enum
{
  STATUS_NONE,
  STATUS_UNDER_WAY,
  STATUS_SUCCESS,
  STATUS_FAILURE,
} Status;

static const struct
{
  const char *word;
  Status      status;
} statuses[] = {
  { "success", STATUS_SUCCESS },
  { "processing", STATUS_UNDER_WAY },
  { "queued", STATUS_UNDER_WAY },
  { "in_queue", STATUS_UNDER_WAY },
  { "pending", STATUS_UNDER_WAY },
  { "failed", STATUS_FAILURE },
  { "error", STATUS_FAILURE },
};

static Status
read_status (JsonObject *root)
{
  const char *word = dio_json_get_string (root, "status");

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_ascii_strcasecmp (statuses[i].word, word) == 0)
        return statuses[i].status;
    }

  return STATUS_NONE;
}

/* The id is preferred: an address from a reply is asked only where it must be. */
static char *
dup_remote_id (JsonObject *root)
{
  char *id = dio_wire_dup_text (root, "id");
  const char *address = dio_json_get_string (root, "fetch_result");

  if (id == NULL && address != NULL && dio_modelslab_is_address (address))
    return g_strdup (address);

  return id;
}

static DioWireReply *
make_unreadable (const DioHttpReply *reply,
                 gboolean            is_create)
{
  g_autofree char *message = g_strdup_printf ("HTTP %u without an answer of the provider", reply->status);

  return dio_wire_reply_new_unread (reply, is_create, message);
}

static DioWireReply *
make_failure (const DioHttpReply *reply,
              JsonObject         *root,
              gboolean            is_create)
{
  DioWireReply *self = dio_wire_reply_new (DIO_WIRE_FAILED);
  guint status = reply->status;
  g_autofree char *message = g_strdup_printf ("The provider reports a failure (HTTP %u)", status);
  DioError code;

  self->remote_id = dup_remote_id (root);
  self->raw = dio_modelslab_dup_words (root);
  self->wait = dio_wire_get_retry_after (reply, root);
  code = dio_modelslab_classify (status, self->raw);

  /* Its own words under a time-out do not say that the work ended. */
  if (is_create && (status == 408 || status == 504))
    code = DIO_ERROR_OUTCOME_UNKNOWN;
  dio_wire_reply_fail (self, code, code == DIO_ERROR_REFUSED ? dio_wire_describe_refusal (self->raw) : message);

  self->retryable = code == DIO_ERROR_BUSY || status == 503 ||
                    (!is_create && (status == 408 || status >= 500));
  if (is_create && code != DIO_ERROR_OUTCOME_UNKNOWN && code != DIO_ERROR_SERVER)
    self->billed = DIO_BILLED_NO;

  return self;
}

static DioWireReply *
make_under_way (const DioHttpReply *reply,
                JsonObject         *root,
                gboolean            is_create)
{
  DioWireReply *self = dio_wire_reply_new (DIO_WIRE_MAKING);
  double eta = dio_wire_get_number (root, "eta", -1);

  self->remote_id = dup_remote_id (root);
  if (eta >= 0)
    self->wait = CLAMP (eta, MIN_WAIT_S, MAX_WAIT_S);

  /* Accepted, and nothing to ask for it by. */
  if (is_create && self->remote_id == NULL)
    {
      dio_wire_reply_free (self);
      return make_unreadable (reply, TRUE);
    }

  return self;
}

static DioWireReply *
make_done (const DioHttpReply *reply,
           JsonObject         *root,
           gboolean            is_create)
{
  g_autoptr(DioWireReply) self = dio_wire_reply_new (DIO_WIRE_DONE);

  self->remote_id = dup_remote_id (root);
  self->billed = DIO_BILLED_YES;
  dio_modelslab_read_pictures (self, root);
  if (self->pictures->len > 0)
    return g_steal_pointer (&self);

  if (dio_json_get_boolean (root, "nsfw_content_detected", FALSE))
    {
      dio_wire_reply_fail (self, DIO_ERROR_REFUSED, "Done without pictures, for what is to be seen");
      return g_steal_pointer (&self);
    }

  if (is_create)
    return make_under_way (reply, root, TRUE);

  dio_wire_reply_fail (self, DIO_ERROR_REPLY, "Done without pictures");
  self->retryable = TRUE;

  return g_steal_pointer (&self);
}

/* No status, or a word that is not known: what else there is tells the state. */
static DioWireReply *
guess_state (const DioHttpReply *reply,
             JsonObject         *root,
             gboolean            is_create)
{
  g_autoptr(DioWireReply) probe = dio_wire_reply_new (DIO_WIRE_DONE);
  g_autofree char *remote_id = dup_remote_id (root);
  g_autofree char *words = dio_modelslab_dup_words (root);
  DioWireReply *self;

  if (reply->status >= 300 && words != NULL && !dio_wire_may_have_arrived (reply->status))
    return make_failure (reply, root, is_create);

  dio_modelslab_add_pictures (probe, root, "output");
  if (reply->status < 300 && probe->pictures->len > 0)
    return make_done (reply, root, is_create);
  if (reply->status < 300 && remote_id != NULL)
    return make_under_way (reply, root, is_create);

  self = make_unreadable (reply, is_create);
  self->raw = g_steal_pointer (&words);

  return self;
}

static DioWireReply *
read_reply (const DioHttpReply *reply,
            gboolean            is_create)
{
  g_autoptr(JsonNode) node = dio_wire_parse (reply, NULL);
  JsonObject *root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (root == NULL)
    return make_unreadable (reply, is_create);

  switch (read_status (root))
    {
    case STATUS_SUCCESS:
      return make_done (reply, root, is_create);

    case STATUS_UNDER_WAY:
      return make_under_way (reply, root, is_create);

    case STATUS_FAILURE:
      return make_failure (reply, root, is_create);

    case STATUS_NONE:
    default:
      return guess_state (reply, root, is_create);
    }
}

/**
 * dio_modelslab_read_create:
 * @reply: the answer to dio_modelslab_make_create(), which may be the pictures
 *
 * Returns: (transfer full): what it says; %DIO_ERROR_OUTCOME_UNKNOWN where the
 *   job may have been accepted all the same
 */
DioWireReply *
dio_modelslab_read_create (const DioHttpReply *reply)
{
  g_return_val_if_fail (reply != NULL, NULL);

  return read_reply (reply, TRUE);
}

/**
 * dio_modelslab_read_fetch:
 * @reply: the answer to dio_modelslab_make_fetch()
 *
 * A failure that is retryable is one of the question, not of the job.
 *
 * Returns: (transfer full): what it says
 */
DioWireReply *
dio_modelslab_read_fetch (const DioHttpReply *reply)
{
  g_return_val_if_fail (reply != NULL, NULL);

  return read_reply (reply, FALSE);
}

static gboolean
set_reply_error (GError **error)
{
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_REPLY, "The answer lacks what was asked for");

  return FALSE;
}

/* The body of an answer that is no job. */
static JsonNode *
read_success (const DioHttpReply  *reply,
              GError             **error)
{
  g_autoptr(JsonNode) node = dio_wire_parse (reply, error);
  g_autofree char *words = NULL;
  JsonObject *root;

  if (node == NULL)
    return NULL;

  root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (read_status (root) == STATUS_SUCCESS)
    return g_steal_pointer (&node);

  words = root != NULL ? dio_modelslab_dup_words (root) : NULL;
  if (reply->status < 300 && words == NULL && read_status (root) == STATUS_NONE)
    {
      set_reply_error (error);
      return NULL;
    }

  g_set_error (error, DIO_ERROR, dio_modelslab_classify (reply->status, words),
               "The provider reports a failure (HTTP %u)", reply->status);

  return NULL;
}

/**
 * dio_modelslab_read_upload:
 * @reply: the answer to dio_modelslab_make_upload()
 * @error: return location for an error
 *
 * Returns: (transfer full): the address that the photo has now, for a day
 */
char *
dio_modelslab_read_upload (const DioHttpReply  *reply,
                           GError             **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(DioWireReply) found = dio_wire_reply_new (DIO_WIRE_DONE);

  g_return_val_if_fail (reply != NULL, NULL);

  node = read_success (reply, error);
  if (node == NULL)
    return NULL;

  dio_modelslab_add_pictures (found, json_node_get_object (node), "output");
  if (found->pictures->len == 0)
    dio_modelslab_add_pictures (found, json_node_get_object (node), "link");

  for (guint i = 0; i < found->pictures->len; i++)
    {
      DioWirePicture *picture = g_ptr_array_index (found->pictures, i);

      if (picture->kind == DIO_WIRE_PICTURE_URL)
        return g_strdup (picture->data);
    }

  set_reply_error (error);

  return NULL;
}

/**
 * dio_modelslab_read_past_outputs:
 * @reply: the answer to dio_modelslab_make_past_outputs()
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DioWireReply): the jobs of that page
 *   that have an id, as they are told
 */
GPtrArray *
dio_modelslab_read_past_outputs (const DioHttpReply  *reply,
                                 GError             **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GPtrArray) jobs = NULL;
  JsonArray *data;

  g_return_val_if_fail (reply != NULL, NULL);

  node = read_success (reply, error);
  if (node == NULL)
    return NULL;

  data = dio_json_get_array (json_node_get_object (node), "data");
  if (data == NULL)
    {
      set_reply_error (error);
      return NULL;
    }

  jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_wire_reply_free);
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonNode *element = json_array_get_element (data, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      g_autofree char *id = dio_wire_dup_text (object, "id");
      DioWireReply *job;

      if (id == NULL)
        continue;

      job = dio_wire_reply_new (DIO_WIRE_MAKING);
      job->remote_id = g_steal_pointer (&id);
      dio_modelslab_read_pictures (job, object);
      if (job->pictures->len > 0)
        {
          job->state = DIO_WIRE_DONE;
          job->billed = DIO_BILLED_YES;
        }
      g_ptr_array_add (jobs, job);
    }

  return g_steal_pointer (&jobs);
}

/**
 * dio_modelslab_read_balance:
 * @reply: the answer to dio_modelslab_make_balance()
 * @balance: (out): what is left
 * @currency: (out) (transfer full) (nullable): of @balance, such as "USD"
 * @error: return location for an error
 *
 * Returns: whether it tells
 */
gboolean
dio_modelslab_read_balance (const DioHttpReply  *reply,
                            double              *balance,
                            char               **currency,
                            GError             **error)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *data;
  double told;

  g_return_val_if_fail (reply != NULL, FALSE);

  node = read_success (reply, error);
  if (node == NULL)
    return FALSE;

  data = dio_json_get_object (json_node_get_object (node), "data");
  /* A debt is a number too. */
  told = dio_wire_get_number (data, "balance", G_MAXDOUBLE);
  if (told == G_MAXDOUBLE)
    return set_reply_error (error);

  *balance = told;
  *currency = dio_wire_dup_text (data, "currency");

  return TRUE;
}
