/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an imageInference of Runware's google models takes. */

#include "config.h"

#include "runware-private.h"

#include "photo.h"

#include "dio-json.h"

#define MAX_BYTES (20 * 1024 * 1024)
#define MIN_SIDE  300
#define MAX_SIDE  2048

static const char *const output_types[] = { "URL", "base64Data", "dataURI", NULL };
static const char *const output_formats[] = { "JPG", "PNG", "WEBP", NULL };
static const char *const delivery_methods[] = { "sync", "async", NULL };
static const char *const thinking[] = { "MINIMAL", "HIGH", NULL };

static const Field safety_fields[] = { { "checkContent", FIELD_BOOLEAN }, { NULL } };
static const Field settings_fields[] = { { "thinking", FIELD_WORD, .words = thinking }, { NULL } };
static const Field google_fields[] = {
  { "webSearch", FIELD_BOOLEAN }, { "imageSearch", FIELD_BOOLEAN }, { "safetyTolerance", FIELD_STRING }, { NULL }
};
static const Field provider_fields[] = { { "google", FIELD_OBJECT, .fields = google_fields }, { NULL } };

/* The number of photos is checked by the model. */
static const Field input_fields[] = { { "referenceImages", FIELD_ARRAY }, { NULL } };

static const Field fields[] = {
  { "taskType", FIELD_STRING, TRUE },
  { "taskUUID", FIELD_STRING, TRUE },
  { "model", FIELD_STRING, TRUE },
  { "positivePrompt", FIELD_STRING, TRUE, .min = 3, .max = 45000 },
  { "inputs", FIELD_OBJECT, .fields = input_fields },
  { "width", FIELD_INTEGER },
  { "height", FIELD_INTEGER },
  { "resolution", FIELD_STRING },
  { "numberResults", FIELD_INTEGER, .min = 1, .max = 20 },
  { "outputType", FIELD_WORD, .words = output_types },
  { "outputFormat", FIELD_WORD, .words = output_formats },
  { "outputQuality", FIELD_INTEGER, .min = 20, .max = 99 },
  { "deliveryMethod", FIELD_WORD, .words = delivery_methods },
  { "includeCost", FIELD_BOOLEAN },
  { "ttl", FIELD_INTEGER, .min = 1, .max = G_MAXINT },
  { "uploadEndpoint", FIELD_URL },
  { "webhookURL", FIELD_URL },
  { "safety", FIELD_OBJECT, .fields = safety_fields },
  /* The older name of the same; a client from before sends it always. */
  { "checkNSFW", FIELD_BOOLEAN },
  { "seed", FIELD_INTEGER, .min = 0, .max = 9007199254740991.0 },
  { "providerSettings", FIELD_OBJECT, .fields = provider_fields },
  { "settings", FIELD_OBJECT, .fields = settings_fields },
  { NULL }
};

static guint
count_photos (JsonObject *task)
{
  JsonArray *photos = dio_json_get_array (dio_json_get_object (task, "inputs"), "referenceImages");

  return photos != NULL ? json_array_get_length (photos) : 0;
}

static gboolean
check_exclusive (JsonObject *task,
                 Problem    *problem)
{
  gboolean has_width = json_object_has_member (task, "width");
  gboolean has_height = json_object_has_member (task, "height");
  gboolean has_resolution = json_object_has_member (task, "resolution");

  if (has_width != has_height)
    return problem_set (problem, PROBLEM_MISSING, has_width ? "height" : "width",
                        "Width and height come together or not at all");
  if (has_width && has_resolution)
    return problem_set (problem, PROBLEM_CONFLICT, "resolution", "Resolution excludes width and height");
  if (!has_width && !has_resolution && count_photos (task) == 0)
    return problem_set (problem, PROBLEM_MISSING, "width",
                        "Either reference images, width and height, or a resolution must be given");
  if (json_object_has_member (task, "ttl") &&
      g_strcmp0 (dio_json_get_string (task, "outputType"), "URL") != 0 &&
      json_object_has_member (task, "outputType"))
    return problem_set (problem, PROBLEM_CONFLICT, "ttl", "A life is for addresses only");

  return TRUE;
}

