/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SVG: its size is that of its first element, made large enough to be of use as
 * a photo. The XML itself is read by librsvg; here only as much of it is
 * understood as is needed to find that element. */

#include "config.h"

#include "dio-image-header-private.h"

#include <math.h>
#include <string.h>

/* How large a drawing is drawn: its longer side, whatever it says of itself. */
#define MIN_DRAWN 1024
#define MAX_DRAWN 4096

#define BLANKS " \t\r\n"

typedef struct
{
  const char *at;
  const char *end;
} Text;

typedef struct
{
  double width;  /* 0 where it is not told in lengths that are known here */
  double height;
  double box_width;
  double box_height;
} Root;

static Text
open_text (DioByteReader file)
{
  Text text = { (const char *) file.data, (const char *) file.data + file.size };

  if (file.size >= 3 && memcmp (text.at, "\xef\xbb\xbf", 3) == 0)
    text.at += 3;

  return text;
}

static void
skip_blanks (Text *text)
{
  while (text->at < text->end && strchr (BLANKS, *text->at) != NULL && *text->at != '\0')
    text->at++;
}

static gboolean
begins_with (const Text *text,
             const char *word)
{
  gsize length = strlen (word);

  return (gsize) (text->end - text->at) >= length && memcmp (text->at, word, length) == 0;
}

static gboolean
skip_behind (Text       *text,
             const char *word)
{
  const char *found = memmem (text->at, text->end - text->at, word, strlen (word));

  if (found != NULL)
    text->at = found + strlen (word);

  return found != NULL;
}

/* A declaration ends at its bracket, but for those in quotes and within [ ]. */
static gboolean
skip_declaration (Text *text)
{
  char quote = '\0';
  int depth = 0;

  for (; text->at < text->end; text->at++)
    {
      char c = *text->at;

      if (quote != '\0')
        quote = c == quote ? '\0' : quote;
      else if (c == '"' || c == '\'')
        quote = c;
      else if (c == '[')
        depth++;
      else if (c == ']')
        depth--;
      else if (c == '>' && depth <= 0)
        {
          text->at++;
          return TRUE;
        }
    }

  return FALSE;
}

/* Leaves @text behind the name of the first element, if that is svg. */
static gboolean
find_root (Text *text)
{
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      skip_blanks (text);
      if (begins_with (text, "<?"))
        goes_on = skip_behind (text, "?>");
      else if (begins_with (text, "<!--"))
        goes_on = skip_behind (text, "-->");
      else if (begins_with (text, "<!DOCTYPE"))
        goes_on = skip_declaration (text);
      else
        break;
    }

  if (!goes_on || !begins_with (text, "<svg") || text->end - text->at < 5 || g_ascii_isalnum (text->at[4]))
    return FALSE;
  text->at += 4;

  return TRUE;
}

/* In the 96 to an inch of CSS; 0 for what depends on where it is shown. */
static double
parse_length (const char *value)
{
  static const struct { const char *unit; double pixels; } units[] = {
    { "", 1 }, { "px", 1 }, { "pt", 96.0 / 72 }, { "pc", 16 },
    { "in", 96 }, { "cm", 96 / 2.54 }, { "mm", 96 / 25.4 },
  };
  char *end;
  double number = g_ascii_strtod (value, &end);

  g_strstrip (end);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (end, units[i].unit) == 0)
      return isfinite (number) && number > 0 ? number * units[i].pixels : 0;

  return 0;
}

static void
parse_view_box (char *value,
                Root *root)
{
  g_auto(GStrv) numbers = NULL;
  g_autofree char *spaced = g_strdelimit (g_strdup (value), "," BLANKS, ' ');
  double sides[4] = { 0 };
  guint n = 0;

  numbers = g_strsplit (spaced, " ", -1);
  for (guint i = 0; numbers[i] != NULL && n < 4; i++)
    if (*numbers[i] != '\0')
      sides[n++] = g_ascii_strtod (numbers[i], NULL);

  if (n == 4 && isfinite (sides[2]) && isfinite (sides[3]) && sides[2] > 0 && sides[3] > 0)
    {
      root->box_width = sides[2];
      root->box_height = sides[3];
    }
}

static void
take_attribute (const char *name,
                gsize       name_length,
                char       *value,
                Root       *root)
{
  if (name_length == 5 && strncmp (name, "width", 5) == 0)
    root->width = parse_length (value);
  else if (name_length == 6 && strncmp (name, "height", 6) == 0)
    root->height = parse_length (value);
  else if (name_length == 7 && strncmp (name, "viewBox", 7) == 0)
    parse_view_box (value, root);
}

/* FALSE where the element does not end. */
static gboolean
read_attributes (Text *text,
                 Root *root)
{
  for (;;)
    {
      const char *name, *value;
      gsize name_length;
      g_autofree char *copy = NULL;

      skip_blanks (text);
      if (text->at == text->end)
        return FALSE;
      if (*text->at == '>' || *text->at == '/')
        return TRUE;

      name = text->at;
      while (text->at < text->end && strchr ("=/>" BLANKS, *text->at) == NULL)
        text->at++;
      name_length = text->at - name;
      skip_blanks (text);
      if (name_length == 0 || text->at == text->end || *text->at != '=')
        return FALSE;

      text->at++;
      skip_blanks (text);
      if (text->at == text->end || (*text->at != '"' && *text->at != '\''))
        return FALSE;

      value = text->at + 1;
      text->at = memchr (value, *text->at, text->end - value);
      if (text->at == NULL)
        return FALSE;

      copy = g_strndup (value, text->at - value);
      text->at++;
      take_attribute (name, name_length, copy, root);
    }
}

static void
find_size (const Root     *root,
           DioImageHeader *header)
{
  double width = root->width;
  double height = root->height;
  double longer;

  if (root->box_width > 0)
    {
      double ratio = root->box_width / root->box_height;

      if (width == 0 && height == 0)
        width = root->box_width;
      if (width == 0)
        width = height * ratio;
      if (height == 0)
        height = width / ratio;
    }
  longer = MAX (width, height);

  if (width <= 0 || height <= 0 || !isfinite (longer))
    return;

  width *= CLAMP (longer, MIN_DRAWN, MAX_DRAWN) / longer;
  height *= CLAMP (longer, MIN_DRAWN, MAX_DRAWN) / longer;
  header->width = MAX (1, (int) lround (width));
  header->height = MAX (1, (int) lround (height));
}

/* What is behind the last tag of the drawing is of no interest. */
static gboolean
is_closed (Text text)
{
  return (text.end - text.at >= 2 && begins_with (&text, "/>")) || skip_behind (&text, "</svg");
}

/**
 * dio_svg_sniff:
 * @file: any file
 *
 * Returns: whether it is XML whose first element is svg
 */
gboolean
dio_svg_sniff (DioByteReader file)
{
  Text text = open_text (file);

  return find_root (&text);
}

gboolean
dio_svg_header_read (DioByteReader   file,
                     DioImageHeader *header)
{
  Text text = open_text (file);
  Root root = { 0 };

  if (!find_root (&text) || !read_attributes (&text, &root))
    return FALSE;

  find_size (&root, header);

  return is_closed (text);
}
