/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of Runware: what the answers mean. A task's pictures come one by
 * one, in any mixture with errors; what is good in a reply is always kept. */

#include "config.h"

#include "runware/dio-runware-wire.h"

#include "runware/dio-runware-problem-private.h"

#include "dio-json.h"

#include <string.h>

#define CURRENCY "USD"

/**
 * Reading:
 * @task_id: given: the task that is asked about
 * @n_expected: given: how many pictures it makes
 * @status: given: of HTTP
 * @seen: under way (element-type utf8): ids of pictures that were met
 * @n_waiting: under way: items that only say that the task was accepted
 * @n_alive: under way: items that are being made, without the former
 * @n_items: under way: items met, each picture once
 * @progress: under way: the sum of what items tell of theirs, each up to 1
 * @problem: result (nullable): the first, which tells why
 * @reply: result
 */
typedef struct
{
  const char        *task_id;
  guint              n_expected;
  guint              status;
  GHashTable        *seen;
  guint              n_waiting;
  guint              n_alive;
  guint              n_items;
  double             progress;
  DioRunwareProblem *problem;
  DioWireReply      *reply;
} Reading;

static void
reading_init (Reading    *self,
              DioRequest *request,
              guint       status)
{
  *self = (Reading) {
    .task_id = dio_request_get_id (request),
    .n_expected = dio_request_get_count (request),
    .status = status,
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .progress = 0,
    .reply = dio_wire_reply_new (DIO_WIRE_MAKING),
  };
  self->reply->remote_id = g_strdup (self->task_id);
}

static DioWireReply *
reading_end (Reading *self)
{
  g_hash_table_unref (self->seen);
  g_clear_pointer (&self->problem, dio_runware_problem_free);

  return self->reply;
}

static void
take_problem (Reading           *self,
              DioRunwareProblem *problem)
{
  if (self->problem == NULL)
    self->problem = problem;
  else
    dio_runware_problem_free (problem);
}

static void
take_failure (Reading           *self,
              DioRunwareProblem *problem)
{
  self->reply->n_failed++;
  take_problem (self, problem);
}

