/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of Runware: what the answers about a task mean. */

#include "config.h"

#include "runware/dio-runware-wire.h"

#include "runware/dio-runware-reading-private.h"

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

/* A create without an answer that can be read: what became of it? */
static void
end_unread_create (DioRunwareReading *self)
{
  DioWireReply *reply = self->reply;

  if (is_success (self->status) || dio_wire_may_have_arrived (self->status))
    {
      dio_wire_reply_fail (reply, DIO_ERROR_OUTCOME_UNKNOWN, "the answer to a create says nothing");
      return;
    }

  dio_wire_reply_fail (reply, dio_wire_classify_status (self->status), "the server refuses without words");
  reply->retryable = self->status == 429 || self->status == 503;
  reply->billed = DIO_BILLED_NO;
}

static void
end_refused_create (DioRunwareReading *self)
{
  DioRunwareProblem *problem = self->problem;

  /* The server has it from an earlier attempt: as good as accepted. */
  if (dio_runware_problem_is_duplicate (problem))
    {
      self->reply->state = DIO_WIRE_WAITING;
      return;
    }

  dio_runware_reading_end_failed (self);
  self->reply->retryable = problem->retryable;

  /* Somebody lost patience; the work may go on. */
  if (problem->error == DIO_ERROR_TIMEOUT ||
      (!problem->is_known && dio_wire_may_have_arrived (self->status)))
    dio_wire_reply_fail (self->reply, DIO_ERROR_OUTCOME_UNKNOWN, "the server ran out of time over a create");
}

