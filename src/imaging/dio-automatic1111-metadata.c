/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What AUTOMATIC1111's web interface writes: the prompt, a line for what is not
 * wanted, and a last line of “Name: value” with commas between. */

#include "config.h"

#include "dio-foreign-metadata-private.h"

#include "dio-json.h"

#include <string.h>

#define NEGATIVE "Negative prompt: "

static void
take_number (const char *value,
             gint64      maximum,
             gint64     *number)
{
  gint64 parsed;

  if (g_ascii_string_to_signed (value, 10, 0, maximum, &parsed, NULL))
    *number = parsed;
}

static void
take_size (DioPictureMetadata *metadata,
           const char         *value)
{
  const char *cross = strchr (value, 'x');
  g_autofree char *first = cross != NULL ? g_strndup (value, cross - value) : NULL;
  gint64 width = 0;
  gint64 height = 0;

  if (first == NULL)
    return;

  take_number (first, G_MAXINT16, &width);
  take_number (cross + 1, G_MAXINT16, &height);
  metadata->width = height > 0 ? width : 0;
  metadata->height = width > 0 ? height : 0;
}

static void
take_value (DioPictureMetadata *metadata,
            const char         *name,
            const char         *value)
{
  gint64 number = 0;

  if (g_str_equal (name, "Steps"))
    {
      take_number (value, G_MAXINT16, &number);
      metadata->steps = number;
    }
  else if (g_str_equal (name, "Seed"))
    take_number (value, G_MAXINT64, &metadata->seed);
  else if (g_str_equal (name, "CFG scale"))
    metadata->guidance = g_ascii_strtod (value, NULL);
  else if (g_str_equal (name, "Size"))
    take_size (metadata, value);
  else if (g_str_equal (name, "Model") && metadata->model == NULL)
    metadata->model = g_strdup (value);
  else if (g_str_equal (name, "Version") && metadata->software == NULL)
    metadata->software = g_strdup (value);
}

/* Returns: the end of a value: at a comma, but not at one between quotes */
static const char *
find_end (const char *value)
{
  gboolean is_quoted = *value == '"';
  const char *p = is_quoted ? value + 1 : value;

  for (; *p != '\0'; p++)
    {
      if (is_quoted && *p == '\\' && p[1] != '\0')
        p++;
      else if (is_quoted && *p == '"')
        is_quoted = FALSE;
      else if (!is_quoted && *p == ',')
        break;
    }

  return p;
}

/* Returns: (transfer full): what is between the quotes, which is written as in JSON */
static char *
unquote (const char *quoted)
{
  g_autofree char *array = g_strdup_printf ("[%s]", quoted);
  g_autoptr(GBytes) bytes = g_bytes_new_static (array, strlen (array));
  g_autoptr(JsonNode) node = dio_json_parse (bytes, NULL);
  JsonNode *only = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 1)
    only = json_array_get_element (json_node_get_array (node), 0);
  if (only != NULL && JSON_NODE_HOLDS_VALUE (only) && json_node_get_value_type (only) == G_TYPE_STRING)
    return json_node_dup_string (only);

  return g_strndup (quoted + 1, strlen (quoted) - 2);
}

static char *
dup_value (const char *start,
           const char *end)
{
  g_autofree char *value = g_strstrip (g_strndup (start, end - start));
  gsize length = strlen (value);

  if (length < 2 || value[0] != '"' || value[length - 1] != '"')
    return g_steal_pointer (&value);

  return unquote (value);
}

static void
take_values (DioPictureMetadata *metadata,
             const char         *line)
{
  const char *p = line;

  while (*p != '\0')
    {
      const char *colon = strchr (p, ':');
      g_autofree char *name = colon != NULL ? g_strstrip (g_strndup (p, colon - p)) : NULL;
      g_autofree char *value = NULL;
      const char *start;

      if (name == NULL)
        return;

      start = colon + 1 + strspn (colon + 1, " ");
      p = find_end (start);
      value = dup_value (start, p);
      take_value (metadata, name, value);
      if (*p == ',')
        p++;
    }
}

/* Returns: where the last line of values begins, or the end of @text */
static const char *
find_values (const char *text)
{
  const char *end = text + strlen (text);
  const char *line;

  while (end > text && strchr ("\r\n", end[-1]) != NULL)
    end--;

  line = end;
  while (line > text && line[-1] != '\n')
    line--;

  return strstr (line, "Steps: ") != NULL ? line : text + strlen (text);
}

static char *
dup_words (const char *start,
           const char *end)
{
  return start < end ? g_strstrip (g_strndup (start, end - start)) : g_strdup ("");
}

/**
 * dio_automatic1111_metadata_read:
 * @text: what may be its “parameters”
 *
 * Returns: (transfer full) (nullable): what it tells
 */
DioPictureMetadata *
dio_automatic1111_metadata_read (const char *text)
{
  g_autoptr(DioPictureMetadata) metadata = dio_picture_metadata_new (DIO_METADATA_AUTOMATIC1111);
  const char *values = find_values (text);
  const char *negative = g_str_has_prefix (text, NEGATIVE) ? text : strstr (text, "\n" NEGATIVE);

  /* A comment in a photo may be anything. */
  if (*values == '\0')
    return NULL;

  if (negative != NULL && negative < values)
    {
      const char *words = strstr (negative, NEGATIVE) + strlen (NEGATIVE);

      metadata->negative_prompt = dup_words (words, values);
      metadata->prompt = dup_words (text, negative);
    }
  else
    metadata->prompt = dup_words (text, values);
  take_values (metadata, values);

  return g_steal_pointer (&metadata);
}
