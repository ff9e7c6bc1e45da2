/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ModelsLab says of a job, in the shapes that its documents show. */

#include "config.h"

#include "modelslab-private.h"

#include "gather.h"
#include "json-make.h"

#include "dio-json.h"

JsonNode *
modelslab_make_id (Exchange *exchange,
                   Job      *job)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (settings_get_bool (server_settings (exchange->server), "modelslab.string-ids"))
    json_node_set_string (node, job->id);
  else
    json_node_set_int (node, g_ascii_strtoll (job->id, NULL, 10));

  return node;
}

static gboolean
is_base64 (Job *job)
{
  return g_strcmp0 (dio_json_get_string (json_node_get_object (job->request), "base64"), "yes") == 0;
}

static char *
dup_address (Exchange *exchange,
             Job      *job,
             guint     index)
{
  g_autofree char *path = NULL;

  if (!is_base64 (job))
    return dup_picture_url (exchange->server, job, index);

  path = g_strdup_printf ("/texts/%s.base64", (char *) g_ptr_array_index (job->tokens, index));

  return dio_provider_server_dup_cdn_url (exchange->server, path);
}

/**
 * modelslab_list_addresses:
 * @exchange: a request
 * @job: what it is about
 *
 * Returns: (transfer full): where its pictures are, or will be
 */
JsonArray *
modelslab_list_addresses (Exchange *exchange,
                          Job      *job)
{
  JsonArray *array = json_array_new ();

  for (guint i = job->missing; i < job->n; i++)
    {
      g_autofree char *url = dup_address (exchange, job, i);

      json_array_add_string_element (array, url);
      if (job->twice)
        json_array_add_string_element (array, url);
    }

  return array;
}

static JsonNode *
make_output (Exchange  *exchange,
             JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  if (settings_get_bool (server_settings (exchange->server), "modelslab.output-string") &&
      json_array_get_length (array) == 1)
    {
      json_node_init_string (node, json_array_get_string_element (array, 0));
      json_array_unref (array);
    }
  else
    {
      json_node_take_array (node, array);
    }

  return node;
}

static JsonNode *
make_links (Exchange *exchange,
            Job      *job)
{
  g_autoptr(JsonArray) array = modelslab_list_addresses (exchange, job);
  JsonObject *object;

  if (!settings_get_bool (server_settings (exchange->server), "modelslab.object-links"))
    {
      JsonNode *node = json_node_new (JSON_NODE_ARRAY);

      json_node_set_array (node, array);
      return node;
    }

  object = json_object_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      json_object_set_string_member (object, name, json_array_get_string_element (array, i));
    }

  return object_to_node (object);
}

static void
reply_done (Exchange  *exchange,
            Job       *job,
            JsonArray *output)
{
  exchange_reply (exchange, 200,
                  object_make ("status:s generationTime:d id:n output:n proxy_links:n meta:o", "success", 2.9,
                               modelslab_make_id (exchange, job), make_output (exchange, output),
                               make_links (exchange, job),
                               object_make ("seed:l width:i height:i file_prefix:s prompt:s", job->seed, job->width,
                                            job->height, g_ptr_array_index (job->tokens, 0), job->prompt)));
}

static void
gathered_cb (GPtrArray *pictures,
             gpointer   user_data)
{
  Exchange *exchange = user_data;
  Job *job = exchange->job;
  JsonArray *output = json_array_new ();

  for (guint i = job->missing; i < pictures->len; i++)
    {
      g_autofree char *text =
        encode_picture (g_ptr_array_index (pictures, i), job,
                        settings_is (server_settings (exchange->server), "modelslab.base64", "data-uri"));

      json_array_add_string_element (output, text);
      if (job->twice)
        json_array_add_string_element (output, text);
    }

  reply_done (exchange, job, output);
}

static void
tell_done (Exchange *exchange,
           Job      *job)
{
  if (is_base64 (job) && !settings_is (server_settings (exchange->server), "modelslab.base64", "file"))
    gather_pictures (exchange->server, job, gathered_cb, exchange_ref (exchange), (GDestroyNotify) exchange_unref);
  else
    reply_done (exchange, job, modelslab_list_addresses (exchange, job));
}

static void
tell_failed (Exchange *exchange,
             Job      *job)
{
  const char *message = job->refused != NULL ? "NSFW content was detected in the generated image"
                                             : "Failed, Try Again";

  exchange_reply (exchange, 200, object_make ("status:s id:n message:s output:s", "failed",
                                              modelslab_make_id (exchange, job), message, ""));
}

static char *
dup_fetch_address (Exchange *exchange,
                   Job      *job)
{
  Settings *settings = server_settings (exchange->server);
  g_autofree char *path = g_strconcat (settings_get_string (settings, "modelslab.fetch-path"), job->id, NULL);

  return settings_get_bool (settings, "modelslab.fetch-elsewhere")
           ? dio_provider_server_dup_cdn_url (exchange->server, path)
           : dio_provider_server_dup_url (exchange->server, path);
}

/* The answer to a create; fetch says less, and has a text for its output. */
static void
tell_queued (Exchange *exchange,
             Job      *job)
{
  g_autofree char *fetch = dup_fetch_address (exchange, job);

  exchange_reply (exchange, 200,
                  object_make ("status:s tip:s eta:i message:s fetch_result:s id:n output:a future_links:a meta:o",
                               "processing", "Your image is processing in background.",
                               settings_get_int (server_settings (exchange->server), "modelslab.eta"),
                               "Try to fetch request after seconds estimated", fetch,
                               modelslab_make_id (exchange, job), json_array_new (),
                               modelslab_list_addresses (exchange, job),
                               object_make ("seed:l width:i height:i", job->seed, job->width, job->height)));
}

/**
 * modelslab_tell:
 * @exchange: a request
 * @job: what it is about
 * @created: it has just been made
 */
void
modelslab_tell (Exchange *exchange,
                Job      *job,
                gboolean  created)
{
  exchange->job = job;
  if (!created)
    job->polls++;

  switch (job_get_state (job))
    {
    case JOB_DONE:
      tell_done (exchange, job);
      break;
    case JOB_FAILED:
      tell_failed (exchange, job);
      break;
    case JOB_MAKING:
    default:
      if (created)
        tell_queued (exchange, job);
      else
        exchange_reply (exchange, 200, object_make ("status:s message:s output:s tip:s", "processing",
                                                    "try again later.", "", "Your image is processing."));
    }
}
