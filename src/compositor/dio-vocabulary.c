/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a prompt: a fixed vocabulary, not understanding.
 *
 * Words act on the nearest mention of their clause. "Tiny", "two" and "flipped"
 * look forward to the mention they stand before; places look back to the one
 * they follow. A clause without a mention goes on with the sentence's last
 * mention ("@mug on the right, small"); where there is none, it speaks of all. */

#include "config.h"

#include "dio-vocabulary.h"

#include "dio-vocabulary-private.h"

void
dio_reading_take_text (DioReading *self,
                       GPtrArray  *list,
                       char       *text)
{
  g_autofree char *key = g_strconcat (list == self->used ? "+" : "-", text, NULL);

  if (g_hash_table_contains (self->seen, key))
    {
      g_free (text);
      return;
    }

  g_hash_table_add (self->seen, g_steal_pointer (&key));
  g_ptr_array_add (list, text);
}

void
dio_reading_list_used (DioReading      *self,
                       const DioPhrase *phrase)
{
  dio_reading_take_text (self, self->used, dio_phrase_get_text (phrase, self->tokens));
}

/* Word by word, so that each is shown beside its place in the prompt. */
void
dio_reading_list_unused (DioReading      *self,
                         const DioPhrase *phrase)
{
  for (guint i = 0; i < phrase->n_tokens; i++)
    {
      const char *word = dio_tokens_at (self->tokens, phrase->first + i)->word;

      if ((phrase->n_tokens == 1 || !dio_lexicon_is_article (word)) &&
          !g_hash_table_contains (self->names, word))
        dio_reading_take_text (self, self->unused, g_strdup (word));
    }
}

static void
read_style (DioReading      *self,
            const DioPhrase *phrase)
{
  if (!self->has_style)
    {
      dio_reading_list_unused (self, phrase);
      return;
    }

  if (phrase->lexeme->kind == DIO_WORD_PALETTE_ONLY)
    {
      self->plan->texture = 0.0;
    }
  else
    {
      self->plan->palette *= phrase->lexeme->value;
      self->plan->texture *= phrase->lexeme->value;
    }
  dio_reading_list_used (self, phrase);
}

static void
read_backdrop (DioReading      *self,
               const DioPhrase *phrase)
{
  if (self->has_scene)
    {
      dio_reading_list_unused (self, phrase);
      return;
    }

  if (phrase->lexeme->kind == DIO_WORD_GRADED)
    self->plan->backdrop.graded = TRUE;
  dio_reading_list_used (self, phrase);
}

static gboolean
is_backdrop_noun (const DioPhrase *phrase)
{
  return phrase != NULL &&
         (dio_phrase_is (phrase, DIO_WORD_BACKDROP) || dio_phrase_is (phrase, DIO_WORD_GRADED));
}

static gboolean
is_word (const DioPhrase *phrase,
         const char      *word)
{
  return phrase != NULL && phrase->kind == DIO_PHRASE_LEXEME &&
         g_str_equal (phrase->lexeme->phrase, word);
}

/* Passes over "of", "a", other colours and the like from @i on, but not far:
 * what belongs together stands together. */
static int
pass_over (const DioReading *self,
           int               i,
           int               step,
           gboolean          colours)
{
  const DioPhrase *phrase;
  int k = i + step;

  for (int n = 0; n < 6 && (phrase = dio_reading_at (self, k)) != NULL; n++, k += step)
    if (!dio_phrase_is (phrase, DIO_WORD_STOP) &&
        !(colours && (phrase->kind == DIO_PHRASE_COLOUR || dio_phrase_is (phrase, DIO_WORD_AND))))
      break;

  return k;
}

/* A colour is the backdrop's when the word stands beside it ("pale blue studio
 * wall", "background in teal", "gradient from teal to navy"), or when it is all
 * that something stands on ("on white"). A subject is never repainted. */
