/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An error as the server tells it. Its codes are many and unstable, by its own
 * word, so they are told apart by patterns. */

#include "config.h"

#include "runware/dio-runware-problem-private.h"

#include "dio-json.h"

#include <string.h>

#define MAX_CODE 64

/**
 * Pattern:
 * @glob: of a code in lower case; the first that matches counts
 * @error: see #DioRunwareProblem
 * @retryable: see #DioRunwareProblem
 * @billed: see #DioRunwareProblem
 */
typedef struct
{
  const char    *glob;
  DioError       error;
  gboolean       retryable;
  DioBilled  billed;
} Pattern;

static const Pattern patterns[] = {
  { "*credits*", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
  { "*quota*", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
  { "*balance*", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },
  { "*payment*", DIO_ERROR_CREDIT, FALSE, DIO_BILLED_NO },

  { "*ratelimit*", DIO_ERROR_BUSY, TRUE, DIO_BILLED_NO },
  { "*toomanyrequests*", DIO_ERROR_BUSY, TRUE, DIO_BILLED_NO },
  { "*queuefull*", DIO_ERROR_BUSY, TRUE, DIO_BILLED_NO },

  { "*contentpolicy*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*sensitivecontent*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*unsafecontent*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*nsfw*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*promptblocked*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*imageblocked*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*moderation*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },
  { "*safety*", DIO_ERROR_REFUSED, FALSE, DIO_BILLED_UNKNOWN },

  /* The vendor's own key at the maker of the model, not the person's. */
  { "provider*auth*", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },

  { "forbidden", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
  { "*permission*", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
  { "*suspended", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
  { "accountdisabled", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
  { "organizationdisabled", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },
  { "workspacedisabled", DIO_ERROR_PERMISSION, FALSE, DIO_BILLED_NO },

  { "*apikey*", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
  { "unauthorized", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
  { "auth*", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
  { "*authentication*", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
  { "*credentials*", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },
  { "token*", DIO_ERROR_AUTH, FALSE, DIO_BILLED_NO },

  { "*timeout*", DIO_ERROR_TIMEOUT, FALSE, DIO_BILLED_UNKNOWN },

  { "*expired", DIO_ERROR_EXPIRED, FALSE, DIO_BILLED_NO },
  { "*notfound", DIO_ERROR_NOT_FOUND, FALSE, DIO_BILLED_NO },
  { "taskcancelled", DIO_ERROR_NOT_FOUND, FALSE, DIO_BILLED_UNKNOWN },
  { "unknownmodel", DIO_ERROR_NOT_FOUND, FALSE, DIO_BILLED_NO },

  /* Nobody was there to begin. */
  { "serviceunavailable", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
  { "serverunavailable", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
  { "noavailableserver", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
  { "modelnotready", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
  { "modelunavailable", DIO_ERROR_SERVER, TRUE, DIO_BILLED_NO },
  { "modeldisabled", DIO_ERROR_SERVER, FALSE, DIO_BILLED_NO },

  { "internalservererror", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "standarderror", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "unknownerror", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "undefinederror", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "defaulterror", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "unrecognizedresponse", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },

  { "invalid*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "missing*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "unsupported*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "conflict*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "duplicate*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "unknownparameter*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "unknownprovidersettings*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "incompatible*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "*mismatch*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "*validation*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "max*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "value*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },
  { "array*", DIO_ERROR_INVALID, FALSE, DIO_BILLED_NO },

  { "provider*", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "inferenceerror", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
  { "*failed", DIO_ERROR_SERVER, FALSE, DIO_BILLED_UNKNOWN },
};

void
dio_runware_problem_free (DioRunwareProblem *self)
{
  g_free (self->code);
  g_free (self->parameter);
  g_free (self->text);
  g_free (self->task_type);
  g_free (self);
}

static void
classify (DioRunwareProblem *self,
          guint              status)
{
  g_autofree char *code = g_ascii_strdown (self->code, -1);

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      if (g_pattern_match_simple (patterns[i].glob, code))
        {
          self->is_known = TRUE;
          self->error = patterns[i].error;
          self->retryable = patterns[i].retryable;
          self->billed = patterns[i].billed;
          return;
        }
    }

  /* A word that nobody knows: the status has the last. */
  self->error = status >= 400 ? dio_wire_classify_status (status) : DIO_ERROR_SERVER;
  self->retryable = status == 429 || status == 503;
  self->billed = status >= 400 && status < 500 && status != 408 ? DIO_BILLED_NO : DIO_BILLED_UNKNOWN;
}

static char *
dup_short (const char *text,
           glong       max)
{
  if (text == NULL || *text == '\0')
    return NULL;

  return g_utf8_strlen (text, -1) > max ? g_utf8_substring (text, 0, max) : g_strdup (text);
}

static char *
dup_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* One field is a text, several are an array of texts. */
static char *
dup_parameter (JsonObject *object)
{
  JsonArray *array = dio_json_get_array (object, "parameter");
  g_autoptr(GString) names = g_string_new (NULL);

  if (array == NULL)
    return dup_short (dio_json_get_string (object, "parameter"), MAX_CODE);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, json_node_get_string (node));
    }

  return dup_short (names->str, MAX_CODE);
}

/**
 * dio_runware_problem_read:
 * @node: an error: an object, or a mere sentence
 * @status: of HTTP, which decides where the error's own code is not known
 *
 * Returns: (transfer full): what it says; anything may be missing from it
 */
DioRunwareProblem *
dio_runware_problem_read (JsonNode *node,
                          guint     status)
{
  DioRunwareProblem *self = g_new0 (DioRunwareProblem, 1);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gboolean is_text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                     json_node_get_value_type (node) == G_TYPE_STRING;
  g_autofree char *code = NULL;

  code = dio_wire_dup_text (object, "code");
  self->code = dup_short (code, MAX_CODE);
  if (self->code == NULL)
    self->code = g_strdup ("");
  self->parameter = dup_parameter (object);
  self->task_type = g_strdup (dio_json_get_string (object, "taskType"));
  self->is_of_picture = g_strcmp0 (dio_json_get_string (object, "status"), "error") == 0;
  classify (self, status);

  /* A sentence about a key may repeat it. */
  if (self->error != DIO_ERROR_AUTH)
    self->text = dup_text (is_text ? json_node_get_string (node) : dio_json_get_string (object, "message"));

  return self;
}

/**
 * dio_runware_is_other_task:
 * @object: (nullable): an item or an error
 * @task_id: (nullable): the task that is asked about
 *
 * Returns: whether it speaks of another task; one that names none is ours
 */
gboolean
dio_runware_is_other_task (JsonObject *object,
                           const char *task_id)
{
  const char *id = dio_json_get_string (object, "taskUUID");

  return id != NULL && task_id != NULL && g_ascii_strcasecmp (id, task_id) != 0;
}

/* "error": false, or an empty object, is none. */
static gboolean
is_problem (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) > 0;

  return JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING &&
         *json_node_get_string (node) != '\0';
}

static void
add_problem (GPtrArray  *problems,
             JsonNode   *node,
             const char *task_id,
             guint       status)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (is_problem (node) && !dio_runware_is_other_task (object, task_id))
    g_ptr_array_add (problems, dio_runware_problem_read (node, status));
}

static void
add_problems (GPtrArray  *problems,
              JsonNode   *node,
              const char *task_id,
              guint       status)
{
  JsonArray *array;

  if (node == NULL)
    return;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      add_problem (problems, node, task_id, status);
      return;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    add_problem (problems, json_array_get_element (array, i), task_id, status);
}

/**
 * dio_runware_read_problems:
 * @root: the root of a reply
 * @task_id: (nullable): the task that is asked about, to leave out others'
 * @status: of HTTP
 *
 * Returns: (transfer full) (element-type DioRunwareProblem): the errors that the
 *   reply lists beside its data, in "errors" or, before a task was begun, in
 *   "error"
 */
GPtrArray *
dio_runware_read_problems (JsonNode   *root,
                           const char *task_id,
                           guint       status)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_runware_problem_free);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object != NULL && !dio_runware_is_other_task (object, task_id))
    {
      add_problems (problems, json_object_get_member (object, "errors"), task_id, status);
      add_problems (problems, json_object_get_member (object, "error"), task_id, status);
    }

  return problems;
}

static gboolean
contains (const char *text,
          const char *word)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, word) != NULL;
}

/**
 * dio_runware_problem_is_duplicate:
 * @self: a problem of a create
 *
 * Returns: whether the task is refused because the server has it already
 */
gboolean
dio_runware_problem_is_duplicate (DioRunwareProblem *self)
{
  return contains (self->code, "duplicate") &&
         (contains (self->code, "taskuuid") || contains (self->parameter, "taskuuid"));
}

/**
 * dio_runware_problem_is_no_task:
 * @self: a problem of a question
 *
 * Returns: whether the server says that it does not know the task, rather than
 *   a model or a photo in it. A gateway's “Not Found” is not enough: what is not
 *   there may be sent again, and paid again.
 */
gboolean
dio_runware_problem_is_no_task (DioRunwareProblem *self)
{
  return self->error == DIO_ERROR_NOT_FOUND &&
         *self->code != '\0' &&
         (contains (self->code, "task") || contains (self->parameter, "taskuuid"));
}

static const char *
get_refused (DioRunwareProblem *self)
{
  if (contains (self->code, "prompt") || contains (self->parameter, "prompt"))
    return "the prompt is refused";
  if (contains (self->code, "image") || contains (self->parameter, "image"))
    return "a reference is refused";
  if (contains (self->code, "nsfw") || contains (self->code, "output"))
    return "the provider's own picture is refused";

  return "the prompt, a reference or the picture is refused";
}

/**
 * dio_runware_problem_dup_message:
 * @self: a problem
 *
 * Returns: (transfer full): words for the log, without the server's sentence
 */
char *
dio_runware_problem_dup_message (DioRunwareProblem *self)
{
  g_autoptr(GString) message = g_string_new (*self->code != '\0' ? self->code : "an error without a code");

  if (self->parameter != NULL)
    g_string_append_printf (message, " (%s)", self->parameter);
  if (self->error == DIO_ERROR_REFUSED)
    g_string_append_printf (message, ": %s", get_refused (self));

  return g_strdup (message->str);
}

/**
 * dio_runware_problem_to_error:
 * @self: a problem
 *
 * Returns: (transfer full): an error of %DIO_ERROR
 */
GError *
dio_runware_problem_to_error (DioRunwareProblem *self)
{
  g_autofree char *message = dio_runware_problem_dup_message (self);

  return g_error_new_literal (DIO_ERROR, self->error, message);
}
