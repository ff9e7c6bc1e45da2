/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields a model knows. */

#include "config.h"

#include "runware/dio-runware-schema.h"

#include "dio-error.h"
#include "dio-json.h"
#include "wire/dio-wire.h"

#define SCHEMAS "https://schemas.runware.ai"

/* Deeper than any request; a hostile schema nests without end. */
#define MAX_DEPTH 12

/* What the documents give for every image model, at least with fair certainty. */
static const char *const common_fields[] = {
  "taskType", "taskUUID", "model", "positivePrompt",
  "width", "height", "inputs.referenceImages",
  "numberResults", "outputType", "outputFormat", "outputQuality",
  "deliveryMethod", "includeCost", "ttl", "uploadEndpoint", "webhookURL",
  "safety.checkContent", "seed",
  NULL
};

static const char *const nano_banana_2_fields[] = {
  "resolution", "providerSettings.google.webSearch", NULL
};

static const char *const nano_banana_pro_fields[] = { "resolution", NULL };

static const char *const no_fields[] = { NULL };

static const struct
{
  const char        *model_id;
  const char *const *fields;
} bundled[] = {
  { "google:4@3", nano_banana_2_fields },
  { "google:4@2", nano_banana_pro_fields },
  { "google:4@1", no_fields },
};

/* Without these, it is a schema of something else. */
static const char *const needed_fields[] = { "taskType", "taskUUID", "model", "positivePrompt" };

static void read_schema_object (GHashTable *fields,
                                const char *prefix,
                                JsonObject *schema,
                                guint       depth);

static void
read_property (GHashTable *fields,
               const char *prefix,
               const char *name,
               JsonNode   *node,
               guint       depth)
{
  g_autofree char *path = *prefix != '\0' ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name);

  /* A plain "true" is a schema that takes anything; "false" takes nothing. */
  if (JSON_NODE_HOLDS_OBJECT (node))
    read_schema_object (fields, path, json_node_get_object (node), depth);
  else if (!JSON_NODE_HOLDS_VALUE (node) ||
           json_node_get_value_type (node) != G_TYPE_BOOLEAN ||
           !json_node_get_boolean (node))
    return;

  g_hash_table_add (fields, g_steal_pointer (&path));
}

/* Alternatives and conditions: a field of any of them is known. */
static void
read_alternatives (GHashTable *fields,
                   const char *prefix,
                   JsonArray  *alternatives,
                   guint       depth)
{
  guint n = alternatives != NULL ? json_array_get_length (alternatives) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (alternatives, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_schema_object (fields, prefix, json_node_get_object (node), depth);
    }
}

static void
read_schema_object (GHashTable *fields,
                    const char *prefix,
                    JsonObject *schema,
                    guint       depth)
{
  static const char *const lists[] = { "allOf", "anyOf", "oneOf" };
  static const char *const nested[] = { "items", "then", "else" };
  JsonObject *properties;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (schema == NULL || depth == 0)
    return;

  properties = dio_json_get_object (schema, "properties");
  if (properties != NULL)
    {
      json_object_iter_init (&iter, properties);
      while (json_object_iter_next (&iter, &name, &node))
        read_property (fields, prefix, name, node, depth - 1);
    }

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    read_alternatives (fields, prefix, dio_json_get_array (schema, lists[i]), depth - 1);
  for (guint i = 0; i < G_N_ELEMENTS (nested); i++)
    read_schema_object (fields, prefix, dio_json_get_object (schema, nested[i]), depth - 1);
}

static GHashTable *
new_fields (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_fields (GHashTable        *fields,
            const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (fields, g_strdup (names[i]));
}

/**
 * dio_runware_make_schema:
 * @endpoint: (nullable): in place of the documented address
 * @model_id: a model's AIR
 *
 * Returns: (transfer full): a question that needs no key
 */
DioHttpRequest *
dio_runware_make_schema (const char *endpoint,
                         const char *model_id)
{
  g_autofree char *escaped = g_uri_escape_string (model_id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/resolve/", escaped, NULL);
  g_autofree char *url = dio_wire_join_url (endpoint, SCHEMAS, path);

  return dio_http_request_new ("GET", url);
}

/**
 * dio_runware_read_schema:
 * @reply: the answer to dio_runware_make_schema()
 * @error: return location for %DIO_ERROR_REPLY, or what the status means
 *
 * Returns: (transfer full) (element-type utf8): a set of dotted names such as
 *   "inputs.referenceImages"; %NULL where it is no schema of an image model
 */
GHashTable *
dio_runware_read_schema (const DioHttpReply  *reply,
                         GError             **error)
{
  g_autoptr(GHashTable) fields = new_fields ();
  g_autoptr(JsonNode) root = dio_wire_parse (reply, error);
  JsonObject *object;

  if (root == NULL)
    return NULL;

  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  read_schema_object (fields, "", dio_json_get_object (object, "requestSchema"), MAX_DEPTH);

  for (guint i = 0; i < G_N_ELEMENTS (needed_fields); i++)
    {
      if (!g_hash_table_contains (fields, needed_fields[i]))
        {
          g_set_error (error, DIO_ERROR, DIO_ERROR_REPLY, "The schema has no “%s”", needed_fields[i]);
          return NULL;
        }
    }

  return g_steal_pointer (&fields);
}

/**
 * dio_runware_bundled_schema:
 * @model_id: a model's AIR
 *
 * Returns: (transfer full) (element-type utf8): what dio_runware_read_schema()
 *   would give, as far as the documents tell
 */
GHashTable *
dio_runware_bundled_schema (const char *model_id)
{
  GHashTable *fields = new_fields ();

  add_fields (fields, common_fields);
  for (guint i = 0; i < G_N_ELEMENTS (bundled); i++)
    {
      if (g_str_equal (bundled[i].model_id, model_id))
        add_fields (fields, bundled[i].fields);
    }

  return fields;
}
