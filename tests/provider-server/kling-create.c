/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's create: what may be made, once. */

#include "config.h"

#include "kling-private.h"

#include "dio-hash.h"
#include "dio-json.h"

/* About a megapixel of each ratio. */
static const struct
{
  const char *ratio;
  int         width;
  int         height;
} sizes[] = {
  { "16:9", 1360, 768 }, { "9:16", 768, 1360 }, { "1:1", 1024, 1024 }, { "4:3", 1152, 864 },
  { "3:4", 864, 1152 }, { "3:2", 1248, 832 }, { "2:3", 832, 1248 }, { "21:9", 1568, 672 },
};

/* Empty texts stand for nothing, as in the vendor's own examples. */
static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = dio_json_get_string (object, member);

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
note (Exchange   *exchange,
      Job        *job,
      const char *error)
{
  JsonObject *object = exchange_get_object (exchange);
  LedgerCreate create = {
    .own_id = get_text (object, "external_task_id"),
    .remote_id = job != NULL ? job->id : NULL,
    .prompt = dio_json_get_string (object, "prompt"),
    .accepted = job != NULL,
    .cost = job != NULL ? job->cost : 0,
    .currency = "units",
    .n = dio_json_get_integer (object, "n", 1),
    .error = error,
  };

  ledger_add_create (exchange->server->ledger, exchange->dialect, &create);
}

static void
refuse (Exchange   *exchange,
        guint       code,
        const char *parameter,
        const char *message)
{
  g_autofree char *error = g_strdup_printf ("%u %s", code, message != NULL ? message : "");

  note (exchange, NULL, error);
  kling_refuse (exchange, code, parameter, message);
}

static void
set_size (Job        *job,
          const char *ratio)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (sizes) - 1 && g_strcmp0 (sizes[i].ratio, ratio) != 0)
    i++;
  if (ratio == NULL)
    i = 0;

  job->width = sizes[i].width;
  job->height = sizes[i].height;
}

/* Both kinds have been seen: a number too large for a double, and a token that
 * must be escaped in an address. */
static char *
make_id (Exchange *exchange)
{
  g_autofree char *digits = server_make_id (exchange->server, 18);

  if (settings_get_bool (server_settings (exchange->server), "kling.token-ids"))
    return g_strconcat (KLING_TOKEN "/", digits, "+A==", NULL);

  return g_steal_pointer (&digits);
}

static Job *
make_job (Exchange *exchange)
{
  JsonObject *object = exchange_get_object (exchange);
  g_autofree char *id = make_id (exchange);
  Job *job = job_new ("kling", kling_get_account (exchange), id, get_text (object, "external_task_id"),
                      dio_json_get_integer (object, "n", 1));

  set_size (job, get_text (object, "aspect_ratio"));
  job->prompt = g_strdup (dio_json_get_string (object, "prompt"));
  job->seed = dio_random_seed ();
  job->cost = job->n * settings_get_double (server_settings (exchange->server), "kling.units");
  job->request = json_node_ref (exchange->json);
  exchange_shape_job (exchange, job);

  /* The documents keep results for 30 days. */
  job->life *= 30;

  return job;
}

/* What has nothing to do with the fields. An id that is taken is no charge. */
static gboolean
is_declined (Exchange *exchange,
             Job      *job)
{
  DioProviderServer *server = exchange->server;
  const char *account = kling_get_account (exchange);
  guint slots = settings_get_int (server_settings (server), "kling.slots");

  if (job->own_id != NULL && jobs_find_own (server->jobs, account, job->own_id) != NULL)
    refuse (exchange, 1201, "external_task_id", "external_task_id is not unique");
  else if (exchange_is_refused (exchange, "prompt"))
    refuse (exchange, 1301, "prompt", "The prompt triggers the content security policy");
  else if (exchange_is_refused (exchange, "reference"))
    refuse (exchange, 1301, "subject_image_list", "The image triggers the content security policy");
  else if (server_get_balance (server, account) < job->cost)
    refuse (exchange, 1102, NULL, NULL);
  else if (jobs_count_making (server->jobs, account, TRUE) + job->n > slots)
    refuse (exchange, 1303, NULL, NULL);
  else
    return FALSE;

  return TRUE;
}

static gboolean
is_a_model (Exchange *exchange)
{
  const char *name = dio_json_get_string (exchange_get_object (exchange), "model_name");

  return name == NULL || g_str_equal (name, "kling-v2") || g_str_equal (name, "kling-v2-1");
}

static void
accept (Exchange *exchange,
        Job      *job)
{
  jobs_take (exchange->server->jobs, job);
  server_charge (exchange->server, kling_get_account (exchange), job->cost);
  note (exchange, job, NULL);
  kling_tell_created (exchange, job);
}

/**
 * kling_create:
 * @exchange: a request that may ask
 */
void
kling_create (Exchange *exchange)
{
  g_auto(Problem) problem = { 0 };
  g_autoptr(Job) job = NULL;

  if (exchange_get_object (exchange) == NULL)
    {
      refuse (exchange, 1200, NULL, "The body must be a JSON object");
      return;
    }
  if (!is_a_model (exchange))
    {
      refuse (exchange, 1203, "model_name", "The model does not exist");
      return;
    }

  if (kling_check_fields (exchange, &problem))
    {
      job = make_job (exchange);
      kling_take_request (exchange, job, &problem);
    }

  if (problem.kind != PROBLEM_NONE)
    refuse (exchange, 1201, problem.parameter, problem.message);
  else if (!is_declined (exchange, job))
    accept (exchange, g_steal_pointer (&job));
}
