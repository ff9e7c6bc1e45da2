/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of results are called: a person finds them in a file manager,
 * in order of time, and can carry them to any other system. */

#include "config.h"

#include "dio-picture-name.h"

#define MAX_CHARACTERS 60
/* A name has 255 bytes at most, and a character up to four. */
#define MAX_BYTES 180

static gboolean
is_safe (gunichar character)
{
  return g_unichar_isalnum (character) || g_unichar_ismark (character) ||
         character == '-' || character == '_';
}

/**
 * dio_picture_name_make_slug:
 * @text: a title or prompt
 *
 * Returns: (transfer full): its beginning as part of a file's name: words of
 *   letters and digits with single spaces between them, "picture" for none
 */
char *
dio_picture_name_make_slug (const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr(GString) slug = g_string_new (NULL);
  gboolean gap = FALSE;
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0' && n < MAX_CHARACTERS && slug->len < MAX_BYTES; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      /* A mention reads well without its sign, an apostrophe is no border. */
      if (character == '@' || character == '\'' || character == 0x2019)
        continue;

      if (!is_safe (character))
        {
          gap = slug->len > 0;
          continue;
        }

      if (gap)
        g_string_append_c (slug, ' ');
      n += gap ? 2 : 1;
      gap = FALSE;
      g_string_append_unichar (slug, character);
    }

  return g_strdup (slug->len > 0 ? slug->str : "picture");
}

static const char *
get_safe_extension (const char *extension)
{
  const char *p = extension;

  while (p != NULL && g_ascii_isalnum (*p))
    p++;

  return p != NULL && p != extension && *p == '\0' && p - extension <= 5 ? extension : "img";
}

/**
 * dio_picture_name_make:
 * @created: when its job was made, in microseconds since 1970: the pictures of
 *   a job stand together
 * @text: a title or prompt
 * @index: which picture of the job, from 0
 * @extension: without the dot
 * @attempt: 0, and one more each time the name was taken
 *
 * Returns: (transfer full): a file name such as
 *   "2026-11-21 140322 watch on table 1.png"
 */
char *
dio_picture_name_make (gint64      created,
                       const char *text,
                       guint       index,
                       const char *extension,
                       guint       attempt)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (created / G_USEC_PER_SEC);
  g_autofree char *stamp = NULL;
  g_autofree char *slug = NULL;
  g_autofree char *again = NULL;

  g_return_val_if_fail (time != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  stamp = g_date_time_format (time, "%Y-%m-%d %H%M%S");
  slug = dio_picture_name_make_slug (text);
  again = attempt > 0 ? g_strdup_printf (" (%u)", attempt + 1) : g_strdup ("");

  return g_strdup_printf ("%s %s %u%s.%s", stamp, slug, index + 1, again,
                          get_safe_extension (extension));
}