static const char *
find_picture (JsonObject         *item,
              DioWirePictureKind *kind)
{
  static const struct
  {
    const char         *member;
    DioWirePictureKind  kind;
  } members[] = {
    { "imageURL", DIO_WIRE_PICTURE_URL },
    { "imageBase64Data", DIO_WIRE_PICTURE_BASE64 },
    { "imageDataURI", DIO_WIRE_PICTURE_BASE64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *data = dio_json_get_string (item, members[i].member);

      if (data != NULL && *data != '\0')
        {
          *kind = members[i].kind;
          return data;
        }
    }

  return NULL;
}

/* Items come in a stable order, so their position is the picture's. */
static void
add_picture (Reading            *self,
             JsonObject         *item,
             DioWirePictureKind  kind,
             const char         *data)
{
  DioWirePicture *picture = dio_wire_reply_add (self->reply, kind, data);

  picture->id = dio_wire_dup_text (item, "imageUUID");
  picture->index = self->n_items - 1;
  picture->seed = MAX (dio_json_get_integer (item, "seed", -1), -1);
  picture->cost = dio_wire_get_number (item, "cost", -1);

  if (picture->cost >= 0 && self->reply->currency == NULL)
    self->reply->currency = g_strdup (CURRENCY);
}

static gboolean
is_repeated (Reading    *self,
             JsonObject *item)
{
  char *id = dio_wire_dup_text (item, "imageUUID");

  return id != NULL && !g_hash_table_add (self->seen, id);
}

static gboolean
says_error (JsonObject *item)
{
  const char *status = dio_json_get_string (item, "status");

  if (status != NULL)
    return g_ascii_strcasecmp (status, "error") == 0 || g_ascii_strcasecmp (status, "failed") == 0;

  return dio_json_get_object (item, "error") != NULL;
}

/* The error is in a member of its own, or the item itself is one. */
static DioRunwareProblem *
read_item_problem (Reading    *self,
                   JsonObject *item,
                   JsonNode   *node)
{
  JsonNode *error = json_object_get_member (item, "error");

  if (error != NULL && !JSON_NODE_HOLDS_NULL (error) && !JSON_NODE_HOLDS_ARRAY (error))
    return dio_runware_problem_read (error, self->status);

  return dio_runware_problem_read (node, self->status);
}

static DioRunwareProblem *
new_problem (DioError    error,
             const char *words)
{
  DioRunwareProblem *problem = dio_runware_problem_read (NULL, 0);

  g_free (problem->code);
  problem->code = g_strdup (words);
  problem->error = error;

  return problem;
}

static void
read_item (Reading  *self,
           JsonNode *node)
{
  JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  DioWirePictureKind kind = DIO_WIRE_PICTURE_URL;
  const char *status = dio_json_get_string (item, "status");
  const char *picture;

  if (item == NULL || dio_runware_is_other_task (item, self->task_id) || is_repeated (self, item))
    return;

  self->n_items++;
  picture = find_picture (item, &kind);

  if (says_error (item))
    take_failure (self, read_item_problem (self, item, node));
  else if (picture != NULL)
    add_picture (self, item, kind, picture);
  else if (g_strcmp0 (status, "success") == 0)
    take_failure (self, new_problem (DIO_ERROR_REPLY, "a success without a picture"));
  else if (status == NULL)
    self->n_waiting++;
  else
    {
      self->n_alive++;
      self->progress += CLAMP (dio_wire_get_number (item, "progress", 0), 0, 100) / 100;
    }
}

/* A list of items, or the only one. */
static void
read_items (Reading  *self,
            JsonNode *data)
{
  JsonArray *array;

  if (data == NULL)
    return;

  if (!JSON_NODE_HOLDS_ARRAY (data))
    {
      read_item (self, data);
      return;
    }

  array = json_node_get_array (data);
  for (guint i = 0; i < json_array_get_length (array); i++)
    read_item (self, json_array_get_element (array, i));
}

static JsonNode *
find_data (JsonNode *root)
{
  if (JSON_NODE_HOLDS_OBJECT (root))
    return json_object_get_member (json_node_get_object (root), "data");

  return root;
}

static void
tell_problem (Reading *self)
{
  DioWireReply *reply = self->reply;

  if (self->problem == NULL)
    return;

  g_clear_error (&reply->error);
  reply->error = dio_runware_problem_to_error (self->problem);
  g_free (reply->raw);
  reply->raw = g_strdup (self->problem->text);
}

/* The task ended without a picture. */
static void
end_failed (Reading *self)
{
  self->reply->state = DIO_WIRE_FAILED;
  self->reply->n_failed = MAX (self->reply->n_failed, self->n_expected);
  self->reply->billed = self->problem != NULL ? self->problem->billed : DIO_WIRE_BILLED_UNKNOWN;
  tell_problem (self);
}

/* A task is complete when as many items as were asked for have ended. Where all
 * that is left are errors it has ended too: nothing is being made. A picture
 * beside errors, with others not yet spoken of, is waited on: they are paid. */
static void
conclude (Reading *self)
{
  DioWireReply *reply = self->reply;
  guint n_pictures = reply->pictures->len;
  guint n_ended = n_pictures + reply->n_failed;
  gboolean is_quiet = self->n_alive + self->n_waiting == 0;

  if (n_pictures > 0)
    reply->billed = DIO_WIRE_BILLED_YES;

  if (n_pictures == 0 && reply->n_failed > 0 && (is_quiet || n_ended >= self->n_expected))
    {
      end_failed (self);
      return;
    }

  tell_problem (self);
  if (n_pictures > 0 && n_ended >= self->n_expected)
    reply->state = DIO_WIRE_DONE;
  else
    reply->state = self->n_alive + n_ended > 0 ? DIO_WIRE_MAKING : DIO_WIRE_WAITING;

  if (n_ended > 0 || self->progress > 0)
    reply->progress = MIN ((n_ended + self->progress) / self->n_expected, 1);
}

static double
get_retry_after (const DioHttpReply *reply)
{
  const char *text = reply->headers != NULL ? g_hash_table_lookup (reply->headers, "retry-after") : NULL;
  guint64 seconds;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, 3600, &seconds, NULL))
    return -1;

  return seconds;
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

