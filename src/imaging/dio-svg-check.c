/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps librsvg from pictures and documents within a drawing: it unpacks those
 * without our limits. Files beside the drawing it does not open, since it is not
 * told where the drawing lies, so what is left are "data:" addresses, in all the
 * ways in which XML and CSS let them be spelled. */

#include "config.h"

#include "dio-image-header-private.h"

#include <stdlib.h>
#include <string.h>

/* A place holder for letters that are not ours. */
static void
add_letter (GString *plain,
            gulong   c)
{
  g_string_append_c (plain, c > 0 && c < 128 ? (char) c : '?');
}

/* &#100; and &#x64; become what they stand for. Blanks that are written so are
 * left out, as where addresses are read. */
static GString *
resolve_xml (const char *text)
{
  GString *plain = g_string_new (NULL);

  while (*text != '\0')
    {
      gboolean is_hex = g_str_has_prefix (text, "&#x");
      char *end;
      gulong c;

      if (!g_str_has_prefix (text, "&#"))
        {
          g_string_append_c (plain, *text++);
          continue;
        }

      c = strtoul (text + (is_hex ? 3 : 2), &end, is_hex ? 16 : 10);
      if (c != '\t' && c != '\n' && c != '\r')
        add_letter (plain, c);
      text = *end == ';' ? end + 1 : end;
    }

  return plain;
}

/* So do \64, \000064 with a blank behind it, and \t, which is no digit; where
 * there is nothing but a blank, the line goes on. */
static GString *
resolve_css (const char *text)
{
  GString *plain = g_string_new (NULL);

  while (*text != '\0')
    {
      char digits[7] = "";
      int n = 0;

      if (*text != '\\')
        {
          g_string_append_c (plain, *text++);
          continue;
        }

      for (text++; n < 6 && g_ascii_isxdigit (*text); text++)
        digits[n++] = *text;
      if (n > 0)
        add_letter (plain, strtoul (digits, NULL, 16));
      if (g_ascii_isspace (*text))
        text++;
    }

  return plain;
}

static gboolean
has_data_address (const char *plain)
{
  for (const char *at = strchr (plain, ':'); at != NULL; at = strchr (at + 1, ':'))
    if (at - plain >= 4 && g_ascii_strncasecmp (at - 4, "data", 4) == 0 &&
        (at - plain == 4 || !g_ascii_isalpha (at[-5])))
      return TRUE;

  return FALSE;
}

/* Programs for drawing name the addresses of their formats so; with such a
 * value nothing else can be spelled. */
static gboolean
is_plain_entity (const char *declaration)
{
  const char *value = strpbrk (declaration, "\"'>");

  return value != NULL &&
         (g_str_has_prefix (value + 1, "http://") || g_str_has_prefix (value + 1, "https://"));
}

/* Others do not have our letters where they are looked for here. */
static gboolean
has_plain_encoding (const char *text)
{
  static const char *const plain[] = { "utf-8", "us-ascii", "iso-8859-", "windows-125" };
  const char *end = g_str_has_prefix (text, "<?xml") ? strstr (text, "?>") : NULL;
  const char *name = end != NULL ? strstr (text, "encoding") : NULL;

  if (name == NULL || name > end)
    return TRUE;
  name = strpbrk (name, "\"'");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (plain); i++)
    if (g_ascii_strncasecmp (name + 1, plain[i], strlen (plain[i])) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_plain_entities (const char *text)
{
  for (const char *at = strstr (text, "<!ENTITY"); at != NULL; at = strstr (at + 1, "<!ENTITY"))
    if (!is_plain_entity (at))
      return FALSE;

  return TRUE;
}

/**
 * dio_svg_is_plain:
 * @file: an SVG
 *
 * Returns: whether it holds nothing that has to be decoded by itself
 */
gboolean
dio_svg_is_plain (DioByteReader file)
{
  g_autofree char *copy = NULL;
  g_autoptr(GString) xml = NULL;
  g_autoptr(GString) css = NULL;
  const char *text;

  if (memchr (file.data, 0, file.size) != NULL)
    return FALSE;

  copy = g_strndup ((const char *) file.data, file.size);
  text = g_str_has_prefix (copy, "\xef\xbb\xbf") ? copy + 3 : copy;
  xml = resolve_xml (text);
  css = resolve_css (xml->str);

  return has_plain_encoding (text) && has_plain_entities (text) &&
         !has_data_address (xml->str) && !has_data_address (css->str);
}
