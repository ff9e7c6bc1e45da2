/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Kling says of a job; and what resellers make of it. */

#include "config.h"

#include "kling-private.h"

#include "gather.h"
#include "json-make.h"

#include "dio-json.h"

static gboolean
is_setting (Exchange   *exchange,
            const char *name,
            const char *value)
{
  return !kling_is_official (exchange) && settings_is (server_settings (exchange->server), name, value);
}

static gboolean
is_on (Exchange   *exchange,
       const char *name)
{
  return !kling_is_official (exchange) && settings_get_bool (server_settings (exchange->server), name);
}

static gint64
get_milliseconds (gint64 microseconds)
{
  return microseconds / 1000;
}

static const char *
get_status (Job *job)
{
  switch (job_get_state (job))
    {
    case JOB_DONE:
      return "succeed";
    case JOB_FAILED:
      return "failed";
    case JOB_MAKING:
    default:
      return job->polls == 0 ? "submitted" : "processing";
    }
}

static const char *
get_reason (Job *job)
{
  if (job_get_state (job) != JOB_FAILED)
    return "";

  return job->refused != NULL ? "Failure to pass the risk control system" : "Internal error of the service";
}

static gboolean
wants_watermark (Job *job)
{
  JsonObject *info = dio_json_get_object (json_node_get_object (job->request), "watermark_info");

  return dio_json_get_boolean (info, "enabled", FALSE);
}

static JsonObject *
make_image (Exchange *exchange,
            Job      *job,
            guint     index)
{
  g_autofree char *url = dup_picture_url (exchange->server, job, index);
  JsonObject *image;

  if (is_on (exchange, "kling.image-ids"))
    image = object_make ("id:s url:s", "", url);
  else
    image = object_make ("index:i url:s", index, url);
  if (wants_watermark (job))
    object_add (image, "watermark_url:s", url);

  return image;
}

static JsonArray *
make_images (Exchange *exchange,
             Job      *job)
{
  JsonArray *array = json_array_new ();

  for (guint i = job->missing; i < job->n; i++)
    {
      json_array_add_object_element (array, make_image (exchange, job, i));
      if (job->twice)
        json_array_add_object_element (array, make_image (exchange, job, i));
    }

  return array;
}

/* The task of the official documents, as a create and a query have it. */
static JsonObject *
make_task (Exchange *exchange,
           Job      *job)
{
  JsonObject *task =
    object_make ("task_id:s task_status:s task_info:o created_at:l updated_at:l", job->id, get_status (job),
                 object_make ("external_task_id:s", job->own_id != NULL ? job->own_id : ""),
                 get_milliseconds (job->created), get_milliseconds (g_get_real_time ()));

  return task;
}

static JsonObject *
make_whole_task (Exchange *exchange,
                 Job      *job)
{
  JsonObject *task = make_task (exchange, job);
  g_autofree char *units = g_strdup_printf ("%g", job->cost);

  object_add (task, "task_status_msg:s", get_reason (job));
  if (job_get_state (job) == JOB_DONE)
    object_add (task, "final_unit_deduction:s task_result:o", units,
                object_make ("images:a", make_images (exchange, job)));
  if (is_on (exchange, "kling.archive") && job_get_state (job) == JOB_DONE)
    {
      g_autofree char *url = dup_picture_url (exchange->server, job, job->missing);

      object_add (task, "platform_id:s archive_url:s", "platform-1", url);
    }

  return task;
}

static void
reply_wrapped (Exchange *exchange,
               JsonNode *data)
{
  g_autofree char *id = g_uuid_string_random ();

  exchange_reply (exchange, 200, object_make ("code:i message:s request_id:s data:n", 0, "SUCCEED", id, data));
}

/**
 * kling_tell_created:
 * @exchange: a create
 * @job: what it made
 */
void
kling_tell_created (Exchange *exchange,
                    Job      *job)
{
  if (is_setting (exchange, "kling.create-shape", "unwrapped"))
    exchange_reply (exchange, 200, object_make ("id:s task_id:s object:s status:s progress:i created_at:l", job->id,
                                                job->id, "image", "", 0, job->created / G_USEC_PER_SEC));
  else
    reply_wrapped (exchange, object_to_node (make_task (exchange, job)));
}

static JsonNode *
make_error (Job *job)
{
  if (job_get_state (job) != JOB_FAILED)
    return json_node_new (JSON_NODE_NULL);

  return object_to_node (object_make ("message:s code:s", get_reason (job),
                                      job->refused != NULL ? "1301" : "5000"));
}

static const char *
get_other_status (Job        *job,
                  const char *making,
                  const char *done)
{
  switch (job_get_state (job))
    {
    case JOB_DONE:
      return done;
    case JOB_FAILED:
      return "failed";
    case JOB_MAKING:
    default:
      return job->polls <= 1 ? "queued" : making;
    }
}

static void
tell_success_word (Exchange *exchange,
                   Job      *job)
{
  g_autofree char *url = job_get_state (job) == JOB_DONE ? dup_picture_url (exchange->server, job, job->missing)
                                                         : NULL;

  exchange_reply (exchange, 200,
                  object_make ("code:s message:s data:o", "success", "",
                               object_make ("task_id:s status:s url:s error:n", job->id,
                                            get_other_status (job, "processing", "succeeded"), url,
                                            make_error (job))));
}

static void
tell_unwrapped (Exchange *exchange,
                Job      *job)
{
  g_autofree char *url = job_get_state (job) == JOB_DONE ? dup_picture_url (exchange->server, job, job->missing)
                                                         : NULL;

  exchange_reply (exchange, 200,
                  object_make ("task_id:s status:s url:s error:n", job->id,
                               get_other_status (job, "in_progress", "completed"), url, make_error (job)));
}

/**
 * kling_tell:
 * @exchange: a query
 * @job: what it is about
 */
void
kling_tell (Exchange *exchange,
            Job      *job)
{
  job->polls++;

  if (is_setting (exchange, "kling.query-shape", "success-word"))
    tell_success_word (exchange, job);
  else if (is_setting (exchange, "kling.query-shape", "unwrapped"))
    tell_unwrapped (exchange, job);
  else
    reply_wrapped (exchange, object_to_node (make_whole_task (exchange, job)));
}

static guint
get_query (Exchange   *exchange,
           const char *name,
           guint       fallback,
           guint       max)
{
  const char *text = g_uri_get_query (soup_server_message_get_uri (exchange->message));
  g_autoptr(GHashTable) query = text != NULL ? soup_form_decode (text) : NULL;
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;
  guint64 number;

  if (value == NULL)
    return fallback;

  return g_ascii_string_to_unsigned (value, 10, 1, max, &number, NULL) ? number : 0;
}

/* All tasks of the account, page by page. */
void
kling_tell_list (Exchange *exchange)
{
  g_autoptr(GPtrArray) jobs = jobs_list (exchange->server->jobs, kling_get_account (exchange));
  guint page = get_query (exchange, "pageNum", 1, 1000);
  guint size = get_query (exchange, "pageSize", 30, 500);
  JsonNode *data;

  if (page == 0 || size == 0)
    {
      kling_refuse (exchange, 1201, page == 0 ? "pageNum" : "pageSize", "Out of range");
      return;
    }

  data = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (data, json_array_new ());
  for (guint i = (page - 1) * size; i < MIN (page * size, jobs->len); i++)
    json_array_add_object_element (json_node_get_array (data),
                                   make_whole_task (exchange, g_ptr_array_index (jobs, i)));
  reply_wrapped (exchange, data);
}
