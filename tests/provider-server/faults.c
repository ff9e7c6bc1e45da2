/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A script: how the vendors behave, and which requests go wrong in what way. */

#include "config.h"

#include "faults.h"

#include "json-make.h"
#include "rule.h"

#include "dio-json.h"

#include <string.h>

struct _Faults
{
  Settings  *settings; /* (owned) */
  GPtrArray *rules;    /* (owned) (element-type Rule) */
  GRand     *chance;   /* (owned) */
};

static gboolean
read_rules (Faults     *self,
            JsonArray  *rules,
            GError    **error)
{
  guint n = rules != NULL ? json_array_get_length (rules) : 0;

  for (guint i = 0; i < n; i++)
    {
      Rule *rule = rule_read (json_array_get_element (rules, i), i, error);

      if (rule == NULL)
        return FALSE;
      g_ptr_array_add (self->rules, rule);
    }

  return TRUE;
}

/**
 * faults_new:
 * @json: a script
 * @error: return location for an error
 *
 * Returns: (transfer full): what it says
 */
Faults *
faults_new (const char  *json,
            GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr(JsonNode) root = dio_json_parse (bytes, error);
  g_autoptr(Faults) self = g_new0 (Faults, 1);
  JsonObject *script;

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A script is an object");
      return NULL;
    }

  script = json_node_get_object (root);
  self->chance = g_rand_new_with_seed (dio_json_get_integer (script, "seed", 1));
  self->settings = settings_new (dio_json_get_object (script, "settings"), error);
  if (self->settings == NULL || !read_rules (self, dio_json_get_array (script, "rules"), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
faults_free (Faults *self)
{
  g_clear_pointer (&self->settings, settings_free);
  g_ptr_array_unref (self->rules);
  g_clear_pointer (&self->chance, g_rand_free);
  g_free (self);
}

Settings *
faults_get_settings (Faults *self)
{
  return self->settings;
}

static gboolean
is_or_any (const char *wanted,
           const char *given)
{
  return wanted == NULL || g_strcmp0 (wanted, given) == 0;
}

/* "kling" is both of its accounts. */
static gboolean
is_dialect (const char *wanted,
            const char *given)
{
  return is_or_any (wanted, given) ||
         (g_str_equal (wanted, "kling") && g_strcmp0 (given, "kling-official") == 0);
}

static gboolean
contains (GBytes     *body,
          const char *text)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  return size > 0 && memmem (data, size, text, strlen (text)) != NULL;
}

static gboolean
is_for (const Rule  *rule,
        const Asked *asked)
{
  return is_dialect (rule->dialect, asked->dialect) &&
         is_or_any (rule->call, asked->call) &&
         is_or_any (rule->method, asked->method) &&
         (rule->path == NULL || g_regex_match (rule->path, asked->path, 0, NULL)) &&
         (rule->contains == NULL || contains (asked->body, rule->contains));
}

/**
 * faults_find:
 * @self: a script
 * @asked: a request
 *
 * Returns: (transfer none) (nullable): the first rule for it; every rule counts
 *   what it might have been for
 */
Rule *
faults_find (Faults      *self,
             const Asked *asked)
{
  Rule *found = NULL;

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      if (!is_for (rule, asked))
        continue;

      rule->seen++;
      if (found == NULL && rule->seen >= rule->from && rule->seen <= rule->to &&
          (rule->chance >= 1 || g_rand_double (self->chance) < rule->chance))
        found = rule;
    }

  if (found != NULL)
    found->hits++;

  return found;
}

/**
 * faults_report:
 * @self: a script
 *
 * Returns: (transfer full): how often each rule was seen and applied
 */
JsonArray *
faults_report (Faults *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      json_array_add_object_element (array, object_make ("name:s seen:i hits:i nodes:i", rule->name,
                                                         rule->seen, rule->hits, rule->nodes));
    }

  return array;
}
