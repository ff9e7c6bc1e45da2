/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that are photos for the most part. json-glib looks at each of their bytes
 * four times, which takes as long as to send them: long texts with nothing to unescape
 * are put aside, and put back once the rest is read. Whether they are base64, which is
 * what such a text has to be, is seen when it is decoded. */

#include "config.h"

#include "json-photos.h"

#include "dio-json.h"

#include <stdlib.h>
#include <string.h>

#define LONG (64 * 1024)

/* What stands for them, with their number; no vendor has a text like it. */
#define STAND_IN "\x7f" "photo "

typedef struct
{
  const char *start;
  gsize       length;
} LongText;

/* Returns: (nullable): where the text that begins at @text ends */
static const char *
find_end (const char *text,
          const char *end)
{
  for (; text < end; text++)
    {
      const char *quote = memchr (text, '"', end - text);
      const char *escape = quote != NULL ? memchr (text, '\\', quote - text) : NULL;

      if (escape == NULL)
        return quote;

      text = escape + 1;
    }

  return NULL;
}

/* Returns: (transfer full): @data with stand-ins for @texts, which it gathers */
static GString *
put_aside (const char *data,
           gsize       size,
           GArray     *texts)
{
  const char *end = data + size;
  const char *kept = data;
  const char *quote = data;
  GString *rest = g_string_new (NULL);

  while ((quote = memchr (quote, '"', end - quote)) != NULL)
    {
      LongText text = { quote + 1, 0 };
      const char *close = find_end (text.start, end);

      if (close == NULL)
        break;

      text.length = close - text.start;
      if (text.length >= LONG && memchr (text.start, '\\', text.length) == NULL)
        {
          g_string_append_len (rest, kept, text.start - kept);
          g_string_append_printf (rest, STAND_IN "%u", texts->len);
          g_array_append_val (texts, text);
          kept = close;
        }
      quote = close + 1;
    }
  g_string_append_len (rest, kept, end - kept);

  return rest;
}

static char *
put_back_cb (const char *text,
             gpointer    user_data)
{
  const GArray *texts = user_data;
  const LongText *found;

  if (!g_str_has_prefix (text, STAND_IN))
    return g_strdup (text);

  found = &g_array_index (texts, LongText, strtoul (text + strlen (STAND_IN), NULL, 10));

  return g_strndup (found->start, found->length);
}

/**
 * json_parse_with_photos:
 * @bytes: a request
 *
 * Returns: (transfer full) (nullable): as dio_json_parse() does
 */
JsonNode *
json_parse_with_photos (GBytes *bytes)
{
  g_autoptr(GArray) texts = g_array_new (FALSE, FALSE, sizeof (LongText));
  g_autoptr(GBytes) rest = NULL;
  g_autoptr(JsonNode) node = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (data == NULL || size < LONG || memmem (data, size, STAND_IN, strlen (STAND_IN)) != NULL)
    return dio_json_parse (bytes, NULL);

  rest = g_string_free_to_bytes (put_aside (data, size, texts));
  node = dio_json_parse (rest, NULL);

  return node != NULL ? dio_json_map_strings (node, put_back_cb, texts) : NULL;
}
