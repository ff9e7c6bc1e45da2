/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mentions stand around each phrase of a prompt. */

#include "config.h"

#include "dio-vocabulary-private.h"

gboolean
dio_reading_is_clause_end (const DioPhrase *phrase)
{
  return phrase == NULL || phrase->kind == DIO_PHRASE_COMMA ||
         phrase->kind == DIO_PHRASE_SENTENCE || dio_phrase_is (phrase, DIO_WORD_AND);
}

gboolean
dio_reading_is_subject (const DioReading *self,
                        const DioPhrase  *phrase)
{
  return phrase->kind == DIO_PHRASE_MENTION &&
         self->inputs[phrase->input].role == DIO_ROLE_SUBJECT;
}

/* Whether a qualifier's eye passes over it on the way to its mention. */
static gboolean
is_transparent (const DioPhrase *phrase)
{
  if (phrase->kind == DIO_PHRASE_LEXEME)
    return phrase->lexeme->kind == DIO_WORD_SIZE || phrase->lexeme->kind == DIO_WORD_COPIES ||
           phrase->lexeme->kind == DIO_WORD_FLIP || phrase->lexeme->kind == DIO_WORD_STOP;

  return phrase->kind == DIO_PHRASE_UNKNOWN || phrase->kind == DIO_PHRASE_NAME ||
         phrase->kind == DIO_PHRASE_COLOUR;
}

static void
add_to_group (DioReading *self,
              int         input,
              gboolean    joined)
{
  GArray *members;

  if (!joined)
    g_ptr_array_add (self->members, g_array_new (FALSE, FALSE, sizeof (int)));

  members = g_ptr_array_index (self->members, self->members->len - 1);
  for (guint i = 0; i < members->len; i++)
    if (g_array_index (members, int, i) == input)
      return;
  g_array_append_val (members, input);
}

/* Mentions with nothing between them but "and", commas and stop words are one
 * group: "@bear and @mug on the left" speaks of both. */
static void
find_groups (DioReading *self)
{
  gboolean joined = FALSE;

  for (guint i = 0; i < self->phrases->len; i++)
    {
      const DioPhrase *phrase = dio_reading_at (self, i);

      self->groups[i] = -1;
      if (dio_reading_is_subject (self, phrase))
        {
          add_to_group (self, phrase->input, joined);
          self->groups[i] = self->members->len - 1;
          joined = TRUE;
        }
      else if (phrase->kind != DIO_PHRASE_COMMA && phrase->kind != DIO_PHRASE_MENTION &&
               phrase->kind != DIO_PHRASE_NAME &&
               !dio_phrase_is (phrase, DIO_WORD_AND) && !dio_phrase_is (phrase, DIO_WORD_STOP))
        {
          joined = FALSE;
        }
    }
}

static void
look_back (DioReading *self)
{
  int before = -1;
  int earlier = -1;

  for (guint i = 0; i < self->phrases->len; i++)
    {
      const DioPhrase *phrase = dio_reading_at (self, i);

      if (dio_reading_is_clause_end (phrase))
        before = -1;
      if (phrase->kind == DIO_PHRASE_SENTENCE)
        earlier = -1;
      self->neighbours[i].before = before;
      self->neighbours[i].earlier = earlier;
      if (dio_reading_is_subject (self, phrase))
        before = earlier = i;
    }
}

static void
look_ahead (DioReading *self)
{
  int after = -1;
  int next = -1;

  for (guint i = self->phrases->len; i-- > 0;)
    {
      const DioPhrase *phrase = dio_reading_at (self, i);

      self->neighbours[i].after = after;
      self->neighbours[i].next = next;
      if (dio_reading_is_clause_end (phrase))
        after = next = -1;
      else if (phrase->kind == DIO_PHRASE_MENTION)
        next = i;
      else if (!is_transparent (phrase))
        next = -1;
      if (dio_reading_is_subject (self, phrase))
        after = i;
    }
}

/**
 * dio_reading_find_neighbours:
 * @self: a reading with its phrases
 *
 * Fills in the neighbours, the groups and their members.
 */
void
dio_reading_find_neighbours (DioReading *self)
{
  self->neighbours = g_new (DioNeighbours, self->phrases->len + 1);
  self->groups = g_new (int, self->phrases->len + 1);
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  find_groups (self);
  look_back (self);
  look_ahead (self);
}
