/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON whose values have other types than they should. */

#include "config.h"

#include "wrong-types.h"

#include "json-make.h"

typedef struct
{
  int   which; /* the value that is changed, in the document's order, or -1 for all leaves */
  guint n;     /* values seen */
} Walk;

static JsonNode *
make_other (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_from_string ("[[]]", NULL);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_from_string ("{\"0\": {}}", NULL);
  if (JSON_NODE_HOLDS_NULL (node))
    return json_from_string ("[1]", NULL);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_from_string ("-4711.5", NULL);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_from_string ("\"perhaps\"", NULL);

  return json_from_string ("{\"amount\": [null]}", NULL);
}

static JsonNode *walk (Walk     *self,
                       JsonNode *node);

static JsonNode *
walk_object (Walk     *self,
             JsonNode *node)
{
  JsonObject *changed = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (changed, name, walk (self, value));

  return object_to_node (changed);
}

static JsonNode *
walk_array (Walk     *self,
            JsonNode *node)
{
  JsonArray *array = json_node_get_array (node);
  JsonNode *changed = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (changed, json_array_new ());
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (json_node_get_array (changed), walk (self, json_array_get_element (array, i)));

  return changed;
}

/* Goes into what is changed too, so that all values are counted. */
static JsonNode *
walk (Walk     *self,
      JsonNode *node)
{
  gboolean is_leaf = !JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node);
  gboolean is_it = (int) self->n++ == self->which || (self->which < 0 && is_leaf);
  g_autoptr(JsonNode) same = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    same = walk_object (self, node);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    same = walk_array (self, node);
  else
    same = json_node_copy (node);

  return is_it ? make_other (node) : g_steal_pointer (&same);
}

/**
 * wrong_types_make:
 * @node: (nullable): a true answer
 * @which: the value to change, counted in the document's order with the root as
 *   0, or -1 for every value that holds no other
 * @n_nodes: (out): how many values there are, of what was not changed
 *
 * Returns: (transfer full): the same shape with other types
 */
GBytes *
wrong_types_make (JsonNode *node,
                  int       which,
                  guint    *n_nodes)
{
  Walk self = { .which = which };
  g_autoptr(JsonNode) changed = walk (&self, node);

  *n_nodes = self.n;

  return json_to_bytes (changed);
}
