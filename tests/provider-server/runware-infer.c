/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runware's imageInference: priced, made once, and asked after. */

#include "config.h"

#include "runware-private.h"

#include "gather.h"
#include "json-make.h"

#include "dio-hash.h"
#include "dio-json.h"

typedef struct
{
  Run        *run;
  JsonObject *task;
  Job        *job;
  gboolean    at_once;
} Telling;

static gboolean
is_dry_run (Run *run)
{
  return g_str_equal (run->exchange->call, "price");
}

static gboolean
take_photos (Run        *run,
             JsonObject *task,
             Job        *job,
             Problem    *problem)
{
  JsonArray *photos = dio_json_get_array (dio_json_get_object (task, "inputs"), "referenceImages");
  guint n = photos != NULL ? json_array_get_length (photos) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (photos, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return problem_set (problem, PROBLEM_TYPE, "inputs.referenceImages", "A reference is a text");
      if (!runware_take_photo (run->exchange, job, json_node_get_string (node), problem))
        return FALSE;
    }

  /* Nothing says which is what: the last is taken for the place. */
  if (n > 1)
    ((Reference *) g_ptr_array_index (job->references, n - 1))->role = DIO_ROLE_SCENE;

  return TRUE;
}

static void
set_size_and_cost (JsonObject *task,
                   Job        *job)
{
  const RunwareModel *model = runware_find_model (dio_json_get_string (task, "model"));
  JsonObject *google = dio_json_get_object (dio_json_get_object (task, "providerSettings"), "google");
  const char *resolution = dio_json_get_string (task, "resolution");
  JsonArray *photos = dio_json_get_array (dio_json_get_object (task, "inputs"), "referenceImages");
  RunwareSize size = { 1024, 1024, 1 };

  if (json_object_has_member (task, "width"))
    runware_find_size (model, dio_json_get_integer (task, "width", 0), dio_json_get_integer (task, "height", 0),
                       &size);
  else if (resolution != NULL)
    runware_find_tier (model, resolution, &size);

  job->width = json_object_has_member (task, "width") ? dio_json_get_integer (task, "width", 0) : size.width;
  job->height = size.height;
  job->cost = runware_find_price (model, &size, job->n, photos != NULL ? json_array_get_length (photos) : 0,
                                  dio_json_get_boolean (google, "webSearch", FALSE));
}

static Job *
make_job (Run        *run,
          JsonObject *task)
{
  const char *id = dio_json_get_string (task, "taskUUID");
  const char *format = dio_json_get_string (task, "outputFormat");
  g_autofree char *type = g_ascii_strdown (format != NULL ? format : "JPG", -1);
  Job *job = job_new ("runware", "runware", id, id, dio_json_get_integer (task, "numberResults", 1));

  g_free (job->type);
  job->type = g_steal_pointer (&type);
  job->quality = dio_json_get_integer (task, "outputQuality", 95);
  job->prompt = g_strdup (dio_json_get_string (task, "positivePrompt"));
  job->seed = dio_json_get_integer (task, "seed", dio_random_seed ());
  set_size_and_cost (task, job);
  job->request = json_node_alloc ();
  json_node_init_object (job->request, task);
  exchange_shape_job (run->exchange, job);
  if (json_object_has_member (task, "ttl"))
    job->life = dio_json_get_integer (task, "ttl", 0);

  return job;
}

static void
note (Run        *run,
      JsonObject *task,
      Job        *job,
      const char *error)
{
  LedgerCreate create = {
    .own_id = dio_json_get_string (task, "taskUUID"),
    .remote_id = job != NULL ? job->id : NULL,
    .prompt = dio_json_get_string (task, "positivePrompt"),
    .accepted = job != NULL,
    .cost = job != NULL ? job->cost : 0,
    .currency = "USD",
    .n = dio_json_get_integer (task, "numberResults", 1),
    .error = error,
  };

  /* What is only priced is no create. */
  if (!is_dry_run (run))
    ledger_add_create (run->exchange->server->ledger, "runware", &create);
}

