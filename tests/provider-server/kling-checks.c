/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Kling's create takes, field by field and photo by photo. */

#include "config.h"

#include "kling-private.h"

#include "photo.h"

#include "dio-json.h"

#define MAX_BYTES (10 * 1024 * 1024)
#define MIN_SIDE  300
#define MAX_RATIO 2.5

static const char *const ratios[] = {
  "16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "", NULL
};

static const Field watermark_fields[] = { { "enabled", FIELD_BOOLEAN, TRUE }, { NULL } };

#define FIELDS_WITH(scene, fewest) \
  { \
    { "model_name", FIELD_STRING, TRUE }, \
    { "prompt", FIELD_STRING, .min = 0, .max = 2500 }, \
    { "subject_image_list", FIELD_ARRAY, TRUE, .min = fewest, .max = 4 }, \
    { scene, FIELD_STRING }, \
    { "style_image", FIELD_STRING }, \
    { "n", FIELD_INTEGER, TRUE, .min = 1, .max = 9 }, \
    { "aspect_ratio", FIELD_WORD, .words = ratios }, \
    { "watermark_info", FIELD_OBJECT, .fields = watermark_fields }, \
    { "callback_url", FIELD_STRING }, \
    { "external_task_id", FIELD_STRING }, \
    { NULL } \
  }

/* By how many subjects are asked for at least, and how the scene is spelt. */
static const Field fields[2][2][12] = {
  { FIELDS_WITH ("scene_image", 1), FIELDS_WITH ("scence_image", 1) },
  { FIELDS_WITH ("scene_image", 2), FIELDS_WITH ("scence_image", 2) },
};

static const Field subject_fields[] = { { "subject_image", FIELD_STRING, TRUE }, { NULL } };

static const char *
get_scene_name (Exchange *exchange)
{
  return settings_get_bool (server_settings (exchange->server), "kling.scence") && !kling_is_official (exchange)
           ? "scence_image" : "scene_image";
}

gboolean
kling_check_fields (Exchange *exchange,
                    Problem  *problem)
{
  Settings *settings = server_settings (exchange->server);
  JsonObject *object = exchange_get_object (exchange);
  const char *callback = dio_json_get_string (object, "callback_url");
  gboolean two = settings_get_int (settings, "kling.min-subjects") > 1 && !kling_is_official (exchange);
  gboolean misspelt = g_str_equal (get_scene_name (exchange), "scence_image");

  if (!check_fields (object, fields[two][misspelt], problem))
    return FALSE;
  if (callback != NULL && *callback != '\0' && !check_is_url (callback))
    return problem_set (problem, PROBLEM_VALUE, "callback_url", "callback_url is no URL");

  return TRUE;
}

static gboolean
check_photo (GBytes     *bytes,
             const char *name,
             Problem    *problem)
{
  DioImageHeader header;
  double ratio;

  if (g_bytes_get_size (bytes) > MAX_BYTES)
    return problem_set (problem, PROBLEM_IMAGE, name, "%s: the image is larger than 10 MB", name);
  if (!photo_read_header (bytes, &header) ||
      (header.format != DIO_IMAGE_FORMAT_PNG && header.format != DIO_IMAGE_FORMAT_JPEG))
    return problem_set (problem, PROBLEM_IMAGE, name, "%s: the image is neither JPEG nor PNG", name);
  if (header.width < MIN_SIDE || header.height < MIN_SIDE)
    return problem_set (problem, PROBLEM_IMAGE, name, "%s: the image is smaller than 300 px", name);

  ratio = header.width / (double) header.height;
  if (ratio > MAX_RATIO || ratio < 1 / MAX_RATIO)
    return problem_set (problem, PROBLEM_IMAGE, name, "%s: the aspect ratio is not between 1:2.5 and 2.5:1", name);

  return TRUE;
}

static gboolean
take_photo (Exchange   *exchange,
            Job        *job,
            DioRole     role,
            const char *name,
            const char *text,
            Problem    *problem)
{
  g_autoptr(GBytes) bytes = NULL;

  if (photo_is_data_uri (text))
    return problem_set (problem, PROBLEM_IMAGE, name, "%s: base64 must come without the data: prefix", name);

  if (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://"))
    {
      if (!check_is_url (text) || !photo_from_url (exchange->server, text, &bytes))
        return problem_set (problem, PROBLEM_IMAGE, name, "%s: the image cannot be fetched", name);
    }
  else
    {
      bytes = photo_from_base64 (text);
      if (bytes == NULL)
        return problem_set (problem, PROBLEM_IMAGE, name, "%s: neither base64 nor a URL", name);
    }

  if (bytes != NULL && !check_photo (bytes, name, problem))
    return FALSE;

  g_ptr_array_add (job->references, reference_new (role, g_steal_pointer (&bytes)));

  return TRUE;
}

static gboolean
take_subjects (Exchange *exchange,
               Job      *job,
               Problem  *problem)
{
  JsonArray *array = dio_json_get_array (exchange_get_object (exchange), "subject_image_list");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *subject = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (subject == NULL)
        return problem_set (problem, PROBLEM_TYPE, "subject_image_list", "subject_image_list holds no objects");
      if (!check_fields (subject, subject_fields, problem) ||
          !take_photo (exchange, job, DIO_ROLE_SUBJECT, "subject_image",
                       dio_json_get_string (subject, "subject_image"), problem))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_optional (Exchange   *exchange,
               Job        *job,
               DioRole     role,
               const char *name,
               Problem    *problem)
{
  const char *text = dio_json_get_string (exchange_get_object (exchange), name);

  return text == NULL || *text == '\0' || take_photo (exchange, job, role, name, text, problem);
}

/**
 * kling_take_request:
 * @exchange: a request whose fields are as documented
 * @job: given the photos
 * @problem: told of the first photo that is not
 *
 * Returns: whether all photos are
 */
gboolean
kling_take_request (Exchange *exchange,
                    Job      *job,
                    Problem  *problem)
{
  return take_subjects (exchange, job, problem) &&
         take_optional (exchange, job, DIO_ROLE_SCENE, get_scene_name (exchange), problem) &&
         take_optional (exchange, job, DIO_ROLE_STYLE, "style_image", problem);
}
