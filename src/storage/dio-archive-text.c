/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a column, whoever wrote it. The lists of a picture are JSON in one. What cannot be read, because a
 * later version wrote it, is left out: the picture matters more. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-json.h"

#include <string.h>

/* A day in the year 9892: much later there are no dates any more. */
#define MAX_TIME (G_GINT64_CONSTANT (250000000000) * G_USEC_PER_SEC)

static char *
build_text (JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* Returns: (transfer full) (nullable): what a column holds; a library may be of
 * somebody else */
JsonNode *
_dio_archive_parse_text (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return dio_json_parse (bytes, NULL);
}

/* Returns: (nullable): NULL for what is no list, and for one of nothing: most are
 * that, and a page has hundreds */
static JsonNode *
parse_array (const char *text)
{
  gboolean has_any = text != NULL && !g_str_equal (text, "[]");
  g_autoptr(JsonNode) node = has_any ? _dio_archive_parse_text (text) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? g_steal_pointer (&node) : NULL;
}

char *
_dio_archive_words_to_text (GStrv words)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (words == NULL)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);

  return build_text (builder);
}

GStrv
_dio_archive_words_of_text (const char *text)
{
  g_autoptr(JsonNode) node = parse_array (text);
  g_autoptr(GStrvBuilder) words = NULL;
  JsonArray *array;

  if (node == NULL)
    return g_strcmp0 (text, "[]") == 0 ? g_new0 (char *, 1) : NULL;

  words = g_strv_builder_new ();
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (words, json_node_get_string (element));
    }

  return g_strv_builder_end (words);
}

char *
_dio_archive_notes_to_text (GPtrArray *notes)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    {
      const DioNote *note = g_ptr_array_index (notes, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, dio_note_kind_get_nick (note->kind));
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, note->name);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return build_text (builder);
}

/* Adds the notes of @text to @notes. */
void
_dio_archive_notes_of_text (const char *text,
                            GPtrArray  *notes)
{
  g_autoptr(JsonNode) node = parse_array (text);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      DioNoteKind kind;

      if (dio_note_kind_from_nick (dio_json_get_string (object, "kind"), &kind))
        g_ptr_array_add (notes, dio_note_new (kind, dio_json_get_string (object, "name")));
    }
}

/* Returns: a time that can be shown */
gint64
_dio_archive_read_time (DioStatement *row,
                        int           column)
{
  return CLAMP (dio_statement_get_integer (row, column), 0, MAX_TIME);
}