static void
refuse (Run        *run,
        JsonObject *task,
        guint       status,
        const char *code,
        const char *parameter,
        const char *message)
{
  note (run, task, NULL, code);
  runware_fail (run, task, status, code, parameter, message);
}

/* What has nothing to do with the fields. */
static gboolean
is_declined (Run        *run,
             JsonObject *task,
             Job        *job)
{
  DioProviderServer *server = run->exchange->server;
  guint limit = settings_get_int (server_settings (server), "runware.queue-limit");

  if (jobs_find (server->jobs, "runware", job->id) != NULL)
    refuse (run, task, 400, "duplicateTaskUUID", "taskUUID", "A task of this UUID was sent before");
  else if (exchange_is_refused (run->exchange, "prompt"))
    refuse (run, task, 400, "promptBlocked", "positivePrompt", "The prompt was refused by the provider");
  else if (exchange_is_refused (run->exchange, "reference"))
    refuse (run, task, 400, "imageBlocked", "inputs.referenceImages", "A reference was refused by the provider");
  else if (server_get_balance (server, "runware") < job->cost)
    refuse (run, task, 402, "insufficientCredits", NULL, "The account has not enough credits");
  else if (limit > 0 && jobs_count_making (server->jobs, "runware", FALSE) >= limit)
    refuse (run, task, 429, "queueRateLimitExceeded", NULL, "The queue is full");
  else
    return FALSE;

  return TRUE;
}

/* Priced, and nothing else. */
static void
tell_price (Run        *run,
            JsonObject *task,
            Job        *job)
{
  for (guint i = 0; i < job->n; i++)
    json_array_add_object_element (run->data, object_make ("taskType:s taskUUID:s cost:d", "imageInference", job->id,
                                                           job->cost / job->n));
  runware_go_on (run);
}

static void
accept (Run        *run,
        JsonObject *task,
        Job        *job)
{
  DioProviderServer *server = run->exchange->server;

  jobs_take (server->jobs, job);
  server_charge (server, "runware", job->cost);
  note (run, task, job, NULL);

  if (g_strcmp0 (dio_json_get_string (task, "deliveryMethod"), "async") == 0)
    {
      json_array_add_object_element (run->data, object_make ("taskType:s taskUUID:s", "imageInference", job->id));
      runware_go_on (run);
    }
  else
    {
      job->queue_seconds = 0;
      runware_tell_pictures (run, task, job, TRUE);
    }
}

/**
 * runware_infer:
 * @run: tasks under way
 * @task: the one to do
 *
 * Goes on by itself.
 */
void
runware_infer (Run        *run,
               JsonObject *task)
{
  g_auto(Problem) problem = { 0 };
  g_autoptr(Job) job = NULL;

  if (runware_check (task, &problem))
    {
      job = make_job (run, task);
      take_photos (run, task, job, &problem);
    }

  if (problem.kind != PROBLEM_NONE)
    {
      note (run, task, NULL, problem.message);
      runware_fail_problem (run, task, &problem);
      runware_go_on (run);
    }
  else if (is_declined (run, task, job))
    {
      runware_go_on (run);
    }
  else if (is_dry_run (run))
    {
      tell_price (run, task, job);
    }
  else
    {
      accept (run, task, g_steal_pointer (&job));
    }
}

static void
add_picture (JsonObject *item,
             Run        *run,
             Job        *job,
             guint       index,
             GPtrArray  *pictures)
{
  const char *type = dio_json_get_string (json_node_get_object (job->request), "outputType");
  g_autofree char *text = NULL;

  if (pictures == NULL)
    {
      text = dup_picture_url (run->exchange->server, job, index);
      object_add (item, "imageURL:s", text);
    }
  else if (g_str_equal (type, "dataURI"))
    {
      text = encode_picture (g_ptr_array_index (pictures, index), job, TRUE);
      object_add (item, "imageDataURI:s", text);
    }
  else
    {
      text = encode_picture (g_ptr_array_index (pictures, index), job, FALSE);
      object_add (item, "imageBase64Data:s", text);
    }
}

