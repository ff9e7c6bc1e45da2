/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a script may choose of how the vendors behave. */

#include "config.h"

#include "settings.h"

struct _Settings
{
  GHashTable *values; /* (owned) (element-type utf8 JsonNode): by name, of every setting */
};

/* Every setting with its default, as JSON. */
static const struct
{
  const char *name;
  const char *value;
} defaults[] = {
  { "queue-polls", "2" },      /* how often a job answers that it is not done */
  { "queue-seconds", "120" },  /* when a job is done though nobody asks */
  { "clock", "0" },            /* seconds that the server's clock is wrong by */
  { "base", "\"\"" },          /* of the address, in front of every path */
  { "balance", "10000.0" },    /* of each account, in its currency */
  { "upload-seconds", "86400" },
  { "result-seconds", "86400" },
  { "compose", "true" },       /* results from the references; else drawn */
  { "grain", "0" },            /* noise in results, which makes files as large as photos */

  { "modelslab.at-once", "false" },      /* create answers with the pictures */
  { "modelslab.base64", "\"inline\"" },  /* or "data-uri", "file" */
  { "modelslab.queue-limit", "15" },
  { "modelslab.retry-after", "30" },     /* seconds, in the body of a 429 */
  { "modelslab.eta", "1" },
  { "modelslab.string-ids", "false" },
  { "modelslab.old-errors", "false" },   /* errors under HTTP 200 */
  { "modelslab.misspelt", "false" },     /* "messege" */
  { "modelslab.object-messages", "false" },
  { "modelslab.object-links", "false" }, /* proxy_links by number */
  { "modelslab.output-string", "false" }, /* a single address, not in an array */
  { "modelslab.fetch-elsewhere", "false" }, /* fetch_result on the other port */
  { "modelslab.fetch-path", "\"/api/v1/enterprise/nano_banana/fetch/\"" },
  { "modelslab.price", "0.02" },         /* of a picture */

  { "kling.slots", "9" },
  { "kling.min-subjects", "1" },         /* some resellers want two */
  { "kling.prefix", "\"/kling\"" },      /* of the reseller, before /v1/images */
  { "kling.path", "\"multi-image2image\"" }, /* some want "generations" */
  { "kling.create-shape", "\"official\"" }, /* or "unwrapped" */
  { "kling.query-shape", "\"official\"" },  /* or "unwrapped", "success-word" */
  { "kling.token-ids", "false" },        /* task ids like base64, not digits */
  { "kling.image-ids", "false" },        /* images[].id, empty, for index */
  { "kling.openai-errors", "false" },
  { "kling.archive", "false" },          /* platform_id, an archive's address */
  { "kling.scence", "false" },           /* scence_image for scene_image */
  { "kling.by-external-id", "true" },
  { "kling.units", "8" },                /* of a picture */

  { "runware.queue-limit", "0" },        /* none */
  { "runware.check-sides", "true" },     /* references of 300 to 2048 pixels */
  { "runware.object-data", "false" },    /* imageUpload: data as an object */
  { "runware.pending", "false" },        /* the older word for processing */
};

static gboolean
is_same_kind (JsonNode *a,
              JsonNode *b)
{
  GType type = json_node_get_value_type (a);

  if (!JSON_NODE_HOLDS_VALUE (b))
    return FALSE;

  return json_node_get_value_type (b) == type ||
         (type == G_TYPE_DOUBLE && json_node_get_value_type (b) == G_TYPE_INT64);
}

static gboolean
read_chosen (Settings    *self,
             JsonObject  *chosen,
             GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, chosen);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *old = g_hash_table_lookup (self->values, name);

      if (old == NULL || !is_same_kind (old, value))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "No setting, or a wrong type of its value: %s", name);
          return FALSE;
        }
      g_hash_table_insert (self->values, g_strdup (name), json_node_copy (value));
    }

  return TRUE;
}

/**
 * settings_new:
 * @chosen: (nullable): what is not as always
 * @error: return location for %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): every setting
 */
Settings *
settings_new (JsonObject  *chosen,
              GError     **error)
{
  g_autoptr(Settings) self = g_new0 (Settings, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    g_hash_table_insert (self->values, g_strdup (defaults[i].name),
                         json_from_string (defaults[i].value, NULL));

  if (chosen != NULL && !read_chosen (self, chosen, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
settings_free (Settings *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

static JsonNode *
find (Settings   *self,
      const char *name)
{
  JsonNode *node = g_hash_table_lookup (self->values, name);

  g_assert (node != NULL);

  return node;
}

const char *
settings_get_string (Settings   *self,
                     const char *name)
{
  return json_node_get_string (find (self, name));
}

int
settings_get_int (Settings   *self,
                  const char *name)
{
  return json_node_get_int (find (self, name));
}

double
settings_get_double (Settings   *self,
                     const char *name)
{
  return json_node_get_double (find (self, name));
}

gboolean
settings_get_bool (Settings   *self,
                   const char *name)
{
  return json_node_get_boolean (find (self, name));
}

gboolean
settings_is (Settings   *self,
             const char *name,
             const char *value)
{
  return g_str_equal (settings_get_string (self, name), value);
}
