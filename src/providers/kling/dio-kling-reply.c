/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's dialect, and those of its resellers: what is answered. Every member is
 * looked for where any of them is known to put it. */

#include "config.h"

#include "kling/dio-kling-reply.h"

#include "dio-json.h"
#include "kling/dio-kling-error-private.h"

#include <string.h>

static const struct
{
  const char   *word;
  DioWireState  state;
} states[] = {
  { "submitted", DIO_WIRE_WAITING },
  { "queued", DIO_WIRE_WAITING },
  { "pending", DIO_WIRE_WAITING },
  { "not_start", DIO_WIRE_WAITING },
  { "processing", DIO_WIRE_MAKING },
  { "in_progress", DIO_WIRE_MAKING },
  { "running", DIO_WIRE_MAKING },
  { "succeed", DIO_WIRE_DONE },
  { "succeeded", DIO_WIRE_DONE },
  { "success", DIO_WIRE_DONE },
  { "completed", DIO_WIRE_DONE },
  { "failed", DIO_WIRE_FAILED },
  { "failure", DIO_WIRE_FAILED },
  { "fail", DIO_WIRE_FAILED },
  { "error", DIO_WIRE_FAILED },
  { "cancelled", DIO_WIRE_FAILED },
  { "expired", DIO_WIRE_FAILED },
};

static gboolean
read_state (JsonObject   *task,
            DioWireState *state)
{
  const char *word = dio_json_get_string (task, "task_status");

  if (word == NULL)
    word = dio_json_get_string (task, "status");

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (g_ascii_strcasecmp (states[i].word, word) == 0)
        {
          *state = states[i].state;
          return TRUE;
        }
    }

  return FALSE;
}

static JsonObject *
find_task (JsonObject *root)
{
  JsonObject *data = dio_json_get_object (root, "data");

  return data != NULL ? data : root;
}

static char *
dup_task_id (JsonObject *task)
{
  char *id = dio_wire_dup_text (task, "task_id");

  return id != NULL ? id : dio_wire_dup_text (task, "id");
}

static gboolean
is_taken (DioWireReply *self,
          guint         index)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      if (((DioWirePicture *) g_ptr_array_index (self->pictures, i))->index == index)
        return TRUE;
    }

  return FALSE;
}

/* An index that is missing, absurd or told twice is that of the first free place. */
static guint
choose_index (DioWireReply *self,
              gint64        told,
              guint         n_pictures)
{
  guint index = 0;

  if (told >= 0 && told < n_pictures && !is_taken (self, told))
    return told;

  while (is_taken (self, index))
    index++;

  return index;
}