static gboolean
is_backdrop_colour (const DioReading *self,
                    int               i)
{
  const DioPhrase *phrase = dio_reading_at (self, i);
  const char *last = dio_tokens_at (self->tokens, phrase->first + phrase->n_tokens - 1)->word;
  int k = i - 1;

  if (g_str_equal (last, "background") || g_str_equal (last, "backdrop") ||
      is_backdrop_noun (dio_reading_at (self, pass_over (self, i, 1, TRUE))) ||
      is_backdrop_noun (dio_reading_at (self, pass_over (self, i, -1, TRUE))))
    return TRUE;

  while (is_word (dio_reading_at (self, k), "a") || is_word (dio_reading_at (self, k), "plain"))
    k--;

  return (is_word (dio_reading_at (self, k), "on") || is_word (dio_reading_at (self, k), "against")) &&
         dio_reading_is_clause_end (dio_reading_at (self, i + 1));
}

static void
read_colour (DioReading *self,
             int         i)
{
  const DioPhrase *phrase = dio_reading_at (self, i);
  DioPlanBackdrop *backdrop = &self->plan->backdrop;

  if (self->has_scene || !is_backdrop_colour (self, i))
    {
      dio_reading_list_unused (self, phrase);
      return;
    }

  for (int c = 0; c < 3; c++)
    {
      if (!backdrop->named)
        backdrop->first[c] = phrase->srgb[c];
      backdrop->second[c] = phrase->srgb[c];
    }
  backdrop->named = TRUE;
  dio_reading_list_used (self, phrase);
}

static void
read_lexeme (DioReading *self,
             int         i)
{
  const DioPhrase *phrase = dio_reading_at (self, i);
  DioPlan *plan = self->plan;

  switch (phrase->lexeme->kind)
    {
    case DIO_WORD_DEPTH:
      /* "Near @mug" is beside it; "near" alone is close to the eye. */
      if (phrase->lexeme->value == DIO_DEPTH_NEAR && self->neighbours[i].next == i + 1)
        dio_reading_read_relation (self, i, DIO_RELATION_BESIDE);
      else
        dio_reading_read_subject_word (self, i, phrase->lexeme);
      break;
    case DIO_WORD_COLUMN:
    case DIO_WORD_ROW:
    case DIO_WORD_CORNER:
    case DIO_WORD_SIZE:
    case DIO_WORD_COPIES:
    case DIO_WORD_STAND:
    case DIO_WORD_FLIP:
      dio_reading_read_subject_word (self, i, phrase->lexeme);
      break;
    case DIO_WORD_RELATION:
      dio_reading_read_relation (self, i, (DioRelation) phrase->lexeme->value);
      break;
    case DIO_WORD_LIGHT:
      plan->light = (DioLightFrom) phrase->lexeme->value;
      dio_reading_list_used (self, phrase);
      break;
    case DIO_WORD_LOOK:
      plan->looks |= (DioLook) phrase->lexeme->value;
      dio_reading_list_used (self, phrase);
      break;
    case DIO_WORD_SHADOW:
      plan->shadow = phrase->lexeme->value;
      dio_reading_list_used (self, phrase);
      break;
    case DIO_WORD_STYLE:
    case DIO_WORD_PALETTE_ONLY:
      read_style (self, phrase);
      break;
    case DIO_WORD_BACKDROP:
    case DIO_WORD_GRADED:
      read_backdrop (self, phrase);
      break;
    case DIO_WORD_STOP:
    case DIO_WORD_AND:
    case DIO_WORD_OR:
    case DIO_WORD_NOT:
    default:
      break;
    }
}

/* Only shadows and grain can be left out; all else is listed with its "no",
 * since denying a thing must not be taken for asking for it. */
