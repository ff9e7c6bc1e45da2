/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Getters for JSON of strangers. */

#include "config.h"

#include "dio-json.h"

static JsonNode *
find_value (JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static JsonNode *
find_number (JsonObject *object,
             const char *member)
{
  JsonNode *node = find_value (object, member);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? node : NULL;
}

static JsonNode *
map_object (JsonObject *object,
            DioJsonMap  map,
            gpointer    user_data)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  json_node_take_object (node, json_object_new ());
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &value))
    json_object_set_member (json_node_get_object (node), member,
                            dio_json_map_strings (value, map, user_data));

  return node;
}

static JsonNode *
map_array (JsonArray  *array,
           DioJsonMap  map,
           gpointer    user_data)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (json_node_get_array (node),
                            dio_json_map_strings (json_array_get_element (array, i), map, user_data));

  return node;
}

/**
 * dio_json_get_string:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Returns: (nullable): its text, or %NULL where it is absent or no text
 */
const char *
dio_json_get_string (JsonObject *object,
                     const char *member)
{
  JsonNode *node = find_value (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

gint64
dio_json_get_integer (JsonObject *object,
                      const char *member,
                      gint64      fallback)
{
  JsonNode *node = find_number (object, member);

  return node != NULL ? json_node_get_int (node) : fallback;
}

double
dio_json_get_number (JsonObject *object,
                     const char *member,
                     double      fallback)
{
  JsonNode *node = find_number (object, member);

  return node != NULL ? json_node_get_double (node) : fallback;
}

gboolean
dio_json_get_boolean (JsonObject *object,
                      const char *member,
                      gboolean    fallback)
{
  JsonNode *node = find_value (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;

  return json_node_get_boolean (node);
}

/**
 * dio_json_get_object:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Returns: (transfer none) (nullable): the object there, if one is there
 */
JsonObject *
dio_json_get_object (JsonObject *object,
                     const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * dio_json_get_array:
 * @object: (nullable): an object
 * @member: a member's name
 *
 * Returns: (transfer none) (nullable): the array there, if one is there
 */
JsonArray *
dio_json_get_array (JsonObject *object,
                    const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * dio_json_map_strings:
 * @node: any JSON
 * @map: (scope call): what each text in it becomes
 * @user_data: data for @map
 *
 * Returns: (transfer full): a copy of @node with its texts mapped; the names of
 *   members stay
 */
JsonNode *
dio_json_map_strings (JsonNode   *node,
                      DioJsonMap  map,
                      gpointer    user_data)
{
  g_autofree char *string = NULL;
  JsonNode *mapped;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (map != NULL, NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return map_object (json_node_get_object (node), map, user_data);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return map_array (json_node_get_array (node), map, user_data);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_copy (node);

  string = map (json_node_get_string (node), user_data);
  mapped = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (mapped, string);

  return mapped;
}

/**
 * dio_json_add_string:
 * @builder: in an object
 * @member: a member's name
 * @value: (nullable): its text; no member where it is %NULL
 */
void
dio_json_add_string (JsonBuilder *builder,
                     const char  *member,
                     const char  *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

/**
 * dio_json_add_filled_string:
 * @builder: in an object
 * @member: a member's name
 * @value: (nullable): its text; no member where it is empty
 */
void
dio_json_add_filled_string (JsonBuilder *builder,
                            const char  *member,
                            const char  *value)
{
  if (value != NULL && *value != '\0')
    dio_json_add_string (builder, member, value);
}

void
dio_json_add_integer (JsonBuilder *builder,
                      const char  *member,
                      gint64       value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

void
dio_json_add_number (JsonBuilder *builder,
                     const char  *member,
                     double       value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_double_value (builder, value);
}

void
dio_json_add_boolean (JsonBuilder *builder,
                      const char  *member,
                      gboolean     value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}
