/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words around a mention, and words for a reference. English alone: in another
 * language a mention is still understood, only less elegant. */

#include "config.h"

#include "wire/dio-wire-words-private.h"

#include <string.h>

#define ORDINALS "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
#define POSITION "(?:image\\s+#?(\\d{1,2})\\b|(" ORDINALS ")\\s+image\\b|(\\d{1,2})th\\s+image\\b)"

/* All are possessive where they repeat: a prompt can be long, and no regular
 * expression shall take long for it. */
#define CAMERAS "(?:dsc[nf]?|mg|img|imgp|imag|cimg|pict|p|pxl|mvimg|fb_img|dji|gopr|g[hxp]|sam|hpim|wp|vid)"
#define EDITS   "(?:wa|burst|hdr|cover|edited|copy|pano|mp|e)"

static const char *const articles[] = { "the", "a", "an", NULL };
static const char *const links[] = { "from", "in", "of", NULL };

/* What stands between an article and a noun, or in an article's place. */
static const char *const modifiers[] = {
  "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those",
  "each", "every", "another", "any", "some", "no", "both", "same", "other",
  "one", "two", "three", "four", "five", "six", "several", "many",
  "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "grey", "gray",
  "golden", "silver", "wooden", "glass", "metal", "leather", "bright", "dark", "light", "pale",
  "big", "large", "huge", "small", "little", "tiny", "tall", "short", "long", "round", "square",
  "old", "new", "young", "modern", "vintage", "beautiful", "pretty", "shiny", "clean", "open", "closed",
  NULL
};

static const char *
find_word_start (const char *text,
                 const char *end)
{
  while (end > text)
    {
      const char *previous = g_utf8_find_prev_char (text, end);
      gunichar c = g_utf8_get_char (previous);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
        break;
      end = previous;
    }

  return end;
}

/* The last word of @text before @end, in lower case; empty where none ends there
 * with a blank behind it. */
static char *
dup_last_word (const char *text,
               gsize       end,
               gsize      *start)
{
  gsize word_end = end;
  const char *word;

  while (word_end > 0 && g_ascii_isspace (text[word_end - 1]))
    word_end--;

  *start = end;
  if (word_end == end)
    return g_strdup ("");

  word = find_word_start (text, text + word_end);
  *start = word - text;

  return g_utf8_strdown (word, text + word_end - word);
}

/**
 * dio_wire_words_look_before:
 * @text: what is already written
 * @start: (out): where the article begins; the end of @text where none is there
 * @linked: (out): whether "from", "in" or "of" leads to what comes
 *
 * Returns: what stands at the end of @text
 */
DioWireBefore
dio_wire_words_look_before (const char *text,
                            gsize      *start,
                            gboolean   *linked)
{
  gsize length = strlen (text);
  g_autofree char *word = dup_last_word (text, length, start);
  g_autofree char *earlier = NULL;
  gsize earlier_start;

  if (!g_strv_contains (articles, word))
    {
      *start = length;
      *linked = g_strv_contains (links, word);
      return g_strv_contains (modifiers, word) ? DIO_WIRE_BEFORE_OTHER : DIO_WIRE_BEFORE_NOTHING;
    }

  earlier = dup_last_word (text, *start, &earlier_start);
  *linked = g_strv_contains (links, earlier);

  return DIO_WIRE_BEFORE_ARTICLE;
}

/**
 * dio_wire_words_tell_position:
 * @rest: what follows a mention
 *
 * Returns: whether the person says there which image it is
 */
gboolean
dio_wire_words_tell_position (const char *rest)
{
  return g_regex_match_simple ("^\\s*+[,(]?+\\s*+(?:(?:in|from|of)\\s++)?+(?:the\\s++)?+" POSITION, rest,
                               G_REGEX_CASELESS, 0);
}

gboolean
dio_wire_words_possess (const char *rest)
{
  return g_regex_match_simple ("^['’]s\\b", rest, G_REGEX_CASELESS, 0);
}

/**
 * dio_wire_words_is_camera:
 * @name: a reference's name
 *
 * Returns: whether a camera or a program gave it, so that it says nothing of
 *   what is to be seen
 */
gboolean
dio_wire_words_is_camera (const char *name)
{
  static const char *const patterns[] = {
    /* DSC_0042, IMG_E1234, P1010023, PXL_20240131_140322123, IMG-20240131-WA0007 */
    "^_?" CAMERAS "[-_]?e?\\d{3,}+(?:[-_]++" EDITS "?+\\d*+|" EDITS "\\d*+)*+$",
    /* 100_0123, 2024-01-31 */
    "^[-_\\d]*\\d[-_\\d]*$",
    /* image-2, untitled */
    "^(?:image|photo|picture|pic|untitled|screenshot|scan)[-_\\d]*$",
    /* a file named by its UUID */
    "^[0-9a-f]{8}-[0-9a-f]{4}-[-0-9a-f]*$",
  };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      if (g_regex_match_simple (patterns[i], name, G_REGEX_CASELESS, 0))
        return TRUE;
    }

  return FALSE;
}

/**
 * dio_wire_words_speak:
 * @name: a reference's name
 *
 * Returns: (transfer full): it as one would say it: "glass-vase" is a glass
 *   vase, and "t-shirt" stays one
 */
char *
dio_wire_words_speak (const char *name)
{
  g_autoptr(GRegex) dashes = g_regex_new ("_+|(?<=[^\\W_]{2})-(?=\\w{2}|\\d)", 0, 0, NULL);

  return g_regex_replace_literal (dashes, name, -1, 0, " ", 0, NULL);
}

/**
 * dio_wire_words_ordinal:
 * @position: from 0
 *
 * Returns: (transfer full): "first" and so on
 */
char *
dio_wire_words_ordinal (guint position)
{
  g_auto(GStrv) words = g_strsplit (ORDINALS, "|", -1);

  if (position < g_strv_length (words))
    return g_strdup (words[position]);

  return g_strdup_printf ("%uth", position + 1);
}

static guint
read_position (GMatchInfo *match)
{
  g_autofree char *number = g_match_info_fetch (match, 1);
  g_autofree char *word = g_match_info_fetch (match, 2);
  g_autofree char *other = g_match_info_fetch (match, 3);
  g_auto(GStrv) words = g_strsplit (ORDINALS, "|", -1);

  for (guint i = 0; word != NULL && words[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (words[i], word) == 0)
        return i + 1;
    }

  if (other != NULL && *other != '\0')
    return strtoul (other, NULL, 10);

  return number != NULL ? strtoul (number, NULL, 10) : 0;
}

/**
 * dio_wire_words_find_told:
 * @text: a prompt
 *
 * Returns: a bit for each image that is spoken of by its position; the first is
 *   bit 0
 */
guint64
dio_wire_words_find_told (const char *text)
{
  g_autoptr(GRegex) regex = g_regex_new ("\\b" POSITION, G_REGEX_CASELESS, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint64 told = 0;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      guint position = read_position (match);

      if (position >= 1 && position <= 64)
        told |= G_GUINT64_CONSTANT (1) << (position - 1);
    }

  return told;
}
