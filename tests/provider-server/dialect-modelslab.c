/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab: the key is in the body of every request, and every answer has a
 * status. */

#include "config.h"

#include "modelslab-private.h"

#include "checks.h"
#include "dialects.h"
#include "json-make.h"
#include "photo.h"

#include "dio-json.h"

#include <string.h>

#define MAX_UPLOAD (5 * 1024 * 1024)

static void
add_message (Exchange   *exchange,
             JsonObject *object,
             const char *parameter,
             const char *message)
{
  Settings *settings = server_settings (exchange->server);
  const char *name = settings_get_bool (settings, "modelslab.misspelt") ? "messege" : "message";

  if (parameter != NULL && settings_get_bool (settings, "modelslab.object-messages"))
    json_object_set_object_member (object, name, object_make ("error:a", strings_make (message, NULL)));
  else
    json_object_set_string_member (object, name, message);
}

/**
 * modelslab_refuse:
 * @exchange: a request
 * @status: of HTTP, where errors have one
 * @parameter: (nullable): the field that is wrong
 * @message: a sentence
 *
 * Ends it with an error.
 */
void
modelslab_refuse (Exchange   *exchange,
                  guint       status,
                  const char *parameter,
                  const char *message)
{
  Settings *settings = server_settings (exchange->server);
  JsonObject *object = object_make ("status:s", "error");

  add_message (exchange, object, parameter, message);
  if (status == 429)
    object_add (object, "retry_after:i", settings_get_int (settings, "modelslab.retry-after"));
  if (status == 400 && !exchange_is_shaped (exchange, ACTION_REFUSE))
    ledger_add_invalid (exchange->server->ledger, "modelslab", exchange->call, parameter, message);

  exchange_reply (exchange, settings_get_bool (settings, "modelslab.old-errors") ? 200 : status, object);
}

static gboolean
let_in (Exchange *exchange)
{
  JsonObject *object = exchange_get_object (exchange);
  const char *key = dio_json_get_string (object, "key");

  if (!g_str_equal (soup_server_message_get_method (exchange->message), "POST"))
    modelslab_refuse (exchange, 405, NULL, "The method is not supported for this route. Supported methods: POST.");
  else if (object == NULL)
    modelslab_refuse (exchange, 400, NULL, "The body must be a JSON object");
  else if (g_strcmp0 (key, exchange->server->key) != 0)
    modelslab_refuse (exchange, 401, NULL, "Invalid API key");
  else
    return TRUE;

  return FALSE;
}

static void
answer_poll (Exchange *exchange)
{
  static const Field fields[] = { { "key", FIELD_STRING, TRUE }, { NULL } };
  g_auto(Problem) problem = { 0 };
  Job *job;

  if (!let_in (exchange))
    return;

  job = jobs_find (exchange->server->jobs, "modelslab", strrchr (exchange->path, '/') + 1);
  if (!check_fields (exchange_get_object (exchange), fields, &problem))
    modelslab_refuse (exchange, 400, problem.parameter, problem.message);
  else if (job == NULL || !job_is_kept (job))
    modelslab_refuse (exchange, 404, NULL, "Request id not found");
  else
    modelslab_tell (exchange, job, FALSE);
}

static void
answer_upload (Exchange *exchange)
{
  static const Field fields[] = {
    { "key", FIELD_STRING, TRUE }, { "base64_string", FIELD_STRING, TRUE }, { NULL }
  };
  DioProviderServer *server = exchange->server;
  JsonObject *object = exchange_get_object (exchange);
  g_auto(Problem) problem = { 0 };
  g_autoptr(GBytes) bytes = NULL;
  DioImageHeader header;

  if (!let_in (exchange))
    return;

  if (check_fields (object, fields, &problem))
    {
      bytes = photo_from_data_uri (dio_json_get_string (object, "base64_string"));
      if (bytes == NULL || !photo_read_header (bytes, &header))
        problem_set (&problem, PROBLEM_IMAGE, "base64_string", "The base64 string is no image");
      else if (g_bytes_get_size (bytes) > MAX_UPLOAD)
        problem_set (&problem, PROBLEM_IMAGE, "base64_string", "The image is larger than 5 MB");
    }

  if (problem.kind != PROBLEM_NONE)
    {
      modelslab_refuse (exchange, 400, problem.parameter, problem.message);
    }
  else
    {
      const char *id = uploads_add (server->uploads, bytes,
                                    settings_get_int (server_settings (server), "upload-seconds"));
      g_autofree char *path = g_strdup_printf ("/uploads/%s.%s", id, dio_image_format_get_extension (header.format));
      g_autofree char *url = dio_provider_server_dup_cdn_url (server, path);

      exchange_reply (exchange, 200, object_make ("status:s id:i output:a", "success", ++server->n_ids,
                                                  strings_make (url, NULL)));
    }
}

