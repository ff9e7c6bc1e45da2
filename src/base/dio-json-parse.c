/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of strangers, looked through before json-glib gets it. */

#include "config.h"

#include "dio-json.h"

#include "dio-error.h"

#include <string.h>

/* json-glib 1.6 parses by recursion and overflows the stack on text that is
 * nested some hundred thousand times. No reply or file of ours comes near this. */
#define MAX_DEPTH 1000

/* Returns: what four hexadecimal digits are, or -1 where there are none */
static int
read_unit (const char *text,
           gsize       size,
           gsize       start)
{
  int unit = 0;

  for (gsize i = start; i < start + 4; i++)
    {
      int digit = i < size ? g_ascii_xdigit_value (text[i]) : -1;

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
    }

  return unit;
}

/* Moves @i to the end of an escape. Half of a character is JSON all the same, but
 * json-glib takes the letters behind it along and makes what is no UTF-8: such
 * halves are added to @halves.
 * Returns: (nullable): what is wrong with it */
static const char *
pass_escape (const char *text,
             gsize       size,
             gsize      *i,
             GArray     *halves)
{
  gsize start = *i;
  gboolean has_next;
  int unit;
  int next;

  *i = start + 1;
  if (start + 1 < size && g_ascii_isdigit (text[start + 1]))
    return "Octal numbers are no JSON";
  if (start + 1 >= size || text[start + 1] != 'u')
    return NULL;

  unit = read_unit (text, size, start + 2);
  if (unit < 0)
    return "A character has too few digits";

  *i = start + 5;
  if (unit < 0xd800 || unit > 0xdfff)
    return NULL;

  has_next = size - start > 8 && text[start + 6] == '\\' && text[start + 7] == 'u';
  next = has_next ? read_unit (text, size, start + 8) : -1;
  if (unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff)
    *i = start + 11;
  else
    g_array_append_val (halves, start);

  return NULL;
}

/* It also reads what is no JSON: comments and single quotes, in which a quote would
 * hide from us how deep all that follows is, and bytes by their octal numbers, which
 * make strings that are no UTF-8. */
static gboolean
is_harmless (const char  *text,
             gsize        size,
             GArray      *halves,
             GError     **error)
{
  const char *reason = NULL;
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < size && reason == NULL; i++)
    {
      if (in_string)
        {
          if (text[i] == '"')
            in_string = FALSE;
          else if (text[i] == '\\')
            reason = pass_escape (text, size, &i, halves);
          continue;
        }

      if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '\'' || text[i] == '/')
        reason = "Comments and single quotes are no JSON";
      else if ((text[i] == '[' || text[i] == '{') && ++depth > MAX_DEPTH)
        reason = "Nested too deeply";
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }

  if (reason != NULL)
    g_set_error_literal (error, DIO_ERROR, DIO_ERROR_REPLY, reason);

  return reason == NULL;
}

/* Returns: (transfer full): text that json-glib can be given */
static GBytes *
make_harmless (GBytes  *bytes,
               GError **error)
{
  g_autoptr(GArray) halves = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *copy;

  if (!is_harmless (data, size, halves, error))
    return NULL;
  if (halves->len == 0)
    return g_bytes_ref (bytes);

  copy = g_memdup2 (data, size);
  for (guint i = 0; i < halves->len; i++)
    memcpy (copy + g_array_index (halves, gsize, i), "\\ufffd", 6);

  return g_bytes_new_take (copy, size);
}

/**
 * dio_json_parse:
 * @bytes: text that may be empty, cut short or no JSON at all
 * @error: return location for %DIO_ERROR_REPLY
 *
 * Returns: (transfer full): its root, which exists
 */
JsonNode *
dio_json_parse (GBytes  *bytes,
                GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) parse_error = NULL;
  g_autoptr(GBytes) harmless = make_harmless (bytes, error);
  gconstpointer data;
  gsize size;

  if (harmless == NULL)
    return NULL;

  data = g_bytes_get_data (harmless, &size);

  /* Empty bytes have NULL for data, which json-glib takes for a mistake of ours. */
  if (size > 0 && !json_parser_load_from_data (parser, data, size, &parse_error))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_REPLY, parse_error->message);
      return NULL;
    }

  /* White space alone parses, and has no root. */
  if (size == 0 || json_parser_get_root (parser) == NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_REPLY, "Empty");
      return NULL;
    }

  return json_node_ref (json_parser_get_root (parser));
}
