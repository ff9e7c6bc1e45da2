/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What InvokeAI writes: JSON in three shapes, by age, and before that the command
 * that was typed. */

#include "config.h"

#include "dio-foreign-metadata-private.h"

#include "dio-json.h"

#include <string.h>

static JsonNode *
parse_object (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(JsonNode) node = dio_json_parse (bytes, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static int
get_count (JsonObject *object,
           const char *name)
{
  return CLAMP (dio_json_get_integer (object, name, 0), 0, G_MAXINT16);
}

static void
take_numbers (DioPictureMetadata *metadata,
              JsonObject         *object)
{
  metadata->seed = MAX (dio_json_get_integer (object, "seed", -1), -1);
  metadata->width = get_count (object, "width");
  metadata->height = get_count (object, "height");
  metadata->steps = get_count (object, "steps");
  metadata->guidance = dio_json_get_number (object, "cfg_scale", -1);
}

/* The model's name moved twice. */
static const char *
get_model (JsonObject *object)
{
  JsonObject *model = dio_json_get_object (object, "model");
  const char *name = dio_json_get_string (model, "name");

  return name != NULL ? name : dio_json_get_string (model, "model_name");
}

/**
 * dio_invokeai_metadata_read:
 * @text: what may be its “invokeai_metadata”
 *
 * Returns: (transfer full) (nullable): what it tells
 */
DioPictureMetadata *
dio_invokeai_metadata_read (const char *text)
{
  g_autoptr(JsonNode) node = parse_object (text);
  DioPictureMetadata *metadata;
  JsonObject *object;

  if (node == NULL)
    return NULL;

  object = json_node_get_object (node);
  if (dio_json_get_string (object, "positive_prompt") == NULL)
    return NULL;

  metadata = dio_picture_metadata_new (DIO_METADATA_INVOKEAI);
  metadata->prompt = g_strdup (dio_json_get_string (object, "positive_prompt"));
  metadata->negative_prompt = g_strdup (dio_json_get_string (object, "negative_prompt"));
  metadata->model = g_strdup (get_model (object));
  metadata->software = g_strdup (dio_json_get_string (object, "app_version"));
  take_numbers (metadata, object);

  return metadata;
}

/* A text, or a list of texts with weights. What is not wanted stands between
 * brackets. */
static char *
dup_old_prompt (JsonObject *image)
{
  JsonArray *array = dio_json_get_array (image, "prompt");
  JsonNode *first = array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;

  if (first != NULL && JSON_NODE_HOLDS_OBJECT (first))
    return g_strdup (dio_json_get_string (json_node_get_object (first), "prompt"));

  return g_strdup (dio_json_get_string (image, "prompt"));
}

static void
split_prompt (DioPictureMetadata *metadata,
              const char         *prompt)
{
  const char *open = strchr (prompt, '[');
  const char *close = open != NULL ? strrchr (open, ']') : NULL;
  g_autoptr(GString) wanted = NULL;

  if (close == NULL)
    {
      metadata->prompt = g_strdup (prompt);
      return;
    }

  wanted = g_string_new_len (prompt, open - prompt);
  g_string_append (wanted, close + 1);
  metadata->prompt = g_strdup (g_strstrip (wanted->str));
  metadata->negative_prompt = g_strndup (open + 1, close - open - 1);
}

/**
 * dio_invokeai_old_metadata_read:
 * @text: what may be its “sd-metadata”
 *
 * Returns: (transfer full) (nullable): what it tells
 */
DioPictureMetadata *
dio_invokeai_old_metadata_read (const char *text)
{
  g_autoptr(JsonNode) node = parse_object (text);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  JsonObject *image = dio_json_get_object (object, "image");
  g_autofree char *prompt = image != NULL ? dup_old_prompt (image) : NULL;
  DioPictureMetadata *metadata;

  if (prompt == NULL)
    return NULL;

  metadata = dio_picture_metadata_new (DIO_METADATA_INVOKEAI);
  split_prompt (metadata, prompt);
  metadata->model = g_strdup (dio_json_get_string (object, "model_weights"));
  metadata->software = g_strdup (dio_json_get_string (object, "app_version"));
  take_numbers (metadata, image);

  return metadata;
}

static void
take_switch (DioPictureMetadata *metadata,
             char                letter,
             const char         *value)
{
  gint64 number = g_ascii_strtoll (value, NULL, 10);

  if (letter == 'S')
    metadata->seed = MAX (number, -1);
  else if (letter == 's')
    metadata->steps = CLAMP (number, 0, G_MAXINT16);
  else if (letter == 'W')
    metadata->width = CLAMP (number, 0, G_MAXINT16);
  else if (letter == 'H')
    metadata->height = CLAMP (number, 0, G_MAXINT16);
  else if (letter == 'C')
    metadata->guidance = g_ascii_strtod (value, NULL);
}

/* “-S 42” and “-S42” are the same. */
static void
take_switches (DioPictureMetadata *metadata,
               const char         *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", 64);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];

      if (word[0] != '-' || !g_ascii_isalpha (word[1]))
        continue;
      if (word[2] != '\0')
        take_switch (metadata, word[1], word + 2);
      else if (words[i + 1] != NULL)
        take_switch (metadata, word[1], words[i + 1]);
    }
}

/**
 * dio_invokeai_dream_read:
 * @text: what may be its “Dream”: a prompt in quotes and switches
 *
 * Returns: (transfer full) (nullable): what it tells
 */
DioPictureMetadata *
dio_invokeai_dream_read (const char *text)
{
  const char *close = text[0] == '"' ? strrchr (text + 1, '"') : NULL;
  g_autofree char *prompt = NULL;
  DioPictureMetadata *metadata;

  if (close == NULL)
    return NULL;

  prompt = g_strndup (text + 1, close - text - 1);
  metadata = dio_picture_metadata_new (DIO_METADATA_INVOKEAI);
  split_prompt (metadata, prompt);
  take_switches (metadata, close + 1);

  return metadata;
}
