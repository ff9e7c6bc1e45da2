/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runware: an array of tasks in, "data" and "errors" out, side by side. */

#include "config.h"

#include "runware-private.h"

#include "dialects.h"
#include "json-make.h"
#include "photo.h"

#include "dio-json.h"

#define UPLOAD_SECONDS (30 * 24 * 3600)

static void
run_free (Run *run)
{
  exchange_unref (run->exchange);
  json_array_unref (run->data);
  json_array_unref (run->errors);
  g_free (run);
}

/**
 * runware_fail:
 * @run: tasks under way
 * @task: (nullable): the one that fails
 * @status: of HTTP, if nothing else goes right
 * @code: the vendor's word for it
 * @parameter: (nullable): the field that is wrong
 * @message: a sentence
 */
void
runware_fail (Run        *run,
              JsonObject *task,
              guint       status,
              const char *code,
              const char *parameter,
              const char *message)
{
  const char *type = dio_json_get_string (task, "taskType");

  run->status = status;
  if (status == 400 && !exchange_is_shaped (run->exchange, ACTION_REFUSE))
    ledger_add_invalid (run->exchange->server->ledger, "runware", run->exchange->call, parameter, message);

  json_array_add_object_element (run->errors,
                                 object_make ("code:s message:s parameter:s taskType:s taskUUID:s documentation:s",
                                              code, message, parameter, type,
                                              dio_json_get_string (task, "taskUUID"),
                                              "https://runware.ai/docs/platform/errors"));
}

void
runware_fail_problem (Run           *run,
                      JsonObject    *task,
                      const Problem *problem)
{
  static const char *const codes[] = {
    [PROBLEM_MISSING] = "missingParameter",
    [PROBLEM_UNKNOWN] = "unknownParameter",
    [PROBLEM_TYPE] = "invalidParameterType",
    [PROBLEM_VALUE] = "invalidParameterValue",
    [PROBLEM_LENGTH] = "invalidParameterLength",
    [PROBLEM_CONFLICT] = "incompatibleParameters",
    [PROBLEM_IMAGE] = "invalidImage",
  };

  runware_fail (run, task, 400, codes[problem->kind], problem->parameter, problem->message);
}

static void
end (Run *run)
{
  JsonObject *reply = json_object_new ();
  guint n_data = json_array_get_length (run->data);
  guint n_errors = json_array_get_length (run->errors);

  if (run->as_object && n_data == 1)
    json_object_set_object_member (reply, "data", json_object_ref (json_array_get_object_element (run->data, 0)));
  else if (n_data > 0 || n_errors == 0)
    json_object_set_array_member (reply, "data", json_array_ref (run->data));
  if (n_errors > 0)
    json_object_set_array_member (reply, "errors", json_array_ref (run->errors));

  exchange_reply (run->exchange, n_data > 0 || n_errors == 0 ? 200 : run->status, reply);
  run_free (run);
}

static void
upload (Run        *run,
        JsonObject *task)
{
  static const Field fields[] = {
    { "taskType", FIELD_STRING, TRUE }, { "taskUUID", FIELD_STRING, TRUE }, { "image", FIELD_STRING, TRUE }, { NULL }
  };
  DioProviderServer *server = run->exchange->server;
  g_autoptr(Job) photos = job_new ("runware", "runware", "upload", NULL, 0);
  g_auto(Problem) problem = { 0 };
  g_autofree char *url = NULL;
  g_autofree char *path = NULL;
  GBytes *bytes;
  const char *id;

  if (!check_fields (task, fields, &problem) ||
      !runware_take_photo (run->exchange, photos, dio_json_get_string (task, "image"), &problem))
    {
      runware_fail_problem (run, task, &problem);
      return;
    }

  /* What lies elsewhere is not fetched: it has no bytes here. */
  bytes = ((Reference *) g_ptr_array_index (photos->references, 0))->bytes;
  id = uploads_add (server->uploads, bytes, MIN (settings_get_int (server_settings (server), "upload-seconds"),
                                                 UPLOAD_SECONDS));
  path = g_strconcat ("/uploads/", id, ".jpg", NULL);
  url = dio_provider_server_dup_cdn_url (server, path);
  run->as_object = settings_get_bool (server_settings (server), "runware.object-data");
  json_array_add_object_element (run->data,
                                 object_make ("taskType:s taskUUID:s imageUUID:s imageURL:s", "imageUpload",
                                              dio_json_get_string (task, "taskUUID"), id, url));
}

