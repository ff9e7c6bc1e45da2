/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Runware says of tasks that were sent before; and which fields it knows. */

#include "config.h"

#include "runware-private.h"

#include "dialects.h"
#include "gather.h"
#include "json-make.h"

#include "dio-json.h"

static const Field fields[] = {
  { "taskType", FIELD_STRING, TRUE }, { "taskUUID", FIELD_STRING, TRUE }, { NULL }
};

static Job *
find_job (Run        *run,
          JsonObject *task)
{
  g_auto(Problem) problem = { 0 };
  Job *job;

  if (!check_fields (task, fields, &problem))
    {
      runware_fail_problem (run, task, &problem);
      return NULL;
    }

  job = jobs_find (run->exchange->server->jobs, "runware", dio_json_get_string (task, "taskUUID"));
  if (job == NULL)
    runware_fail (run, task, 404, "taskFailedOrNotFound", "taskUUID", "There is no task of this UUID");

  return job;
}

/**
 * runware_get_response:
 * @run: tasks under way
 * @task: the one to do
 *
 * Goes on by itself.
 */
void
runware_get_response (Run        *run,
                      JsonObject *task)
{
  Job *job = find_job (run, task);

  if (job == NULL)
    {
      runware_go_on (run);
      return;
    }

  job->polls++;
  runware_tell_pictures (run, task, job, FALSE);
}

static JsonArray *
list_archived (Run *run,
               Job *job)
{
  JsonArray *array = json_array_new ();

  for (guint i = job->missing; i < job_get_n_made (job); i++)
    {
      g_autofree char *url = dup_picture_url (run->exchange->server, job, i);

      json_array_add_object_element (array, object_make ("taskType:s taskUUID:s imageUUID:s imageURL:s seed:l cost:d",
                                                         "imageInference", job->id,
                                                         g_ptr_array_index (job->tokens, i), url, job->seed + i,
                                                         job->cost / job->n));
    }

  return array;
}

static JsonObject *
make_archived (Run *run,
               Job *job)
{
  JsonArray *errors;

  if (job_get_state (job) != JOB_FAILED)
    return object_make ("data:a", list_archived (run, job));

  errors = json_array_new ();
  json_array_add_object_element (errors,
                                 object_make ("code:s message:s taskUUID:s",
                                              job->refused != NULL ? "nsfwContentDetected" : "providerError",
                                              "The task failed", job->id));

  return object_make ("errors:a", errors);
}

/* The request and the answer of an earlier task. */
void
runware_get_details (Run        *run,
                     JsonObject *task)
{
  Job *job = find_job (run, task);
  JsonArray *request;

  if (job == NULL)
    return;

  request = json_array_new ();
  json_array_add_object_element (request, json_node_dup_object (job->request));
  json_array_add_object_element (run->data,
                                 object_make ("taskType:s taskUUID:s request:a response:o", "getTaskDetails",
                                              job->id, request, make_archived (run, job)));
}

static void
add_property (JsonObject *properties,
              const char *name,
              const char *schema)
{
  json_object_set_member (properties, name, json_from_string (schema, NULL));
}

static JsonObject *
make_properties (const RunwareModel *model)
{
  JsonObject *properties = json_object_new ();
  g_autofree char *inputs =
    g_strdup_printf ("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"referenceImages\":"
                     "{\"type\":\"array\",\"maxItems\":%u,\"items\":{\"type\":\"string\"}}}}", model->max_references);

  add_property (properties, "taskType", "{\"type\":\"string\",\"const\":\"imageInference\"}");
  add_property (properties, "taskUUID", "{\"type\":\"string\",\"format\":\"uuid\"}");
  add_property (properties, "model", "{\"type\":\"string\"}");
  add_property (properties, "positivePrompt", "{\"type\":\"string\",\"minLength\":3,\"maxLength\":45000}");
  add_property (properties, "inputs", inputs);
  add_property (properties, "width", "{\"type\":\"integer\"}");
  add_property (properties, "height", "{\"type\":\"integer\"}");
  if (model->prices[2] > 0)
    add_property (properties, "resolution", "{\"type\":\"string\"}");
  add_property (properties, "numberResults", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":20}");
  add_property (properties, "outputType", "{\"enum\":[\"URL\",\"base64Data\",\"dataURI\"]}");
  add_property (properties, "outputFormat", "{\"enum\":[\"JPG\",\"PNG\",\"WEBP\"]}");
  add_property (properties, "outputQuality", "{\"type\":\"integer\",\"minimum\":20,\"maximum\":99}");
  add_property (properties, "deliveryMethod", "{\"enum\":[\"sync\",\"async\"]}");
  add_property (properties, "includeCost", "{\"type\":\"boolean\"}");
  add_property (properties, "ttl", "{\"type\":\"integer\"}");
  add_property (properties, "uploadEndpoint", "{\"type\":\"string\"}");
  add_property (properties, "webhookURL", "{\"type\":\"string\"}");
  add_property (properties, "seed", "{\"type\":\"integer\"}");
  add_property (properties, "safety", "{\"type\":\"object\",\"properties\":{\"checkContent\":{\"type\":\"boolean\"}}}");
  add_property (properties, "settings", "{\"type\":\"object\",\"properties\":{\"thinking\":{\"enum\":[\"MINIMAL\",\"HIGH\"]}}}");
  add_property (properties, "providerSettings",
                "{\"type\":\"object\",\"properties\":{\"google\":{\"type\":\"object\",\"properties\":"
                "{\"webSearch\":{\"type\":\"boolean\"},\"imageSearch\":{\"type\":\"boolean\"},"
                "\"safetyTolerance\":{\"type\":\"string\"}}}}}");

  return properties;
}

static void
answer_schema (Exchange *exchange)
{
  g_autofree char *id = g_uri_unescape_string (strrchr (exchange->path, '/') + 1, NULL);
  const RunwareModel *model = id != NULL ? runware_find_model (id) : NULL;

  if (model == NULL)
    exchange_reply (exchange, 404, object_make ("error:s", "Unknown model"));
  else
    exchange_reply (exchange, 200,
                    object_make ("requestSchema:o responseSchema:o documentation:s",
                                 object_make ("type:s additionalProperties:b properties:o required:a", "object",
                                              FALSE, make_properties (model),
                                              strings_make ("taskType", "taskUUID", "model", "positivePrompt", NULL)),
                                 object_make ("type:s", "object"), "https://runware.ai/docs"));
}

/**
 * runware_begin_schema:
 * @exchange: a request
 * @path: after "/resolve/"
 */
void
runware_begin_schema (Exchange   *exchange,
                      const char *path)
{
  exchange_start (exchange, "runware", "schema", answer_schema);
}