/* A create without an answer that can be read: what became of it? */
static void
end_unread_create (Reading *self)
{
  DioWireReply *reply = self->reply;

  if (is_success (self->status) || dio_wire_may_have_arrived (self->status))
    {
      dio_wire_reply_fail (reply, DIO_ERROR_OUTCOME_UNKNOWN, "the answer to a create says nothing");
      return;
    }

  dio_wire_reply_fail (reply, dio_wire_classify_status (self->status), "the server refuses without words");
  reply->retryable = self->status == 429 || self->status == 503;
  reply->billed = DIO_WIRE_BILLED_NO;
}

static void
end_refused_create (Reading *self)
{
  DioRunwareProblem *problem = self->problem;

  /* The server has it from an earlier attempt: as good as accepted. */
  if (dio_runware_problem_is_duplicate (problem))
    {
      self->reply->state = DIO_WIRE_WAITING;
      return;
    }

  end_failed (self);
  self->reply->retryable = problem->retryable;

  /* Somebody lost patience; the work may go on. */
  if (problem->error == DIO_ERROR_TIMEOUT)
    dio_wire_reply_fail (self->reply, DIO_ERROR_OUTCOME_UNKNOWN, "the server ran out of time over a create");
}

static void
take_problems (Reading   *self,
               GPtrArray *problems)
{
  while (problems->len > 0)
    take_problem (self, g_ptr_array_steal_index (problems, 0));
}

static void
read_create (Reading  *self,
             JsonNode *root)
{
  g_autoptr(GPtrArray) problems = NULL;

  if (root == NULL)
    {
      end_unread_create (self);
      return;
    }

  read_items (self, find_data (root));
  problems = dio_runware_read_problems (root, self->task_id, self->status);

  if (self->n_items > 0)
    {
      self->reply->n_failed += problems->len;
      take_problems (self, problems);
      conclude (self);
    }
  else if (problems->len > 0)
    {
      take_problems (self, problems);
      end_refused_create (self);
    }
  else
    {
      end_unread_create (self);
    }
}

/**
 * dio_runware_read_create:
 * @reply: the answer to dio_runware_make_create()
 * @request: what was asked
 *
 * %DIO_ERROR_OUTCOME_UNKNOWN says that the task may be at work all the same; a
 * getResponse for it is free and tells.
 *
 * Returns: (transfer full): what became of it; pictures are there already where
 *   the model answers at once
 */
DioWireReply *
dio_runware_read_create (const DioHttpReply *reply,
                         DioRequest         *request)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, NULL);
  Reading reading;

  reading_init (&reading, request, reply->status);
  read_create (&reading, root);
  reading.reply->wait = get_retry_after (reply);

  return reading_end (&reading);
}

/* The question failed, which says nothing of the task: it is as it was. */
static void
end_unanswered (Reading  *self,
                DioError  code,
                const char *message)
{
  dio_wire_reply_fail (self->reply, code, message);
  self->reply->state = DIO_WIRE_MAKING;
}

/* What went wrong at the server may be the task or the question after it; a
 * question is free, so it is asked again in doubt. */
static gboolean
is_about_question (Reading           *self,
                   DioRunwareProblem *problem)
{
  gboolean names_question = g_strcmp0 (problem->task_type, "getResponse") == 0 ||
                            g_strcmp0 (problem->task_type, "getTaskDetails") == 0;

  if (problem->is_of_picture)
    return FALSE;
  if (problem->error == DIO_ERROR_BUSY || problem->error == DIO_ERROR_AUTH ||
      problem->error == DIO_ERROR_PERMISSION)
    return TRUE;
  if (problem->error == DIO_ERROR_SERVER || problem->error == DIO_ERROR_INVALID)
    return self->status >= 500 || names_question;

  return problem->error == DIO_ERROR_TIMEOUT && self->status >= 500;
}

static void
read_problems_of_answer (Reading   *self,
                         GPtrArray *problems)
{
  DioRunwareProblem *first = g_ptr_array_index (problems, 0);

  if (self->n_items == 0 && is_about_question (self, first))
    {
      g_autofree char *message = dio_runware_problem_dup_message (first);

      end_unanswered (self, first->error, message);
      self->reply->raw = g_strdup (first->text);
      return;
    }

  self->reply->n_failed += problems->len;
  take_problems (self, problems);
  conclude (self);
}

