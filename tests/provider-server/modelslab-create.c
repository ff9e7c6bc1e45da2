/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ModelsLab's multi_ref and text2img take. */

#include "config.h"

#include "modelslab-private.h"

#include "checks.h"
#include "photo.h"

#include "dio-hash.h"
#include "dio-json.h"

static const char *const yes_no[] = { "yes", "no", NULL };

#define COMMON_FIELDS \
  { "key", FIELD_STRING, TRUE }, \
  { "prompt", FIELD_STRING, TRUE, .min = 1, .max = G_MAXINT }, \
  { "negative_prompt", FIELD_STRING }, \
  { "width", FIELD_INTEGER, .min = 1024, .max = 2048, .step = 32 }, \
  { "height", FIELD_INTEGER, .min = 1024, .max = 2048, .step = 32 }, \
  { "seed", FIELD_INTEGER, .min = 0, .max = 4294967295.0 }, \
  { "samples", FIELD_INTEGER, .min = 1, .max = 4 }, \
  { "noise_scale_start", FIELD_NUMBER, .min = 0, .max = 30 }, \
  { "noise_scale_end", FIELD_NUMBER, .min = 0, .max = 30 }, \
  { "noise_clip_std", FIELD_NUMBER, .min = 0, .max = 10 }, \
  { "watermark", FIELD_WORD, .words = yes_no }, \
  { "temp", FIELD_WORD, .words = yes_no }, \
  { "base64", FIELD_WORD, .words = yes_no }, \
  { "webhook", FIELD_URL, .nullable = TRUE }, \
  { "track_id", FIELD_STRING, .nullable = TRUE }

static const Field text_fields[] = { COMMON_FIELDS, { NULL } };

static const Field reference_fields[] = {
  COMMON_FIELDS,
  { "ref_image", FIELD_ARRAY, TRUE, .min = 1, .max = G_MAXINT },
  { NULL }
};

static gboolean
is_with_references (Exchange *exchange)
{
  return g_str_has_suffix (exchange->path, "/multi_ref");
}

static gboolean
take_references (Exchange *exchange,
                 Job      *job,
                 Problem  *problem)
{
  JsonArray *array = dio_json_get_array (exchange_get_object (exchange), "ref_image");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *url = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      GBytes *bytes;

      if (url == NULL || !check_is_url (url))
        return problem_set (problem, PROBLEM_VALUE, "ref_image", "The ref_image.%u must be a valid URL", i);
      if (!photo_from_url (exchange->server, url, &bytes))
        return problem_set (problem, PROBLEM_IMAGE, "ref_image", "Unable to fetch image from provided URL");

      /* Nothing says which is what: the last is taken for the place. */
      g_ptr_array_add (job->references,
                       reference_new (i > 0 && i == n - 1 ? DIO_ROLE_SCENE : DIO_ROLE_SUBJECT, bytes));
    }

  return TRUE;
}

static Job *
make_job (Exchange *exchange)
{
  JsonObject *object = exchange_get_object (exchange);
  g_autofree char *id = server_make_id (exchange->server, 9);
  Job *job = job_new ("modelslab", "modelslab", id, dio_json_get_string (object, "track_id"),
                      dio_json_get_integer (object, "samples", 1));

  job->width = dio_json_get_integer (object, "width", 2048);
  job->height = dio_json_get_integer (object, "height", 2048);
  job->prompt = g_strdup (dio_json_get_string (object, "prompt"));
  job->seed = dio_json_get_integer (object, "seed", 0);
  if (job->seed == 0)
    job->seed = dio_random_seed ();
  job->cost = job->n * settings_get_double (server_settings (exchange->server), "modelslab.price");
  job->request = json_node_ref (exchange->json);
  exchange_shape_job (exchange, job);
  if (settings_get_bool (server_settings (exchange->server), "modelslab.at-once"))
    job->queue_seconds = 0;

  return job;
}

static void
note (Exchange   *exchange,
      Job        *job,
      const char *error)
{
  JsonObject *object = exchange_get_object (exchange);
  LedgerCreate create = {
    .own_id = dio_json_get_string (object, "track_id"),
    .remote_id = job != NULL ? job->id : NULL,
    .prompt = dio_json_get_string (object, "prompt"),
    .accepted = job != NULL,
    .cost = job != NULL ? job->cost : 0,
    .currency = "USD",
    .n = dio_json_get_integer (object, "samples", 1),
    .error = error,
  };

  ledger_add_create (exchange->server->ledger, "modelslab", &create);
}

static void
refuse (Exchange   *exchange,
        guint       status,
        const char *parameter,
        const char *message)
{
  note (exchange, NULL, message);
  modelslab_refuse (exchange, status, parameter, message);
}

/* What has nothing to do with the fields. */
static gboolean
is_declined (Exchange *exchange,
             Job      *job)
{
  DioProviderServer *server = exchange->server;
  int limit = settings_get_int (server_settings (server), "modelslab.queue-limit");
  g_autofree char *busy =
    g_strdup_printf ("Rate limit exceeded. Maximum %d queued requests allowed.", limit);

  if (exchange_is_refused (exchange, "prompt"))
    refuse (exchange, 400, "prompt", "The prompt was flagged by the content filter");
  else if (exchange_is_refused (exchange, "reference"))
    refuse (exchange, 400, "ref_image", "The reference image was flagged by the content filter");
  else if (server_get_balance (server, "modelslab") < job->cost)
    refuse (exchange, 402, NULL, "Insufficient credits. Please top up your wallet.");
  else if (jobs_count_making (server->jobs, "modelslab", FALSE) >= (guint) limit)
    refuse (exchange, 429, NULL, busy);
  else
    return FALSE;

  return TRUE;
}

static void
accept (Exchange *exchange,
        Job      *job)
{
  jobs_take (exchange->server->jobs, job);
  server_charge (exchange->server, "modelslab", job->cost);
  note (exchange, job, NULL);
  modelslab_tell (exchange, job, TRUE);
}

/**
 * modelslab_create:
 * @exchange: a request with the right key
 */
void
modelslab_create (Exchange *exchange)
{
  const Field *fields = is_with_references (exchange) ? reference_fields : text_fields;
  g_auto(Problem) problem = { 0 };
  g_autoptr(Job) job = NULL;

  if (check_fields (exchange_get_object (exchange), fields, &problem))
    {
      job = make_job (exchange);
      take_references (exchange, job, &problem);
    }

  if (problem.kind != PROBLEM_NONE)
    refuse (exchange, 400, problem.parameter, problem.message);
  else if (!is_declined (exchange, job))
    accept (exchange, g_steal_pointer (&job));
}