static void
read_create (DioRunwareReading *self,
             JsonNode          *root)
{
  g_autoptr(GPtrArray) problems = NULL;

  if (root == NULL)
    {
      end_unread_create (self);
      return;
    }

  dio_runware_reading_take_items (self, root);
  problems = dio_runware_read_problems (root, self->task_id, self->status);

  if (self->n_items > 0)
    {
      self->reply->n_failed += problems->len;
      dio_runware_reading_take_problems (self, problems);
      dio_runware_reading_conclude (self);
    }
  else if (problems->len > 0)
    {
      dio_runware_reading_take_problems (self, problems);
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
  DioRunwareReading reading;

  dio_runware_reading_init (&reading, request, reply->status);
  read_create (&reading, root);
  reading.reply->wait = dio_wire_get_retry_after (reply, NULL);

  return dio_runware_reading_end (&reading);
}

/* The question failed, which says nothing of the task. */
static void
end_unanswered (DioRunwareReading *self,
                DioError           code,
                const char        *message)
{
  dio_wire_reply_fail (self->reply, code, message);
  self->reply->retryable = code == DIO_ERROR_BUSY || code == DIO_ERROR_SERVER ||
                           code == DIO_ERROR_TIMEOUT || code == DIO_ERROR_REPLY;
}

/* A gateway's “not found” is not the server's word that there is no such task. */
static DioError
get_code_of_question (DioError code)
{
  return code == DIO_ERROR_NOT_FOUND || code == DIO_ERROR_EXPIRED ? DIO_ERROR_REPLY : code;
}

/* What went wrong at the server may be the task or the question after it; a
 * question is free, so it is asked again in doubt. */
static gboolean
is_about_question (DioRunwareReading *self,
                   DioRunwareProblem *problem)
{
  gboolean names_question = g_strcmp0 (problem->task_type, "getResponse") == 0 ||
                            g_strcmp0 (problem->task_type, "getTaskDetails") == 0;

  if (problem->is_of_picture)
    return FALSE;
  if (problem->error == DIO_ERROR_BUSY || problem->error == DIO_ERROR_AUTH ||
      problem->error == DIO_ERROR_PERMISSION)
    return TRUE;
  if (!problem->is_known)
    return self->status >= 400 || names_question;
  if (problem->error == DIO_ERROR_SERVER)
    return self->status >= 500 || names_question;
  if (problem->error == DIO_ERROR_TIMEOUT)
    return self->status >= 500;

  return problem->error == DIO_ERROR_INVALID && names_question;
}

static void
read_problems_of_answer (DioRunwareReading *self,
                         GPtrArray         *problems)
{
  DioRunwareProblem *first = g_ptr_array_index (problems, 0);
  gboolean is_no_task = dio_runware_problem_is_no_task (first);

  if (self->n_items == 0 && (is_no_task || is_about_question (self, first)))
    {
      g_autofree char *message = dio_runware_problem_dup_message (first);

      end_unanswered (self, is_no_task ? DIO_ERROR_NOT_FOUND : get_code_of_question (first->error), message);
      self->reply->raw = g_strdup (first->text);
      return;
    }

  /* What is gone, or was, had been made. */
  if (first->error == DIO_ERROR_EXPIRED || first->error == DIO_ERROR_NOT_FOUND)
    first->billed = DIO_BILLED_UNKNOWN;
  self->reply->n_failed += problems->len;
  dio_runware_reading_take_problems (self, problems);
  dio_runware_reading_conclude (self);
}

static void
end_unread_answer (DioRunwareReading *self)
{
  DioError code = is_success (self->status) ? DIO_ERROR_REPLY : dio_wire_classify_status (self->status);

  /* Nothing is wrong with the job when a gateway does not like the question. */
  if (code == DIO_ERROR_INVALID)
    code = DIO_ERROR_REPLY;
  end_unanswered (self, get_code_of_question (code), "the answer says nothing of the task");
}

static void
read_answer (DioRunwareReading *self,
             JsonNode          *root)
{
  g_autoptr(GPtrArray) problems = NULL;

  if (root == NULL)
    {
      end_unread_answer (self);
      return;
    }

  dio_runware_reading_take_items (self, root);
  problems = dio_runware_read_problems (root, self->task_id, self->status);

  if (problems->len > 0)
    read_problems_of_answer (self, problems);
  else if (self->n_items > 0)
    dio_runware_reading_conclude (self);
  else
    end_unread_answer (self);
}

/**
 * dio_runware_read_get_response:
 * @reply: the answer to dio_runware_make_get_response()
 * @request: what was asked
 *
 * Where only the question failed, none of the pictures is told to have failed: the
 * task goes on. The question may be asked again where the reply is retryable, and
 * with another key or right otherwise. %DIO_ERROR_NOT_FOUND then says that the
 * server does not know the task. Across replies a picture is known by its id.
 *
 * Returns: (transfer full): how far the task is, with all pictures by now
 */
DioWireReply *
dio_runware_read_get_response (const DioHttpReply *reply,
                               DioRequest         *request)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, NULL);
  DioRunwareReading reading;

  dio_runware_reading_init (&reading, request, reply->status);
  read_answer (&reading, root);
  reading.reply->wait = dio_wire_get_retry_after (reply, NULL);

  return dio_runware_reading_end (&reading);
}

/* The reply of then, whole, stands inside the item. */
static JsonNode *
find_archived (JsonNode   *root,
               const char *task_id)
{
  JsonNode *data = dio_runware_find_data (root);
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
read_archived (DioRunwareReading *self,
               JsonNode          *response)
{
  g_autoptr(GPtrArray) problems = dio_runware_read_problems (response, self->task_id, self->status);

  dio_runware_reading_take_items (self, response);
  self->reply->n_failed += problems->len;
  dio_runware_reading_take_problems (self, problems);

  if (self->n_items == 0 && self->reply->n_failed == 0)
    {
      end_unread_answer (self);
      return;
    }

  /* Nothing will be added to a reply of the past. */
  if (self->reply->pictures->len > 0 && self->n_alive + self->n_waiting == 0)
    self->reply->n_failed = self->n_expected - MIN (self->n_expected, self->reply->pictures->len);
  dio_runware_reading_conclude (self);
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
  DioRunwareReading reading;
  JsonNode *response;

  dio_runware_reading_init (&reading, request, reply->status);
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
  reading.reply->wait = dio_wire_get_retry_after (reply, NULL);

  return dio_runware_reading_end (&reading);
}
