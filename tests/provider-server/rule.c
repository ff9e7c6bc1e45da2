/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One rule of a script, read. A name that is not known is an error: a test whose
 * fault never happens would pass. */

#include "config.h"

#include "rule.h"

#include "dio-json.h"

static const struct
{
  const char *name;
  Action      action;
  gboolean    accept; /* where the rule does not say: it needs the true answer */
} actions[] = {
  { "proceed", ACTION_PROCEED, TRUE },
  { "queue", ACTION_QUEUE, TRUE },
  { "refuse", ACTION_REFUSE, TRUE },
  { "fail", ACTION_FAIL, TRUE },
  { "partial", ACTION_PARTIAL, TRUE },
  { "duplicate", ACTION_DUPLICATE, TRUE },
  { "hold", ACTION_HOLD, FALSE },
  { "close", ACTION_CLOSE, FALSE },
  { "cut-header", ACTION_CUT_HEADER, TRUE },
  { "stall", ACTION_STALL, TRUE },
  { "cut-body", ACTION_CUT_BODY, TRUE },
  { "truncated", ACTION_TRUNCATED, TRUE },
  { "empty", ACTION_EMPTY, FALSE },
  { "html", ACTION_HTML, FALSE },
  { "wrong-types", ACTION_WRONG_TYPES, TRUE },
  { "status", ACTION_STATUS, FALSE },
  { "redirect", ACTION_REDIRECT, FALSE },
  { "endless", ACTION_ENDLESS, FALSE },
  { "drip", ACTION_DRIP, FALSE },
  { "other-type", ACTION_OTHER_TYPE, TRUE },
  { "huge", ACTION_HUGE, FALSE },
};

static const char *const members[] = {
  "name", "match", "do", "accept", "delay", "status", "headers", "body", "location", "what", "bytes",
  "declared", "step", "interval", "count", "polls", "node", NULL
};

static const char *const match_members[] = {
  "dialect", "call", "method", "path", "contains", "from", "to", "times", "chance", NULL
};

static gboolean
knows_members (JsonObject         *object,
               const char *const  *known,
               GError            **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (known, name))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A rule has no \"%s\"", name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_match (Rule        *self,
            JsonObject  *match,
            GError     **error)
{
  const char *path = dio_json_get_string (match, "path");

  self->from = 1;
  self->to = G_MAXUINT;
  self->chance = 1;
  if (match == NULL)
    return TRUE;
  if (!knows_members (match, match_members, error))
    return FALSE;

  self->dialect = g_strdup (dio_json_get_string (match, "dialect"));
  self->call = g_strdup (dio_json_get_string (match, "call"));
  self->method = g_strdup (dio_json_get_string (match, "method"));
  self->contains = g_strdup (dio_json_get_string (match, "contains"));
  self->from = dio_json_get_integer (match, "from", 1);
  self->to = dio_json_get_integer (match, "to", G_MAXUINT);
  if (json_object_has_member (match, "times"))
    self->to = self->from + dio_json_get_integer (match, "times", 1) - 1;
  self->chance = dio_json_get_number (match, "chance", 1);
  if (path != NULL)
    self->path = g_regex_new (path, 0, 0, error);

  return path == NULL || self->path != NULL;
}

static gboolean
read_action (Rule        *self,
             JsonObject  *object,
             GError     **error)
{
  const char *name = dio_json_get_string (object, "do");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i].name, name))
        {
          self->action = actions[i].action;
          self->accept = dio_json_get_boolean (object, "accept", actions[i].accept);
          return TRUE;
        }
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No such thing to do: %s",
               name != NULL ? name : "nothing");
  return FALSE;
}

/* A body that is no text is JSON to be sent. */
static GBytes *
read_body (JsonNode *node)
{
  char *text;

  if (node == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = g_strdup (json_node_get_string (node));
  else
    text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static void
read_details (Rule       *self,
              JsonObject *object)
{
  JsonObject *headers = dio_json_get_object (object, "headers");

  self->delay = dio_json_get_integer (object, "delay", 0);
  self->status = dio_json_get_integer (object, "status", 500);
  self->headers = headers != NULL ? json_object_ref (headers) : NULL;
  self->body = read_body (json_object_get_member (object, "body"));
  self->location = g_strdup (dio_json_get_string (object, "location"));
  self->what = g_strdup (dio_json_get_string (object, "what"));
  self->bytes = dio_json_get_integer (object, "bytes", 200 * 1024 * 1024);
  self->declared = dio_json_get_boolean (object, "declared", FALSE);
  self->step = dio_json_get_integer (object, "step", 1);
  self->interval = dio_json_get_integer (object, "interval", 100);
  self->count = dio_json_get_integer (object, "count", 1);
  self->polls = dio_json_get_integer (object, "polls", 0);
  self->node = dio_json_get_integer (object, "node", -1);
}

/**
 * rule_read:
 * @node: of a script
 * @index: its place, from 0
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): a rule, without a name called by its place
 */
Rule *
rule_read (JsonNode  *node,
           guint      index,
           GError   **error)
{
  g_autoptr(Rule) self = g_new0 (Rule, 1);
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A rule is an object");
      return NULL;
    }

  object = json_node_get_object (node);
  self->name = g_strdup (dio_json_get_string (object, "name"));
  if (self->name == NULL)
    self->name = g_strdup_printf ("rule %u", index);

  if (!knows_members (object, members, error) ||
      !read_match (self, dio_json_get_object (object, "match"), error) ||
      !read_action (self, object, error))
    return NULL;

  read_details (self, object);

  return g_steal_pointer (&self);
}

void
rule_free (Rule *self)
{
  g_free (self->name);
  g_free (self->dialect);
  g_free (self->call);
  g_free (self->method);
  g_clear_pointer (&self->path, g_regex_unref);
  g_free (self->contains);
  g_clear_pointer (&self->headers, json_object_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->location);
  g_free (self->what);
  g_free (self);
}
