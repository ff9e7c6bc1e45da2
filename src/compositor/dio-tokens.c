/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prompt taken apart into words, mentions and breaks. */

#include "config.h"

#include "dio-tokens.h"

#include <string.h>

typedef struct
{
  DioTokens  *tokens;
  GHashTable *names;     /* (owned): case folded name -> index of the input + 1 */
  gboolean   *mentioned; /* (owned): by "@", for each input */
} Reader;

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/* Most prompts are ASCII, where folding needs no allocation. */
static const char *
fold (Reader     *reader,
      const char *text,
      gsize       length)
{
  g_autofree char *folded = NULL;
  char small[64];
  gsize i;

  for (i = 0; i < length && i < sizeof small && (guchar) text[i] < 0x80; i++)
    small[i] = g_ascii_tolower (text[i]);
  if (i == length)
    return g_string_chunk_insert_len (reader->tokens->strings, small, length);

  folded = g_utf8_casefold (text, length);
  return g_string_chunk_insert (reader->tokens->strings, folded);
}

static int
find_name (Reader     *reader,
           const char *folded)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (reader->names, folded)) - 1;
}

static void
add_token (Reader       *reader,
           DioTokenKind  kind,
           const char   *word,
           const char   *typed,
           int           input)
{
  DioToken token = { kind, word, typed, input };

  g_array_append_val (reader->tokens->items, token);
}

static const char *
skip_word (const char *text)
{
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char (text);
      const char *next = g_utf8_next_char (text);

      if (is_apostrophe (c) && is_word_char (g_utf8_get_char (next)))
        text = next;
      else if (is_word_char (c))
        text = next;
      else
        break;
    }

  return text;
}

/* "don’t" is looked up as "don't", "mug's" as "mug". */
static const char *
normalise (Reader     *reader,
           const char *text,
           gsize       length)
{
  g_autoptr(GString) word = NULL;
  const char *folded = fold (reader, text, length);

  if (strpbrk (folded, "'\xe2") == NULL)
    return folded;

  word = g_string_new (folded);
  g_string_replace (word, "\xe2\x80\x99", "'", 0);
  if (g_str_has_suffix (word->str, "'s"))
    g_string_truncate (word, word->len - 2);

  return g_string_chunk_insert (reader->tokens->strings, word->str);
}

static const char *
read_word (Reader     *reader,
           const char *text)
{
  const char *end = skip_word (text);
  const char *word = normalise (reader, text, end - text);

  add_token (reader, DIO_TOKEN_WORD, word,
             g_string_chunk_insert_len (reader->tokens->strings, text, end - text),
             find_name (reader, word));

  return end;
}

static const char *
skip_possessive (const char *text)
{
  const char *next = text;

  if (is_apostrophe (g_utf8_get_char (text)))
    {
      next = g_utf8_next_char (text);
      if ((*next == 's' || *next == 'S') && !is_word_char (g_utf8_get_char (next + 1)))
        return next + 1;
    }

  return text;
}

/* The longest name that fits, since a name may hold "-" and a sentence may
 * go on with one. */
static const char *
read_mention (Reader     *reader,
              const char *text)
{
  const char *first = text + 1;
  const char *end = first;

  while (is_word_char (g_utf8_get_char (end)) || *end == '-' || *end == '.')
    end = g_utf8_next_char (end);

  for (const char *last = end; last > first; last = g_utf8_prev_char (last))
    {
      int input;

      if (last < end && is_word_char (g_utf8_get_char (last)))
        continue;
      input = find_name (reader, fold (reader, first, last - first));
      if (input >= 0)
        {
          add_token (reader, DIO_TOKEN_MENTION, NULL, NULL, input);
          reader->mentioned[input] = TRUE;
          return skip_possessive (last);
        }
    }

  end = skip_word (first);
  if (end > first)
    add_token (reader, DIO_TOKEN_WORD,
               fold (reader, text, end - text),
               g_string_chunk_insert_len (reader->tokens->strings, text, end - text),
               -1);

  return end;
}

static void
read_break (Reader   *reader,
            gunichar  c)
{
  if (c == ',' || c == ':' || c == '(' || c == ')' || c == 0x2013 || c == 0x2014)
    add_token (reader, DIO_TOKEN_COMMA, NULL, NULL, -1);
  else if (c == '.' || c == ';' || c == '!' || c == '?' || c == '\n' || c == 0x2026)
    add_token (reader, DIO_TOKEN_SENTENCE, NULL, NULL, -1);
  else if (c == '&')
    add_token (reader, DIO_TOKEN_WORD, "&", "&", -1);
}

static void
read_prompt (Reader     *reader,
             const char *text)
{
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '@')
        text = read_mention (reader, text);
      else if (is_word_char (c))
        text = read_word (reader, text);
      else
        {
          read_break (reader, c);
          text = g_utf8_next_char (text);
        }
    }
}

/* A name without its "@" only stands for its input where the prompt never
 * mentions that one properly. */
static void
drop_plain_names (Reader *reader)
{
  GArray *items = reader->tokens->items;

  for (guint i = 0; i < items->len; i++)
    {
      DioToken *token = &g_array_index (items, DioToken, i);

      if (token->kind == DIO_TOKEN_WORD && token->input >= 0 && reader->mentioned[token->input])
        token->input = -1;
    }
}

/**
 * dio_tokens_new:
 * @prompt: what the person wrote; need not be valid UTF-8
 * @inputs: (array length=n_inputs): whose names are mentions
 * @n_inputs: how many
 *
 * Returns: (transfer full): the prompt's words, mentions and breaks
 */
DioTokens *
dio_tokens_new (const char               *prompt,
                const DioCompositorInput *inputs,
                guint                     n_inputs)
{
  DioTokens *self = g_new0 (DioTokens, 1);
  g_autofree char *valid = g_utf8_make_valid (prompt, -1);
  Reader reader = { .tokens = self };

  self->items = g_array_new (FALSE, FALSE, sizeof (DioToken));
  self->strings = g_string_chunk_new (4096);

  reader.names = g_hash_table_new (g_str_hash, g_str_equal);
  reader.mentioned = g_new0 (gboolean, n_inputs);
  for (guint i = n_inputs; i-- > 0;)
    if (inputs[i].name != NULL && *inputs[i].name != '\0')
      g_hash_table_insert (reader.names,
                           (gpointer) fold (&reader, inputs[i].name, strlen (inputs[i].name)),
                           GINT_TO_POINTER (i + 1));

  read_prompt (&reader, valid);
  drop_plain_names (&reader);

  g_hash_table_unref (reader.names);
  g_free (reader.mentioned);

  return self;
}

void
dio_tokens_free (DioTokens *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->items);
  g_string_chunk_free (self->strings);
  g_free (self);
}