static void
store_media (Run        *run,
             JsonObject *task)
{
  static const char *const operations[] = { "upload", "delete", NULL };
  static const Field fields[] = {
    { "taskType", FIELD_STRING, TRUE }, { "taskUUID", FIELD_STRING, TRUE },
    { "operation", FIELD_WORD, TRUE, .words = operations }, { "media", FIELD_STRING, TRUE }, { NULL }
  };
  DioProviderServer *server = run->exchange->server;
  const char *media = dio_json_get_string (task, "media");
  g_autoptr(Job) photos = job_new ("runware", "runware", "upload", NULL, 0);
  g_auto(Problem) problem = { 0 };
  JsonObject *answer;

  if (!check_fields (task, fields, &problem))
    {
      runware_fail_problem (run, task, &problem);
      return;
    }

  answer = object_make ("taskType:s taskUUID:s operation:s", "mediaStorage", dio_json_get_string (task, "taskUUID"),
                        dio_json_get_string (task, "operation"));
  if (g_str_equal (dio_json_get_string (task, "operation"), "delete"))
    {
      if (!uploads_remove (server->uploads, media))
        problem_set (&problem, PROBLEM_IMAGE, "media", "There is no media of this UUID");
      object_add (answer, "mediaUUID:s", media);
    }
  else if (runware_take_photo (run->exchange, photos, media, &problem))
    {
      Reference *reference = g_ptr_array_index (photos->references, 0);
      const char *id = uploads_add (server->uploads, reference->bytes,
                                    settings_get_int (server_settings (server), "upload-seconds"));
      g_autofree char *path = g_strconcat ("/uploads/", id, ".jpg", NULL);
      g_autofree char *url = dio_provider_server_dup_cdn_url (server, path);

      object_add (answer, "mediaUUID:s mediaURL:s", id, url);
    }

  if (problem.kind == PROBLEM_NONE)
    json_array_add_object_element (run->data, json_object_ref (answer));
  else
    runware_fail_problem (run, task, &problem);
  json_object_unref (answer);
}

static void
tell_account (Run        *run,
              JsonObject *task)
{
  static const char *const operations[] = { "getDetails", NULL };
  static const Field fields[] = {
    { "taskType", FIELD_STRING, TRUE }, { "taskUUID", FIELD_STRING, TRUE },
    { "operation", FIELD_WORD, TRUE, .words = operations }, { NULL }
  };
  g_auto(Problem) problem = { 0 };
  JsonArray *team = json_array_new ();
  JsonArray *keys = json_array_new ();

  json_array_add_object_element (team, object_make ("email:s", "member@organisation.example"));
  json_array_add_object_element (keys, object_make ("name:s apiKey:s", "default", "****last"));
  if (!check_fields (task, fields, &problem))
    runware_fail_problem (run, task, &problem);
  else
    json_array_add_object_element (
      run->data,
      object_make ("taskType:s taskUUID:s operation:s organizationName:s balance:o team:a apiKeys:a",
                   "accountManagement", dio_json_get_string (task, "taskUUID"), "getDetails", "An Organisation",
                   object_make ("amount:d freeBalance:d currency:s",
                                server_get_balance (run->exchange->server, "runware"), 0.0, "USD"),
                   json_array_ref (team), json_array_ref (keys)));
  json_array_unref (team);
  json_array_unref (keys);
}

static void
do_nothing (Run        *run,
            JsonObject *task)
{
}