static gboolean
check_for_model (JsonObject *task,
                 Problem    *problem)
{
  const RunwareModel *model = runware_find_model (dio_json_get_string (task, "model"));
  const char *resolution = dio_json_get_string (task, "resolution");
  RunwareSize size;

  if (model == NULL)
    return problem_set (problem, PROBLEM_VALUE, "model", "There is no such model");
  if (count_photos (task) > model->max_references)
    return problem_set (problem, PROBLEM_LENGTH, "inputs.referenceImages", "At most %u reference images",
                        model->max_references);
  if (json_object_has_member (task, "width") &&
      !runware_find_size (model, dio_json_get_integer (task, "width", 0), dio_json_get_integer (task, "height", 0),
                          &size))
    return problem_set (problem, PROBLEM_VALUE, "width", "The model does not make this width and height");
  if (resolution != NULL && !runware_find_tier (model, resolution, &size))
    return problem_set (problem, PROBLEM_VALUE, "resolution", "The model does not make this resolution");

  return TRUE;
}

/**
 * runware_check:
 * @task: an imageInference
 * @problem: told of what is wrong
 *
 * Returns: whether it is as documented, apart from its photos
 */
gboolean
runware_check (JsonObject *task,
               Problem    *problem)
{
  return check_fields (task, fields, problem) && check_exclusive (task, problem) && check_for_model (task, problem);
}

static gboolean
check_photo (Exchange *exchange,
             GBytes   *bytes,
             Problem  *problem)
{
  DioImageHeader header;

  if (bytes == NULL || !photo_read_header (bytes, &header))
    return problem_set (problem, PROBLEM_IMAGE, "inputs.referenceImages", "The reference is no image");
  if (g_bytes_get_size (bytes) > MAX_BYTES)
    return problem_set (problem, PROBLEM_IMAGE, "inputs.referenceImages", "The reference is larger than 20 MB");
  if (settings_get_bool (server_settings (exchange->server), "runware.check-sides") &&
      (MIN (header.width, header.height) < MIN_SIDE || MAX (header.width, header.height) > MAX_SIDE))
    return problem_set (problem, PROBLEM_IMAGE, "inputs.referenceImages",
                        "The reference's sides are not between 300 and 2048 px");

  return TRUE;
}

/**
 * runware_take_photo:
 * @exchange: a request
 * @job: given the photo
 * @text: the UUID of an upload or a result, an address, a data URI or base64
 * @problem: told of what is wrong
 *
 * Returns: whether it is one of these
 */
gboolean
runware_take_photo (Exchange   *exchange,
                    Job        *job,
                    const char *text,
                    Problem    *problem)
{
  DioProviderServer *server = exchange->server;
  g_autoptr(GBytes) bytes = NULL;
  guint index;

  if (g_uuid_string_is_valid (text))
    {
      GBytes *upload = uploads_find (server->uploads, text);

      if (upload == NULL && jobs_find_picture (server->jobs, text, &index) == NULL)
        return problem_set (problem, PROBLEM_IMAGE, "inputs.referenceImages", "There is no image of this UUID");
      bytes = upload != NULL ? g_bytes_ref (upload) : NULL;
    }
  else if (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://"))
    {
      if (!check_is_url (text) || !photo_from_url (server, text, &bytes))
        return problem_set (problem, PROBLEM_IMAGE, "inputs.referenceImages", "The reference cannot be fetched");
    }
  else
    {
      bytes = photo_is_data_uri (text) ? photo_from_data_uri (text) : photo_from_base64 (text);
      if (!check_photo (exchange, bytes, problem))
        return FALSE;
    }

  g_ptr_array_add (job->references, reference_new (DIO_ROLE_SUBJECT, g_steal_pointer (&bytes)));

  return TRUE;
}
