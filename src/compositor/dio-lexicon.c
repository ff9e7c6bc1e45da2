/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the longest phrase of the vocabulary at a place in the prompt. */

#include "config.h"

#include "dio-lexicon.h"

#include <string.h>

typedef struct
{
  GStrv            words;
  guint            n_words;
  const DioLexeme *lexeme;
} Entry;

static gint
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;

  return (gint) right->n_words - (gint) left->n_words;
}

/* First word -> its phrases, longest first. Made once and kept. */
static GHashTable *
get_entries (void)
{
  static GHashTable *entries;

  if (g_once_init_enter (&entries))
    {
      GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
      GHashTableIter iter;
      gpointer list;

      for (guint i = 0; i < dio_n_lexemes; i++)
        {
          Entry entry = { .lexeme = &dio_lexemes[i] };

          entry.words = g_strsplit (dio_lexemes[i].phrase, " ", -1);
          entry.n_words = g_strv_length (entry.words);
          list = g_hash_table_lookup (table, entry.words[0]);
          if (list == NULL)
            {
              list = g_array_new (FALSE, FALSE, sizeof (Entry));
              g_hash_table_insert (table, entry.words[0], list);
            }
          g_array_append_val ((GArray *) list, entry);
        }

      g_hash_table_iter_init (&iter, table);
      while (g_hash_table_iter_next (&iter, NULL, &list))
        g_array_sort (list, compare_entries);

      g_once_init_leave (&entries, table);
    }

  return entries;
}

/**
 * dio_lexicon_is_article:
 * @word: case folded
 *
 * Returns: whether @word may stand inside a phrase without changing it
 */
gboolean
dio_lexicon_is_article (const char *word)
{
  static const char *const articles[] = {
    "the", "a", "an", "my", "our", "its", "this", "that", "some", "any", "one", NULL,
  };

  return g_strv_contains (articles, word);
}

static const DioToken *
get_word (const DioTokens *tokens,
          guint            i)
{
  const DioToken *token = dio_tokens_at (tokens, i);

  return token != NULL && token->kind == DIO_TOKEN_WORD ? token : NULL;
}

/* How many tokens the entry takes from @first on; 0 when it does not fit. */
static guint
match_entry (const Entry     *entry,
             const DioTokens *tokens,
             guint            first)
{
  guint at = first + 1;

  for (guint w = 1; w < entry->n_words; w++)
    {
      const DioToken *token = get_word (tokens, at);

      while (token != NULL && !g_str_equal (token->word, entry->words[w]) &&
             dio_lexicon_is_article (token->word))
        token = get_word (tokens, ++at);
      if (token == NULL || !g_str_equal (token->word, entry->words[w]))
        return 0;
      at++;
    }

  return at - first;
}

/**
 * dio_lexicon_match:
 * @tokens: a prompt
 * @first: a word in it
 * @n_tokens: (out): how many tokens the phrase takes
 *
 * Returns: (transfer none) (nullable): the longest known phrase that begins there
 */
const DioLexeme *
dio_lexicon_match (const DioTokens *tokens,
                   guint            first,
                   guint           *n_tokens)
{
  const DioToken *token = get_word (tokens, first);
  GArray *list;

  if (token == NULL)
    return NULL;

  list = g_hash_table_lookup (get_entries (), token->word);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const Entry *entry = &g_array_index (list, Entry, i);

      *n_tokens = match_entry (entry, tokens, first);
      if (*n_tokens > 0)
        return entry->lexeme;
    }

  return NULL;
}