/* Those that answer in their own time go on by themselves. */
static const struct
{
  const char *type;
  const char *call;
  gboolean    goes_on;
  void      (*func) (Run *run, JsonObject *task);
} handlers[] = {
  { "authentication", "authentication", FALSE, do_nothing },
  { "imageInference", "create", TRUE, runware_infer },
  { "getResponse", "poll", TRUE, runware_get_response },
  { "getTaskDetails", "lookup", FALSE, runware_get_details },
  { "imageUpload", "upload", FALSE, upload },
  { "mediaStorage", "upload", FALSE, store_media },
  { "accountManagement", "balance", FALSE, tell_account },
};

static int
find_handler (JsonObject *task)
{
  const char *type = dio_json_get_string (task, "taskType");

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (handlers); i++)
    {
      if (g_str_equal (handlers[i].type, type))
        return i;
    }

  return -1;
}

static JsonObject *
get_task (JsonArray *tasks,
          guint      i)
{
  JsonNode *node = json_array_get_element (tasks, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The next task; at the end of them, the answer. */
void
runware_go_on (Run *run)
{
  while (run->next < json_array_get_length (run->tasks))
    {
      JsonObject *task = get_task (run->tasks, run->next++);
      int handler = find_handler (task);
      const char *id = dio_json_get_string (task, "taskUUID");

      if (handler < 0)
        runware_fail (run, task, 400, "invalidTaskType", "taskType", "There is no task of this type");
      else if (handler > 0 && (id == NULL || !check_is_uuid (id)))
        runware_fail (run, task, 400, id == NULL ? "missingTaskUUID" : "invalidTaskUUID", "taskUUID",
                      "A task has a UUID of version 4");
      else
        handlers[handler].func (run, task);

      if (handler >= 0 && handlers[handler].goes_on && id != NULL && check_is_uuid (id))
        return;
    }

  end (run);
}

/* By the header or by a first task; not by both. */
static gboolean
let_in (Run *run)
{
  JsonObject *first = json_array_get_length (run->tasks) > 0 ? get_task (run->tasks, 0) : NULL;
  gboolean by_task = find_handler (first) == 0;
  const char *bearer = exchange_get_bearer (run->exchange);
  const char *key = by_task ? dio_json_get_string (first, "apiKey") : bearer;

  if (by_task && bearer != NULL)
    runware_fail (run, first, 400, "conflictAuthentication", NULL, "Either a header or a task authenticates");
  else if (key == NULL)
    runware_fail (run, NULL, 401, "missingApiKey", "apiKey", "An API key is required");
  else if (!g_str_equal (key, run->exchange->server->key))
    runware_fail (run, NULL, 401, "invalidApiKey", "apiKey", "The API key is invalid");
  else
    return TRUE;

  return FALSE;
}

static void
answer (Exchange *exchange)
{
  Run *run = g_new0 (Run, 1);

  run->exchange = exchange_ref (exchange);
  run->data = json_array_new ();
  run->errors = json_array_new ();
  if (exchange->json == NULL || !JSON_NODE_HOLDS_ARRAY (exchange->json))
    {
      runware_fail (run, NULL, 400, "invalidJSON", NULL, "The body must be an array of tasks");
      end (run);
      return;
    }

  run->tasks = json_node_get_array (exchange->json);
  if (let_in (run))
    runware_go_on (run);
  else
    end (run);
}

static gboolean
is_dry_run (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);

  return g_strcmp0 (soup_message_headers_get_one (headers, "X-Runware-Dry-Run"), "1") == 0;
}

static const char *
find_call (Exchange *exchange)
{
  JsonArray *tasks = exchange->json != NULL && JSON_NODE_HOLDS_ARRAY (exchange->json)
                       ? json_node_get_array (exchange->json) : NULL;

  for (guint i = 0; tasks != NULL && i < json_array_get_length (tasks); i++)
    {
      int handler = find_handler (get_task (tasks, i));

      if (handler > 0)
        return handler == 1 && is_dry_run (exchange) ? "price" : handlers[handler].call;
    }

  return "unknown";
}

/**
 * runware_begin:
 * @exchange: a request
 */
void
runware_begin (Exchange *exchange)
{
  exchange_start (exchange, "runware", find_call (exchange), answer);
}
