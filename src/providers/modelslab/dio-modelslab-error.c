/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ModelsLab's words for a failure mean. It has no codes, and says some
 * failures under a status of success. */

#include "config.h"

#include "modelslab/dio-modelslab-error-private.h"

#include "dio-json.h"

#include <string.h>

/* The first that fits counts. */
static const struct
{
  const char *word;
  DioError    error;
} signs[] = {
  { "rate limit", DIO_ERROR_BUSY },
  { "too many", DIO_ERROR_BUSY },
  { "api key", DIO_ERROR_AUTH },
  { "unauthori", DIO_ERROR_AUTH },
  { "credit", DIO_ERROR_CREDIT },
  { "balance", DIO_ERROR_CREDIT },
  { "wallet", DIO_ERROR_CREDIT },
  { "subscri", DIO_ERROR_PERMISSION },
  { "premium", DIO_ERROR_PERMISSION },
  { "permission", DIO_ERROR_PERMISSION },
  { "nsfw", DIO_ERROR_REFUSED },
  { "flagged", DIO_ERROR_REFUSED },
  { "content filter", DIO_ERROR_REFUSED },
  { "safety", DIO_ERROR_REFUSED },
  { "policy", DIO_ERROR_REFUSED },
  { "sensitive", DIO_ERROR_REFUSED },
  { "prohibited", DIO_ERROR_REFUSED },
  { "moderation", DIO_ERROR_REFUSED },
  { "violat", DIO_ERROR_REFUSED },
  { "not found", DIO_ERROR_NOT_FOUND },
  { "not exist", DIO_ERROR_NOT_FOUND },
  { "required", DIO_ERROR_INVALID },
  { "must be", DIO_ERROR_INVALID },
  { "invalid", DIO_ERROR_INVALID },
  { "unable to fetch image", DIO_ERROR_INVALID },
};

static void
append_words (GString    *text,
              const char *separator,
              const char *words)
{
  if (words == NULL || *words == '\0')
    return;

  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, words);
}

static void
append_member (GString    *text,
               JsonObject *fields,
               const char *name)
{
  JsonArray *list = dio_json_get_array (fields, name);
  guint n_items = list != NULL ? json_array_get_length (list) : 0;

  append_words (text, "; ", dio_json_get_string (fields, name));
  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (node))
        append_words (text, "; ", json_node_get_string (node));
    }
}

/* {"prompt": ["The prompt field is required."]} */
static char *
dup_fields (JsonObject *fields)
{
  g_autoptr(GList) names = fields != NULL ? json_object_get_members (fields) : NULL;
  GString *text = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    append_member (text, fields, l->data);

  return g_string_free (text, text->len == 0);
}

/**
 * dio_modelslab_dup_words:
 * @root: an answer
 *
 * Returns: (transfer full) (nullable): why it failed, in the provider's own
 *   words
 */
char *
dio_modelslab_dup_words (JsonObject *root)
{
  /* The second is how some of its servers spell it. */
  static const char *const members[] = { "message", "messege", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char *words = dio_wire_dup_text (root, members[i]);

      if (words == NULL)
        words = dup_fields (dio_json_get_object (root, members[i]));
      if (words != NULL)
        return words;
    }

  return dio_wire_dup_text (root, "tip");
}

/**
 * dio_modelslab_classify:
 * @status: of HTTP
 * @words: (nullable): what is said
 *
 * Returns: the class of a failure; words count where the status says little
 */
DioError
dio_modelslab_classify (guint       status,
                        const char *words)
{
  g_autofree char *lower = words != NULL ? g_utf8_strdown (words, -1) : NULL;
  gboolean is_vague = status < 300 || status == 400 || status == 422;

  for (guint i = 0; is_vague && lower != NULL && i < G_N_ELEMENTS (signs); i++)
    {
      if (strstr (lower, signs[i].word) != NULL)
        return signs[i].error;
    }

  return status >= 300 ? dio_wire_classify_status (status) : DIO_ERROR_SERVER;
}
