/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prompt as the phrases that the vocabulary knows, and the rest. */

#include "config.h"

#include "dio-phrases.h"

#include "dio-colour-words.h"

static void
read_word (DioPhrase       *phrase,
           const DioTokens *tokens,
           GHashTable      *names)
{
  const DioToken *token = dio_tokens_at (tokens, phrase->first);
  const DioLexeme *lexeme = dio_lexicon_match (tokens, phrase->first, &phrase->n_tokens);
  guint n_colour;

  if (token->input >= 0 && lexeme == NULL)
    {
      phrase->kind = DIO_PHRASE_MENTION;
      phrase->input = token->input;
      phrase->n_tokens = 1;
    }
  else if (dio_colour_words_match (tokens, phrase->first, phrase->srgb, &n_colour) &&
           (lexeme == NULL || n_colour > phrase->n_tokens))
    {
      phrase->kind = DIO_PHRASE_COLOUR;
      phrase->n_tokens = n_colour;
    }
  else if (lexeme != NULL)
    {
      phrase->kind = DIO_PHRASE_LEXEME;
      phrase->lexeme = lexeme;
    }
  else
    {
      phrase->kind = g_hash_table_contains (names, token->word) ? DIO_PHRASE_NAME
                                                                     : DIO_PHRASE_UNKNOWN;
      phrase->n_tokens = 1;
    }
}

/**
 * dio_phrases_collect_names:
 * @inputs: (array length=n_inputs): the photos
 * @n_inputs: how many
 *
 * Returns: (transfer full): the set of their names and of the words in them, so
 *   that "red mug" is no unknown thing where a reference is called "red-mug"
 */
GHashTable *
dio_phrases_collect_names (const DioCompositorInput *inputs,
                           guint                     n_inputs)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_inputs; i++)
    {
      g_autofree char *folded = NULL;
      g_auto(GStrv) parts = NULL;

      if (inputs[i].name == NULL)
        continue;
      folded = g_utf8_casefold (inputs[i].name, -1);
      parts = g_strsplit_set (folded, "-_. ", -1);
      for (guint p = 0; parts[p] != NULL; p++)
        g_hash_table_add (words, g_strdup (parts[p]));
      g_hash_table_add (words, g_steal_pointer (&folded));
    }

  return words;
}

/**
 * dio_phrases_new:
 * @tokens: a prompt
 * @names: a set of words that are known to be names
 *
 * Returns: (transfer full) (element-type DioPhrase): every token in one phrase, in order
 */
GArray *
dio_phrases_new (const DioTokens *tokens,
                 GHashTable      *names)
{
  GArray *phrases = g_array_new (FALSE, FALSE, sizeof (DioPhrase));
  guint at = 0;

  while (at < tokens->items->len)
    {
      const DioToken *token = dio_tokens_at (tokens, at);
      DioPhrase phrase = { .first = at, .n_tokens = 1, .input = -1 };

      switch (token->kind)
        {
        case DIO_TOKEN_WORD:
          read_word (&phrase, tokens, names);
          break;
        case DIO_TOKEN_MENTION:
          phrase.kind = DIO_PHRASE_MENTION;
          phrase.input = token->input;
          break;
        case DIO_TOKEN_COMMA:
          phrase.kind = DIO_PHRASE_COMMA;
          break;
        case DIO_TOKEN_SENTENCE:
        default:
          phrase.kind = DIO_PHRASE_SENTENCE;
          break;
        }

      at += phrase.n_tokens;
      g_array_append_val (phrases, phrase);
    }

  return phrases;
}

/**
 * dio_phrase_get_text:
 * @self: a phrase of words
 * @tokens: the prompt it is from
 *
 * Returns: (transfer full): its words as the person reads them
 */
char *
dio_phrase_get_text (const DioPhrase *self,
                     const DioTokens *tokens)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_tokens; i++)
    {
      const DioToken *token = dio_tokens_at (tokens, self->first + i);

      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, token->word);
    }

  return g_string_free (text, FALSE);
}
