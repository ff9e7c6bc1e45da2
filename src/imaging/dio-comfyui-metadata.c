/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ComfyUI writes: the graph of nodes that made the picture. It has no place
 * for a prompt as such: that is the text that leads into the sampler. */

#include "config.h"

#include "dio-foreign-metadata-private.h"

#include "dio-json.h"

#include <string.h>

/* How far from the sampler something is looked for; graphs may go in circles. */
#define MAX_STEPS 16

/* Returns: (nullable): the inputs of the node that leads into an input */
static JsonObject *
follow (JsonObject *graph,
        JsonObject *inputs,
        const char *name)
{
  JsonArray *link = dio_json_get_array (inputs, name);
  JsonNode *first = link != NULL && json_array_get_length (link) > 0 ? json_array_get_element (link, 0) : NULL;

  if (first == NULL || !JSON_NODE_HOLDS_VALUE (first) || json_node_get_value_type (first) != G_TYPE_STRING)
    return NULL;

  return dio_json_get_object (dio_json_get_object (graph, json_node_get_string (first)), "inputs");
}

/* Returns: (nullable): the nearest input that one of @names leads to, and that is
 * a text under one of @texts */
static const char *
find_text (JsonObject        *graph,
           JsonObject        *inputs,
           const char *const *texts,
           const char *const *names)
{
  for (guint step = 0; inputs != NULL && step < MAX_STEPS; step++)
    {
      JsonObject *next = NULL;

      for (guint i = 0; texts[i] != NULL; i++)
        if (dio_json_get_string (inputs, texts[i]) != NULL)
          return dio_json_get_string (inputs, texts[i]);

      for (guint i = 0; names[i] != NULL && next == NULL; i++)
        next = follow (graph, inputs, names[i]);
      inputs = next;
    }

  return NULL;
}

static const char *
find_prompt (JsonObject *graph,
             JsonObject *sampler,
             const char *side)
{
  static const char *const texts[] = { "text", "text_g", "t5xxl", "string", "value", NULL };
  const char *const names[] = { "text", "text_g", "t5xxl", "conditioning", "conditioning_1", side, NULL };

  return find_text (graph, follow (graph, sampler, side), texts, names);
}

static const char *
find_model (JsonObject *graph,
            JsonObject *sampler)
{
  static const char *const texts[] = { "ckpt_name", "unet_name", "model_name", NULL };
  static const char *const names[] = { "model", NULL };

  return find_text (graph, sampler, texts, names);
}

static void
take_size (DioPictureMetadata *metadata,
           JsonObject         *latent)
{
  gint64 width = dio_json_get_integer (latent, "width", 0);
  gint64 height = dio_json_get_integer (latent, "height", 0);

  if (width > 0 && height > 0 && width <= G_MAXINT16 && height <= G_MAXINT16)
    {
      metadata->width = width;
      metadata->height = height;
    }
}

static gint64
get_seed (JsonObject *sampler)
{
  gint64 seed = dio_json_get_integer (sampler, "seed", -1);

  return MAX (seed >= 0 ? seed : dio_json_get_integer (sampler, "noise_seed", -1), -1);
}

/* Returns: (nullable): the inputs of the node that all else leads into */
static JsonObject *
find_sampler (JsonObject *graph)
{
  g_autoptr(GList) names = json_object_get_members (graph);
  JsonObject *found = NULL;

  for (GList *l = names; l != NULL && found == NULL; l = l->next)
    {
      JsonObject *inputs = dio_json_get_object (dio_json_get_object (graph, l->data), "inputs");

      if (dio_json_get_array (inputs, "positive") != NULL && dio_json_get_array (inputs, "latent_image") != NULL)
        found = inputs;
    }

  return found;
}

/**
 * dio_comfyui_metadata_read:
 * @text: what may be its “prompt”
 *
 * Returns: (transfer full) (nullable): what it tells; of a graph without a sampler
 *   of the usual kind, nothing
 */
DioPictureMetadata *
dio_comfyui_metadata_read (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(JsonNode) node = dio_json_parse (bytes, NULL);
  g_autoptr(DioPictureMetadata) metadata = NULL;
  JsonObject *graph = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *sampler = graph != NULL ? find_sampler (graph) : NULL;

  if (sampler == NULL)
    return NULL;

  metadata = dio_picture_metadata_new (DIO_METADATA_COMFYUI);
  metadata->prompt = g_strdup (find_prompt (graph, sampler, "positive"));
  if (metadata->prompt == NULL)
    return NULL;

  metadata->negative_prompt = g_strdup (find_prompt (graph, sampler, "negative"));
  metadata->model = g_strdup (find_model (graph, sampler));
  metadata->seed = get_seed (sampler);
  metadata->steps = CLAMP (dio_json_get_integer (sampler, "steps", 0), 0, G_MAXINT16);
  metadata->guidance = dio_json_get_number (sampler, "cfg", -1);
  take_size (metadata, follow (graph, sampler, "latent_image"));

  return g_steal_pointer (&metadata);
}