static JsonObject *
make_done (Run       *run,
           Job       *job,
           guint      index,
           gboolean   at_once,
           GPtrArray *pictures)
{
  JsonObject *request = json_node_get_object (job->request);
  JsonObject *item = object_make ("taskType:s taskUUID:s", "imageInference", job->id);

  if (!at_once)
    object_add (item, "status:s", "success");
  object_add (item, "imageUUID:s seed:l", g_ptr_array_index (job->tokens, index), job->seed + index);
  add_picture (item, run, job, index, pictures);
  if (dio_json_get_boolean (request, "includeCost", FALSE))
    object_add (item, "cost:d", job->cost / job->n);
  if (dio_json_get_boolean (request, "checkNSFW", FALSE) ||
      dio_json_get_boolean (dio_json_get_object (request, "safety"), "checkContent", FALSE))
    object_add (item, "NSFWContent:b", FALSE);

  return item;
}

static JsonObject *
make_error (Job *job)
{
  if (job->refused != NULL)
    return object_make ("code:s message:s", "nsfwContentDetected", "The result was refused by the provider");

  return object_make ("code:s message:s", "providerError", "The provider could not make the picture");
}

static gboolean
is_missing (Job   *job,
            guint  index)
{
  return job->fails || job->refused != NULL || index < job->missing;
}

static void
add_failed (Run      *run,
            Job      *job,
            gboolean  at_once)
{
  JsonObject *error = make_error (job);

  if (at_once)
    {
      object_add (error, "taskType:s taskUUID:s", "imageInference", job->id);
      json_array_add_object_element (run->errors, error);
      run->status = 400;
    }
  else
    {
      json_array_add_object_element (run->data, object_make ("taskType:s taskUUID:s status:s error:o",
                                                             "imageInference", job->id, "error", error));
    }
}

static void
tell (Telling   *self,
      GPtrArray *pictures)
{
  Job *job = self->job;
  Run *run = self->run;
  const char *making =
    settings_get_bool (server_settings (run->exchange->server), "runware.pending") ? "pending" : "processing";

  for (guint i = 0; i < job->n; i++)
    {
      if (i >= job_get_n_made (job))
        {
          json_array_add_object_element (run->data, object_make ("taskType:s taskUUID:s status:s", "imageInference",
                                                                 job->id, making));
          continue;
        }
      if (is_missing (job, i))
        {
          add_failed (run, job, self->at_once);
          continue;
        }
      json_array_add_object_element (run->data, make_done (run, job, i, self->at_once, pictures));
      if (job->twice)
        json_array_add_object_element (run->data, make_done (run, job, i, self->at_once, pictures));
    }

  runware_go_on (run);
}

static void
gathered_cb (GPtrArray *pictures,
             gpointer   user_data)
{
  tell (user_data, pictures);
}

/**
 * runware_tell_pictures:
 * @run: tasks under way
 * @task: the one that asks
 * @job: what it is about
 * @at_once: in the answer to the create
 *
 * Tells what there is by now, and goes on by itself.
 */
void
runware_tell_pictures (Run        *run,
                       JsonObject *task,
                       Job        *job,
                       gboolean    at_once)
{
  const char *type = dio_json_get_string (json_node_get_object (job->request), "outputType");
  Telling telling = { run, task, job, at_once };

  if (type == NULL || g_str_equal (type, "URL") || job_get_n_made (job) == 0)
    tell (&telling, NULL);
  else
    gather_pictures (run->exchange->server, job, gathered_cb, g_memdup2 (&telling, sizeof telling), g_free);
}