/* What is told twice is one picture, with one share of the price. */
static gboolean
is_listed (DioWireReply *self,
           const char   *url)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      if (g_strcmp0 (((DioWirePicture *) g_ptr_array_index (self->pictures, i))->data, url) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_picture (DioWireReply *self,
             const char   *url,
             JsonObject   *image,
             guint         n_pictures)
{
  guint index;
  DioWirePicture *picture;

  if (url == NULL || strstr (url, "://") == NULL || is_listed (self, url))
    return;

  index = choose_index (self, dio_json_get_integer (image, "index", -1), n_pictures);
  picture = dio_wire_reply_add (self, DIO_WIRE_PICTURE_URL, url);
  picture->index = index;
  picture->id = dio_wire_dup_text (image, "id");
}

static void
add_pictures (DioWireReply *self,
              JsonArray    *images)
{
  guint n_images = images != NULL ? json_array_get_length (images) : 0;

  for (guint i = 0; i < n_images; i++)
    {
      JsonNode *node = json_array_get_element (images, i);
      JsonObject *image = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *url = dio_json_get_string (image, "url");

      /* A picture with a mark on it is still one that was paid. */
      if (url == NULL)
        url = dio_json_get_string (image, "watermark_url");
      if (image == NULL && JSON_NODE_HOLDS_VALUE (node))
        url = json_node_get_string (node);

      add_picture (self, url, image, n_images);
    }
}

static void
find_pictures (DioWireReply *self,
               JsonObject   *task)
{
  JsonObject *result = dio_json_get_object (task, "task_result");

  add_pictures (self, dio_json_get_array (result, "images"));
  if (self->pictures->len == 0)
    add_pictures (self, dio_json_get_array (result, "series_images"));
  if (self->pictures->len == 0)
    add_picture (self, dio_json_get_string (result, "url"), NULL, 1);
  if (self->pictures->len == 0)
    add_picture (self, dio_json_get_string (task, "url"), NULL, 1);
}

/* The units are those of the whole task; a picture has its share. While a task is
 * made, none are deducted yet: that says nothing. */
static void
read_cost (DioWireReply *self,
           JsonObject   *task)
{
  double units = dio_wire_get_number (task, "final_unit_deduction", -1);

  if (units < 0)
    return;

  if (units > 0)
    self->billed = DIO_BILLED_YES;
  else if (self->state == DIO_WIRE_DONE || self->state == DIO_WIRE_FAILED)
    self->billed = DIO_BILLED_NO;
  g_free (self->currency);
  self->currency = g_strdup ("units");
  for (guint i = 0; i < self->pictures->len; i++)
    ((DioWirePicture *) g_ptr_array_index (self->pictures, i))->cost = units / self->pictures->len;
}

/* "45%" or 45 */
static double
read_progress (JsonObject *task)
{
  g_autofree char *text = dio_wire_dup_text (task, "progress");
  char *end = NULL;
  double percent;

  if (text == NULL)
    return -1;

  percent = g_ascii_strtod (text, &end);
  if (end == text || percent < 0 || percent > 100 || (*end != '\0' && *end != '%'))
    return -1;

  return percent / 100;
}

static void
fail_task (DioWireReply *self,
           JsonObject   *task)
{
  self->raw = dio_kling_dup_words (task);
  if (dio_kling_is_refusal (self->raw))
    dio_wire_reply_fail (self, DIO_ERROR_REFUSED, dio_wire_describe_refusal (self->raw));
  else
    dio_wire_reply_fail (self, DIO_ERROR_SERVER, "The task failed");
}

/* A time-out of theirs says that work was begun, not that it ended; and when a
 * gateway fails, the platform behind it may not have. */
static gboolean
may_be_made (const DioKlingFailure *failure,
             guint                  status)
{
  if (failure->code >= 1000)
    return failure->code == 5002;

  return (failure->error == DIO_ERROR_SERVER || failure->error == DIO_ERROR_TIMEOUT) &&
         status != 503 && failure->code != 503;
}

static DioWireReply *
read_failure (const DioHttpReply    *reply,
              JsonObject            *root,
              const DioKlingFailure *failure,
              gboolean               is_create)
{
  DioWireReply *self = dio_wire_reply_new (DIO_WIRE_FAILED);
  guint status = reply->status;
  g_autofree char *words = dio_kling_dup_words (root);
  const char *reason = failure->error == DIO_ERROR_REFUSED ? dio_wire_describe_refusal (words) : failure->message;
  g_autofree char *message =
    g_strdup_printf ("%s (HTTP %u, code %" G_GINT64_FORMAT ")", reason, status, failure->code);
  gboolean is_unknown;

  dio_wire_reply_fail (self, failure->error, message);
  self->raw = g_steal_pointer (&words);
  self->wait = dio_wire_get_retry_after (reply, NULL);
  if (!is_create)
    {
      self->retryable = failure->again != DIO_KLING_NEVER;
      return self;
    }

  is_unknown = may_be_made (failure, status);
  if (is_unknown)
    dio_wire_reply_fail (self, DIO_ERROR_OUTCOME_UNKNOWN, message);

  self->retryable = !is_unknown && failure->again == DIO_KLING_LATER;
  if (!is_unknown && failure->again != DIO_KLING_ASK)
    self->billed = DIO_BILLED_NO;

  return self;
}

static DioWireReply *
make_unreadable (const DioHttpReply *reply,
                 gboolean            is_create)
{
  g_autofree char *message = g_strdup_printf ("HTTP %u without a task", reply->status);

  return dio_wire_reply_new_unread (reply, is_create, message);
}

static DioWireReply *
read_task (const DioHttpReply *reply,
           JsonObject         *root,
           gboolean            is_create)
{
  g_autoptr(DioWireReply) self = dio_wire_reply_new (DIO_WIRE_WAITING);
  JsonObject *task = find_task (root);
  gboolean has_state = read_state (task, &self->state);

  self->remote_id = dup_task_id (task);
  self->progress = read_progress (task);
  find_pictures (self, task);
  if (!has_state && self->pictures->len > 0)
    self->state = DIO_WIRE_DONE;
  else if (!has_state && !is_create)
    self->state = DIO_WIRE_MAKING;

  if (self->state == DIO_WIRE_DONE)
    self->billed = DIO_BILLED_YES;
  read_cost (self, task);

  if (self->state == DIO_WIRE_FAILED)
    fail_task (self, task);
  else if (self->remote_id == NULL && self->pictures->len == 0 && (is_create || !has_state))
    return make_unreadable (reply, is_create);
  else if (self->state == DIO_WIRE_DONE && self->pictures->len == 0)
    {
      /* A create that is done at once, without its pictures, is asked for them. */
      if (is_create)
        self->state = DIO_WIRE_MAKING;
      else
        dio_wire_reply_fail (self, DIO_ERROR_REPLY, "The task is done and has no pictures");
      self->retryable = !is_create;
    }

  return g_steal_pointer (&self);
}

static DioWireReply *
read_reply (const DioHttpReply *reply,
            gboolean            is_create)
{
  g_autoptr(JsonNode) node = dio_wire_parse (reply, NULL);
  DioKlingFailure failure;
  JsonObject *root;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return make_unreadable (reply, is_create);

  root = json_node_get_object (node);
  if (dio_kling_find_failure (root, reply->status, &failure))
    return read_failure (reply, root, &failure, is_create);

  return read_task (reply, root, is_create);
}

/**
 * dio_kling_read_create:
 * @reply: the answer to dio_kling_make_create()
 *
 * Returns: (transfer full): what it says; %DIO_ERROR_OUTCOME_UNKNOWN where the
 *   task may have been made all the same
 */
DioWireReply *
dio_kling_read_create (const DioHttpReply *reply)
{
  g_return_val_if_fail (reply != NULL, NULL);

  return read_reply (reply, TRUE);
}

/**
 * dio_kling_read_query:
 * @reply: the answer to dio_kling_make_query()
 *
 * A failure that is retryable is one of the question, not of the task.
 *
 * Returns: (transfer full): what it says
 */
DioWireReply *
dio_kling_read_query (const DioHttpReply *reply)
{
  g_return_val_if_fail (reply != NULL, NULL);

  return read_reply (reply, FALSE);
}

static gboolean
read_failure_of (const DioHttpReply *reply,
                 DioKlingFailure    *failure)
{
  g_autoptr(JsonNode) node = dio_wire_parse (reply, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
         dio_kling_find_failure (json_node_get_object (node), reply->status, failure);
}

/**
 * dio_kling_read_test:
 * @reply: the answer to dio_kling_make_test()
 *
 * Returns: what it says of the key
 */
DioKeyVerdict
dio_kling_read_test (const DioHttpReply *reply)
{
  DioKlingFailure failure;

  g_return_val_if_fail (reply != NULL, DIO_KEY_UNKNOWN);

  /* A page that says 404 may be that of quite another server. */
  if (!read_failure_of (reply, &failure))
    return reply->status == 401 ? DIO_KEY_REFUSED : DIO_KEY_UNKNOWN;

  if (failure.error == DIO_ERROR_AUTH)
    return DIO_KEY_REFUSED;

  /* Parameters, and whether a task exists, are looked at behind the key. */
  if (failure.error == DIO_ERROR_NOT_FOUND || (failure.code >= 1200 && failure.code < 1300))
    return DIO_KEY_ACCEPTED;

  return DIO_KEY_UNKNOWN;
}

/**
 * dio_kling_tells_clock:
 * @reply: an answer
 *
 * Returns: whether it refuses a token for its time, so that one with the
 *   server's clock may be taken; see dio_kling_jwt_read_clock()
 */
gboolean
dio_kling_tells_clock (const DioHttpReply *reply)
{
  DioKlingFailure failure;

  g_return_val_if_fail (reply != NULL, FALSE);

  return read_failure_of (reply, &failure) && (failure.code == 1003 || failure.code == 1004);
}