static void
end_unread_answer (Reading *self)
{
  if (is_success (self->status))
    end_unanswered (self, DIO_ERROR_REPLY, "the answer says nothing of the task");
  else
    end_unanswered (self, dio_wire_classify_status (self->status), "the server answers without words");
}

static void
read_answer (Reading  *self,
             JsonNode *root)
{
  g_autoptr(GPtrArray) problems = NULL;

  if (root == NULL)
    {
      end_unread_answer (self);
      return;
    }

  read_items (self, find_data (root));
  problems = dio_runware_read_problems (root, self->task_id, self->status);

  if (problems->len > 0)
    read_problems_of_answer (self, problems);
  else if (self->n_items > 0)
    conclude (self);
  else
    end_unread_answer (self);
}

/**
 * dio_runware_read_get_response:
 * @reply: the answer to dio_runware_make_get_response()
 * @request: what was asked
 *
 * Where the question itself failed, the state is %DIO_WIRE_MAKING with an error:
 * the task is as it was, and may be asked for again. A task that the server does
 * not know has failed with %DIO_ERROR_NOT_FOUND. Across replies a picture is
 * known by its id.
 *
 * Returns: (transfer full): how far the task is, with all pictures by now
 */
DioWireReply *
dio_runware_read_get_response (const DioHttpReply *reply,
                               DioRequest         *request)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, NULL);
  Reading reading;

  reading_init (&reading, request, reply->status);
  read_answer (&reading, root);
  reading.reply->wait = get_retry_after (reply);

  return reading_end (&reading);
}

/* The reply of then, whole, stands inside the item. */
static JsonNode *
find_archived (JsonNode   *root,
               const char *task_id)
{
  JsonNode *data = find_data (root);
  JsonArray *array = data != NULL && JSON_NODE_HOLDS_ARRAY (data) ? json_node_get_array (data) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 1;

  for (guint i = 0; data != NULL && i < n; i++)
    {
      JsonNode *node = array != NULL ? json_array_get_element (array, i) : data;
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *response = item != NULL ? json_object_get_member (item, "response") : NULL;

      if (response != NULL && !dio_runware_is_other_task (item, task_id) &&
          (JSON_NODE_HOLDS_OBJECT (response) || JSON_NODE_HOLDS_ARRAY (response)))
        return response;
    }

  return NULL;
}

static void
read_archived (Reading  *self,
               JsonNode *response)
{
  g_autoptr(GPtrArray) problems = dio_runware_read_problems (response, self->task_id, self->status);

  read_items (self, find_data (response));
  self->reply->n_failed += problems->len;
  take_problems (self, problems);

  if (self->n_items == 0 && self->reply->n_failed == 0)
    {
      end_unread_answer (self);
      return;
    }

  /* Nothing will be added to a reply of the past. */
  if (self->reply->pictures->len > 0 && self->n_alive + self->n_waiting == 0)
    self->reply->n_failed = self->n_expected - MIN (self->n_expected, self->reply->pictures->len);
  conclude (self);
}

/**
 * dio_runware_read_task_details:
 * @reply: the answer to dio_runware_make_task_details()
 * @request: what was asked
 *
 * Returns: (transfer full): as dio_runware_read_get_response(), from the archive
 *   of earlier tasks
 */
DioWireReply *
dio_runware_read_task_details (const DioHttpReply *reply,
                               DioRequest         *request)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, NULL);
  Reading reading;
  JsonNode *response;

  reading_init (&reading, request, reply->status);
  response = root != NULL ? find_archived (root, reading.task_id) : NULL;

  if (response != NULL)
    {
      read_archived (&reading, response);
    }
  else if (root != NULL)
    {
      g_autoptr(GPtrArray) problems = dio_runware_read_problems (root, reading.task_id, reply->status);

      if (problems->len > 0)
        read_problems_of_answer (&reading, problems);
      else
        end_unread_answer (&reading);
    }
  else
    {
      end_unread_answer (&reading);
    }
  reading.reply->wait = get_retry_after (reply);

  return reading_end (&reading);
}
