/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON from one line of C. */

#include "config.h"

#include "json-make.h"

static JsonNode *
take_value (char     kind,
            va_list *args)
{
  JsonNode *node = json_node_alloc ();
  const char *string;

  switch (kind)
    {
    case 'i':
      return json_node_init_int (node, va_arg (*args, int));
    case 'l':
      return json_node_init_int (node, va_arg (*args, gint64));
    case 'd':
      return json_node_init_double (node, va_arg (*args, double));
    case 'b':
      return json_node_init_boolean (node, va_arg (*args, gboolean));
    case 's':
      string = va_arg (*args, const char *);
      return string != NULL ? json_node_init_string (node, string) : json_node_init_null (node);
    case 'o':
      json_node_init (node, JSON_NODE_OBJECT);
      json_node_take_object (node, va_arg (*args, JsonObject *));
      return node;
    case 'a':
      json_node_init (node, JSON_NODE_ARRAY);
      json_node_take_array (node, va_arg (*args, JsonArray *));
      return node;
    case 'n':
      json_node_free (node);
      return va_arg (*args, JsonNode *);
    default:
      g_assert_not_reached ();
    }
}

static void
add_members (JsonObject *object,
             const char *members,
             va_list    *args)
{
  g_auto(GStrv) names = g_strsplit (members, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *colon = strchr (names[i], ':');

      *colon = '\0';
      json_object_set_member (object, names[i], take_value (colon[1], args));
    }
}

/**
 * object_make:
 * @members: such as "code:i message:s": i is an int, l a gint64, d a double, b
 *   a gboolean, s a text or null; o, a and n are an object, an array and a node
 *   that are taken
 * @...: their values
 *
 * Returns: (transfer full): an object
 */
JsonObject *
object_make (const char *members,
             ...)
{
  JsonObject *object = json_object_new ();
  va_list args;

  va_start (args, members);
  add_members (object, members, &args);
  va_end (args);

  return object;
}

void
object_add (JsonObject *object,
            const char *members,
            ...)
{
  va_list args;

  va_start (args, members);
  add_members (object, members, &args);
  va_end (args);
}

/**
 * object_to_node:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): a node of it
 */
JsonNode *
object_to_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

JsonArray *
strings_make (const char *first,
              ...)
{
  JsonArray *array = json_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *string = first; string != NULL; string = va_arg (args, const char *))
    json_array_add_string_element (array, string);
  va_end (args);

  return array;
}

GBytes *
json_to_bytes (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}