static void
answer_balance (Exchange *exchange)
{
  if (let_in (exchange))
    exchange_reply (exchange, 200,
                    object_make ("status:s data:o", "success",
                                 object_make ("balance:d currency:s",
                                              server_get_balance (exchange->server, "modelslab"), "USD")));
}

static JsonArray *
list_outputs (Exchange *exchange,
              guint     first,
              guint     n,
              guint    *total)
{
  g_autoptr(GPtrArray) jobs = jobs_list (exchange->server->jobs, "modelslab");
  JsonArray *data = json_array_new ();

  *total = 0;
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job_get_state (job) != JOB_DONE || !job_is_kept (job))
        continue;
      if (*total >= first && *total < first + n)
        json_array_add_object_element (data, object_make ("id:n output:a", modelslab_make_id (exchange, job),
                                                          modelslab_list_addresses (exchange, job)));
      (*total)++;
    }

  return data;
}

static void
answer_lookup (Exchange *exchange)
{
  static const char *const types[] = { "image", NULL };
  static const Field fields[] = {
    { "key", FIELD_STRING, TRUE }, { "type", FIELD_WORD, .words = types },
    { "per_page", FIELD_INTEGER, .min = 1, .max = 30 }, { "page", FIELD_INTEGER, .min = 1, .max = 1e9 }, { NULL }
  };
  JsonObject *object = exchange_get_object (exchange);
  g_auto(Problem) problem = { 0 };
  guint page;
  guint n;
  guint total;
  JsonArray *data;

  if (!let_in (exchange))
    return;
  if (!check_fields (object, fields, &problem))
    {
      modelslab_refuse (exchange, 400, problem.parameter, problem.message);
      return;
    }

  page = dio_json_get_integer (object, "page", 1);
  n = dio_json_get_integer (object, "per_page", 10);
  data = list_outputs (exchange, (page - 1) * n, n, &total);
  exchange_reply (exchange, 200,
                  object_make ("status:s data:a pagination:o", "success", data,
                               object_make ("current_page:i per_page:i total:i last_page:i", page, n, total,
                                            MAX (1, (total + n - 1) / n))));
}

static void
answer_create (Exchange *exchange)
{
  if (let_in (exchange))
    modelslab_create (exchange);
}

static void
answer_unknown (Exchange *exchange)
{
  modelslab_refuse (exchange, 404, NULL, "The route could not be found.");
}

/**
 * modelslab_begin:
 * @exchange: a request
 * @path: of it, from "/api/" on
 */
void
modelslab_begin (Exchange   *exchange,
                 const char *path)
{
  static const struct
  {
    const char   *path;
    const char   *call;
    ExchangeFunc  answer;
  } routes[] = {
    { "/api/v1/enterprise/nano_banana/multi_ref", "create", answer_create },
    { "/api/v1/enterprise/nano_banana/text2img", "create", answer_create },
    { "/api/v1/enterprise/nano_banana/fetch/", "poll", answer_poll },
    { "/api/v6/realtime/fetch/", "poll", answer_poll },
    { "/api/v6/base64_to_url", "upload", answer_upload },
    { "/api/v6/assets_generated", "lookup", answer_lookup },
    { "/api/wallet_balance", "balance", answer_balance },
  };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      gboolean whole = !g_str_has_suffix (routes[i].path, "/");

      if (whole ? g_str_equal (path, routes[i].path) : g_str_has_prefix (path, routes[i].path))
        {
          exchange_start (exchange, "modelslab", routes[i].call, routes[i].answer);
          return;
        }
    }

  exchange_start (exchange, "modelslab", "unknown", answer_unknown);
}
