/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of colours, as people write them. */

#include "config.h"

#include "dio-colour-words.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint32     srgb;
} Colour;

/* Tones a studio would hang, not a palette's primaries: a pure "#ff0000" wall
 * has no room left for light and shade. Two words before one. */
static const Colour colours[] = {
  { "dark background", 0x2b2c30 },
  { "dark backdrop", 0x2b2c30 },
  { "light background", 0xe6e5e2 },
  { "light backdrop", 0xe6e5e2 },
  { "off white", 0xf1eee6 },
  { "sky blue", 0x9cc7e6 },
  { "navy blue", 0x22345c },
  { "royal blue", 0x3556b4 },
  { "forest green", 0x2f5a3b },
  { "white", 0xf4f4f2 },
  { "ivory", 0xf1ead6 },
  { "cream", 0xf0e4c8 },
  { "beige", 0xddccb0 },
  { "sand", 0xd9c39a },
  { "tan", 0xc7a57c },
  { "brown", 0x7a5238 },
  { "chocolate", 0x573827 },
  { "terracotta", 0xbf6b4a },
  { "grey", 0x9a9a9a },
  { "gray", 0x9a9a9a },
  { "silver", 0xc3c6c9 },
  { "charcoal", 0x3c3f43 },
  { "slate", 0x63707d },
  { "black", 0x1c1c1e },
  { "red", 0xb8382f },
  { "crimson", 0xa32638 },
  { "maroon", 0x6b2430 },
  { "burgundy", 0x6a2235 },
  { "coral", 0xec8367 },
  { "salmon", 0xeb9c86 },
  { "peach", 0xf5c6a2 },
  { "pink", 0xe9a3b6 },
  { "rose", 0xd88a97 },
  { "magenta", 0xb53e8c },
  { "orange", 0xe08a3c },
  { "amber", 0xdc9f38 },
  { "yellow", 0xe8c84a },
  { "gold", 0xc9a04a },
  { "mustard", 0xc49a36 },
  { "olive", 0x7d7a45 },
  { "lime", 0xa9c74e },
  { "green", 0x4f8f5a },
  { "sage", 0xa3b295 },
  { "mint", 0xb2dcc5 },
  { "teal", 0x2f7f80 },
  { "turquoise", 0x54b8b4 },
  { "cyan", 0x68c0d0 },
  { "blue", 0x3f6fb0 },
  { "navy", 0x22345c },
  { "indigo", 0x43418c },
  { "purple", 0x75519c },
  { "violet", 0x8264b4 },
  { "lavender", 0xbfb2dc },
  { "lilac", 0xc7aed2 },
};

typedef struct
{
  const char *word;
  float       towards; /* the sRGB grey it is mixed with */
  float       amount;
} Tone;

static const Tone tones[] = {
  { "light", 1.0f, 0.45f },
  { "pale", 1.0f, 0.62f },
  { "pastel", 1.0f, 0.52f },
  { "soft", 0.85f, 0.3f },
  { "bright", 1.0f, 0.12f },
  { "muted", 0.6f, 0.4f },
  { "dusty", 0.62f, 0.4f },
  { "deep", 0.0f, 0.38f },
  { "rich", 0.0f, 0.2f },
  { "dark", 0.0f, 0.52f },
};

static const char *
get_word (const DioTokens *tokens,
          guint            i)
{
  const DioToken *token = dio_tokens_at (tokens, i);

  return token != NULL && token->kind == DIO_TOKEN_WORD ? token->word : NULL;
}

static const Tone *
find_tone (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (tones); i++)
    if (g_str_equal (tones[i].word, word))
      return &tones[i];

  return NULL;
}

/* How many of @tokens from @first on make up @name, which has one or two words. */
static guint
match_name (const DioTokens *tokens,
            guint            first,
            const char      *name)
{
  const char *word = get_word (tokens, first);
  const char *blank = strchr (name, ' ');
  const char *next;

  if (word == NULL)
    return 0;
  if (blank == NULL)
    return g_str_equal (word, name) ? 1 : 0;
  if (strlen (word) != (gsize) (blank - name) || !g_str_has_prefix (name, word))
    return 0;

  next = get_word (tokens, first + 1);
  return next != NULL && g_str_equal (next, blank + 1) ? 2 : 0;
}

static guint
find_colour (const DioTokens *tokens,
             guint            first,
             float           *srgb)
{
  const char *word = get_word (tokens, first);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (colours); i++)
    {
      guint n;

      if (word[0] != colours[i].name[0])
        continue;
      n = match_name (tokens, first, colours[i].name);
      if (n == 0)
        continue;
      srgb[0] = (colours[i].srgb >> 16 & 0xff) / 255.0f;
      srgb[1] = (colours[i].srgb >> 8 & 0xff) / 255.0f;
      srgb[2] = (colours[i].srgb & 0xff) / 255.0f;
      return n;
    }

  return 0;
}

/**
 * dio_colour_words_match:
 * @tokens: a prompt
 * @first: a word in it
 * @srgb: (out) (array fixed-size=3): the colour, 0 to 1
 * @n_tokens: (out): how many tokens name it, tones like "pale" with it
 *
 * Returns: whether a colour is named there
 */
gboolean
dio_colour_words_match (const DioTokens *tokens,
                        guint            first,
                        float           *srgb,
                        guint           *n_tokens)
{
  guint at = first;
  guint n;

  while (at < first + 3 && find_tone (get_word (tokens, at)) != NULL)
    at++;

  /* "Dark background" is a name that begins with a tone. */
  while ((n = find_colour (tokens, at, srgb)) == 0)
    if (at-- == first)
      return FALSE;

  for (guint i = first; i < at; i++)
    {
      const Tone *tone = find_tone (get_word (tokens, i));

      for (int c = 0; c < 3; c++)
        srgb[c] += (tone->towards - srgb[c]) * tone->amount;
    }

  *n_tokens = at + n - first;
  return TRUE;
}
