/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of a request against a table of what the documents allow. */

#include "config.h"

#include "checks.h"

#include <math.h>

static gboolean check_members (JsonObject  *object,
                               const Field *fields,
                               const char  *prefix,
                               Problem     *problem);

/**
 * problem_set:
 * @self: where it is told
 * @kind: what is wrong
 * @parameter: (nullable): where
 * @format: a sentence
 * @...: for @format
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
problem_set (Problem     *self,
             ProblemKind  kind,
             const char  *parameter,
             const char  *format,
             ...)
{
  va_list args;

  problem_clear (self);
  self->kind = kind;
  self->parameter = g_strdup (parameter);
  va_start (args, format);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);

  return FALSE;
}

void
problem_clear (Problem *self)
{
  self->kind = PROBLEM_NONE;
  g_clear_pointer (&self->parameter, g_free);
  g_clear_pointer (&self->message, g_free);
}

static gboolean
is_of_type (JsonNode *node,
            GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
is_number (JsonNode *node)
{
  return is_of_type (node, G_TYPE_INT64) || is_of_type (node, G_TYPE_DOUBLE);
}

static gboolean
has_type (const Field *field,
          JsonNode    *node)
{
  switch (field->type)
    {
    case FIELD_STRING:
    case FIELD_WORD:
    case FIELD_URL:
      return is_of_type (node, G_TYPE_STRING);
    case FIELD_NUMBER:
      return is_number (node);
    case FIELD_INTEGER:
      return is_number (node) && floor (json_node_get_double (node)) == json_node_get_double (node);
    case FIELD_BOOLEAN:
      return is_of_type (node, G_TYPE_BOOLEAN);
    case FIELD_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node);
    case FIELD_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_limited (const Field *field)
{
  return field->min != 0 || field->max != 0;
}

static gboolean
check_amount (const Field *field,
              const char  *path,
              ProblemKind  kind,
              double       amount,
              const char  *what,
              Problem     *problem)
{
  if (!is_limited (field) || (amount >= field->min && amount <= field->max))
    return TRUE;

  return problem_set (problem, kind, path, "The %s%s must be between %.10g and %.10g", path, what,
                      field->min, field->max);
}

static gboolean
check_number (const Field *field,
              const char  *path,
              double       value,
              Problem     *problem)
{
  if (!check_amount (field, path, PROBLEM_VALUE, value, "", problem))
    return FALSE;
  if (field->step > 1 && fmod (value, field->step) != 0)
    return problem_set (problem, PROBLEM_VALUE, path, "The %s must be divisible by %d", path, field->step);

  return TRUE;
}

static gboolean
check_value (const Field *field,
             const char  *path,
             JsonNode    *node,
             Problem     *problem)
{
  const char *text = is_of_type (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;

  if (!has_type (field, node))
    return problem_set (problem, PROBLEM_TYPE, path, "The %s has a wrong type", path);

  switch (field->type)
    {
    case FIELD_STRING:
      /* Photos are strings too, of megabytes. */
      return !is_limited (field) ||
             check_amount (field, path, PROBLEM_LENGTH, g_utf8_strlen (text, -1), "'s length", problem);
    case FIELD_WORD:
      return g_strv_contains (field->words, text) ||
             problem_set (problem, PROBLEM_VALUE, path, "The %s is none of the values allowed", path);
    case FIELD_URL:
      return check_is_url (text) || problem_set (problem, PROBLEM_VALUE, path, "The %s is no URL", path);
    case FIELD_NUMBER:
    case FIELD_INTEGER:
      return check_number (field, path, json_node_get_double (node), problem);
    case FIELD_OBJECT:
      return field->fields == NULL || check_members (json_node_get_object (node), field->fields, path, problem);
    case FIELD_ARRAY:
      return check_amount (field, path, PROBLEM_LENGTH, json_array_get_length (json_node_get_array (node)),
                           "'s length", problem);
    case FIELD_BOOLEAN:
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_known (const Field *fields,
          const char  *name)
{
  for (const Field *field = fields; field->name != NULL; field++)
    {
      if (g_str_equal (field->name, name))
        return TRUE;
    }

  return FALSE;
}

static char *
join (const char *prefix,
      const char *name)
{
  return *prefix != '\0' ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name);
}

static gboolean
check_no_others (JsonObject  *object,
                 const Field *fields,
                 const char  *prefix,
                 Problem     *problem)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *path = join (prefix, name);

      if (!is_known (fields, name))
        return problem_set (problem, PROBLEM_UNKNOWN, path, "There is no parameter %s", path);
    }

  return TRUE;
}

static gboolean
check_members (JsonObject  *object,
               const Field *fields,
               const char  *prefix,
               Problem     *problem)
{
  for (const Field *field = fields; field->name != NULL; field++)
    {
      JsonNode *node = json_object_get_member (object, field->name);
      g_autofree char *path = join (prefix, field->name);

      if (node == NULL)
        {
          if (field->required)
            return problem_set (problem, PROBLEM_MISSING, path, "The %s field is required", path);
        }
      else if (!(field->nullable && JSON_NODE_HOLDS_NULL (node)) && !check_value (field, path, node, problem))
        {
          return FALSE;
        }
    }

  return check_no_others (object, fields, prefix, problem);
}

/**
 * check_fields:
 * @object: what was sent
 * @fields: what may be, ended by one without a name
 * @problem: told of the first that is wrong
 *
 * Returns: whether all is as documented
 */
gboolean
check_fields (JsonObject  *object,
              const Field *fields,
              Problem     *problem)
{
  return check_members (object, fields, "", problem);
}

gboolean
check_is_url (const char *text)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http"));
}

/* Of version 4, as every task of Runware has. */
gboolean
check_is_uuid (const char *text)
{
  return g_uuid_string_is_valid (text) && text[14] == '4' && strchr ("89abAB", text[19]) != NULL;
}