static void
deny (DioReading      *self,
      const char      *no,
      const DioPhrase *phrase)
{
  g_autofree char *text = dio_phrase_get_text (phrase, self->tokens);
  gboolean known = TRUE;

  if (dio_phrase_is (phrase, DIO_WORD_SHADOW))
    self->plan->shadow = 0.0;
  else if (dio_phrase_is (phrase, DIO_WORD_LOOK) && phrase->lexeme->value == DIO_LOOK_GRAIN)
    self->plan->grain = 0.0;
  else
    known = FALSE;

  dio_reading_take_text (self, known ? self->used : self->unused,
                         g_strconcat (no, " ", text, NULL));
}

/* Returns the first phrase that the "no" at @i no longer speaks of. */
static int
read_negation (DioReading *self,
               int         i)
{
  g_autofree char *no = dio_phrase_get_text (dio_reading_at (self, i), self->tokens);
  const DioPhrase *phrase;
  int k = i;

  do
    {
      phrase = dio_reading_at (self, ++k);
      while (phrase != NULL && (dio_phrase_is (phrase, DIO_WORD_STOP) || dio_phrase_is (phrase, DIO_WORD_NOT)))
        phrase = dio_reading_at (self, ++k);
      if (dio_reading_is_clause_end (phrase) || phrase->kind == DIO_PHRASE_MENTION)
        return k;

      deny (self, no, phrase);
      phrase = dio_reading_at (self, ++k);
    }
  while (phrase != NULL && dio_phrase_is (phrase, DIO_WORD_OR));

  return k;
}

static void
read_phrases (DioReading *self)
{
  int i = 0;

  while ((guint) i < self->phrases->len)
    {
      const DioPhrase *phrase = dio_reading_at (self, i);

      if (dio_phrase_is (phrase, DIO_WORD_NOT))
        {
          i = read_negation (self, i);
          continue;
        }

      if (phrase->kind == DIO_PHRASE_LEXEME)
        read_lexeme (self, i);
      else if (phrase->kind == DIO_PHRASE_COLOUR)
        read_colour (self, i);
      else if (phrase->kind == DIO_PHRASE_UNKNOWN)
        dio_reading_list_unused (self, phrase);
      i++;
    }
}

static GStrv
end_list (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);

  return (GStrv) g_ptr_array_free (list, FALSE);
}

/**
 * dio_vocabulary_read:
 * @prompt: (nullable): what the person wrote
 * @inputs: (array length=n_inputs): the photos, whose names are mentions
 * @n_inputs: how many
 *
 * Returns: (transfer full): what the prompt asks for, with one entry for each input
 */
DioPlan *
dio_vocabulary_read (const char               *prompt,
                     const DioCompositorInput *inputs,
                     guint                     n_inputs)
{
  DioReading reading = { .inputs = inputs, .n_inputs = n_inputs };
  DioReading *self = &reading;

  for (guint i = 0; i < n_inputs; i++)
    {
      self->has_scene |= inputs[i].role == DIO_ROLE_SCENE;
      self->has_style |= inputs[i].role == DIO_ROLE_STYLE;
    }

  self->tokens = dio_tokens_new (prompt != NULL ? prompt : "", inputs, n_inputs);
  self->names = dio_phrases_collect_names (inputs, n_inputs);
  self->phrases = dio_phrases_new (self->tokens, self->names);
  dio_reading_find_neighbours (self);
  self->plan = dio_plan_new (n_inputs);
  self->by_name = g_new0 (gboolean, n_inputs * DIO_WORD_RELATION + 1);
  self->used = g_ptr_array_new ();
  self->unused = g_ptr_array_new ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  read_phrases (self);

  self->plan->used = end_list (self->used);
  self->plan->unused = end_list (self->unused);
  g_hash_table_unref (self->names);
  dio_tokens_free (self->tokens);
  g_array_unref (self->phrases);
  g_free (self->neighbours);
  g_free (self->groups);
  g_ptr_array_unref (self->members);
  g_free (self->by_name);
  g_hash_table_unref (self->seen);

  return self->plan;
}
