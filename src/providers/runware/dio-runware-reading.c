/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reply about a task while it is read. A task's pictures come one by one, in any
 * mixture with errors; what is good in a reply is always kept. */

#include "config.h"

#include "runware/dio-runware-reading-private.h"

#include "dio-json.h"

#define CURRENCY "USD"

/**
 * dio_runware_reading_init:
 * @self: memory for a reading
 * @request: what was asked
 * @status: of HTTP
 *
 * To be followed by dio_runware_reading_end().
 */
void
dio_runware_reading_init (DioRunwareReading *self,
                          DioRequest        *request,
                          guint              status)
{
  *self = (DioRunwareReading) {
    .task_id = dio_request_get_id (request),
    .n_expected = dio_request_get_count (request),
    .status = status,
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .reply = dio_wire_reply_new (DIO_WIRE_MAKING),
  };
  self->reply->remote_id = g_strdup (self->task_id);
}

/**
 * dio_runware_reading_end:
 * @self: a reading
 *
 * Returns: (transfer full): what was read
 */
DioWireReply *
dio_runware_reading_end (DioRunwareReading *self)
{
  g_hash_table_unref (self->seen);
  g_clear_pointer (&self->problem, dio_runware_problem_free);

  return self->reply;
}

static void
take_problem (DioRunwareReading *self,
              DioRunwareProblem *problem)
{
  if (self->problem == NULL)
    self->problem = problem;
  else
    dio_runware_problem_free (problem);
}

static void
take_failure (DioRunwareReading *self,
              DioRunwareProblem *problem)
{
  self->reply->n_failed++;
  take_problem (self, problem);
}

/**
 * dio_runware_reading_take_problems:
 * @self: a reading
 * @problems: (element-type DioRunwareProblem): errors beside the items; emptied
 *
 * The first that was ever met tells why.
 */
void
dio_runware_reading_take_problems (DioRunwareReading *self,
                                   GPtrArray         *problems)
{
  while (problems->len > 0)
    take_problem (self, g_ptr_array_steal_index (problems, 0));
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
add_picture (DioRunwareReading  *self,
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
is_repeated (DioRunwareReading *self,
             JsonObject        *item)
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
read_item_problem (DioRunwareReading *self,
                   JsonObject        *item,
                   JsonNode          *node)
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
read_item (DioRunwareReading *self,
           JsonNode          *node)
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

/**
 * dio_runware_find_data:
 * @root: the root of a reply
 *
 * Returns: (transfer none) (nullable): where its items are
 */
JsonNode *
dio_runware_find_data (JsonNode *root)
{
  if (JSON_NODE_HOLDS_OBJECT (root))
    return json_object_get_member (json_node_get_object (root), "data");

  return root;
}

/**
 * dio_runware_reading_take_items:
 * @self: a reading
 * @root: the root of a reply, with a list of items or the only one
 */
void
dio_runware_reading_take_items (DioRunwareReading *self,
                                JsonNode          *root)
{
  JsonNode *data = dio_runware_find_data (root);
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

static void
tell_problem (DioRunwareReading *self)
{
  DioWireReply *reply = self->reply;

  if (self->problem == NULL)
    return;

  g_clear_error (&reply->error);
  reply->error = dio_runware_problem_to_error (self->problem);
  /* Somebody behind it ran out of time over a task that was begun. */
  if (g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_TIMEOUT))
    reply->error->code = DIO_ERROR_SERVER;
  g_free (reply->raw);
  reply->raw = g_strdup (self->problem->text);
}

/**
 * dio_runware_reading_end_failed:
 * @self: a reading with a problem
 *
 * The task ended without a picture.
 */
void
dio_runware_reading_end_failed (DioRunwareReading *self)
{
  self->reply->state = DIO_WIRE_FAILED;
  self->reply->n_failed = MAX (self->reply->n_failed, self->n_expected);
  self->reply->billed = self->problem != NULL ? self->problem->billed : DIO_BILLED_UNKNOWN;
  tell_problem (self);
}

/**
 * dio_runware_reading_conclude:
 * @self: a reading whose items and problems were taken
 *
 * A task is complete when as many items as were asked for have ended. Where all
 * that is left are errors it has ended too: nothing is being made. A picture
 * beside errors, with others not yet spoken of, is waited on: they are paid.
 */
void
dio_runware_reading_conclude (DioRunwareReading *self)
{
  DioWireReply *reply = self->reply;
  guint n_pictures = reply->pictures->len;
  guint n_ended = n_pictures + reply->n_failed;
  gboolean is_quiet = self->n_alive + self->n_waiting == 0;

  if (n_pictures > 0)
    reply->billed = DIO_BILLED_YES;

  if (n_pictures == 0 && reply->n_failed > 0 && (is_quiet || n_ended >= self->n_expected))
    {
      dio_runware_reading_end_failed (self);
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
