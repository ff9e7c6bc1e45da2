/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which subject a word of the prompt acts on. */

#include "config.h"

#include "dio-vocabulary-private.h"

static void
apply_to_subject (DioPlanSubject  *subject,
                  const DioLexeme *lexeme)
{
  switch (lexeme->kind)
    {
    case DIO_WORD_COLUMN:
      subject->column = (DioColumn) lexeme->value;
      break;
    case DIO_WORD_ROW:
      subject->row = (DioRow) lexeme->value;
      break;
    case DIO_WORD_CORNER:
      subject->corner = TRUE;
      break;
    case DIO_WORD_DEPTH:
      subject->depth = (DioDepth) lexeme->value;
      break;
    case DIO_WORD_SIZE:
      subject->size = lexeme->value;
      break;
    case DIO_WORD_COPIES:
      subject->copies = (guint) lexeme->value;
      break;
    case DIO_WORD_STAND:
      subject->stand = (DioStand) lexeme->value;
      break;
    case DIO_WORD_FLIP:
      subject->flip = TRUE;
      break;
    case DIO_WORD_RELATION:
    case DIO_WORD_LIGHT:
    case DIO_WORD_LOOK:
    case DIO_WORD_SHADOW:
    case DIO_WORD_STYLE:
    case DIO_WORD_PALETTE_ONLY:
    case DIO_WORD_BACKDROP:
    case DIO_WORD_GRADED:
    case DIO_WORD_STOP:
    case DIO_WORD_AND:
    case DIO_WORD_OR:
    case DIO_WORD_NOT:
    default:
      g_assert_not_reached ();
    }
}

static gboolean *
said_by_name (DioReading  *self,
              guint        input,
              DioWordKind  kind)
{
  return &self->by_name[input * DIO_WORD_RELATION + kind];
}

static void
apply_by_name (DioReading      *self,
               guint            input,
               const DioPhrase *phrase,
               const DioLexeme *lexeme)
{
  g_autofree char *text = dio_phrase_get_text (phrase, self->tokens);

  apply_to_subject (&self->plan->subjects[input], lexeme);
  *said_by_name (self, input, lexeme->kind) = TRUE;
  dio_reading_take_text (self, self->used,
                         g_strdup_printf ("@%s %s", self->inputs[input].name, text));
}

/* What is said of all gives way to what is said of one by name. */
static void
apply_to_all (DioReading      *self,
              const DioPhrase *phrase,
              const DioLexeme *lexeme)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->n_inputs; i++)
    {
      if (self->inputs[i].role != DIO_ROLE_SUBJECT)
        continue;
      any = TRUE;
      if (!*said_by_name (self, i, lexeme->kind))
        apply_to_subject (&self->plan->subjects[i], lexeme);
    }

  if (any)
    dio_reading_list_used (self, phrase);
  else
    dio_reading_list_unused (self, phrase);
}

static void
apply_to_group (DioReading      *self,
                int              mention,
                const DioPhrase *phrase,
                const DioLexeme *lexeme)
{
  GArray *members = g_ptr_array_index (self->members, self->groups[mention]);

  for (guint i = 0; i < members->len; i++)
    apply_by_name (self, g_array_index (members, int, i), phrase, lexeme);
}

/* The mention that a place follows; else the first of its clause; else the
 * last of the sentence so far. */
static int
find_mention (const DioReading *self,
              int               i)
{
  const DioNeighbours *around = &self->neighbours[i];

  if (around->before >= 0)
    return around->before;

  return around->after >= 0 ? around->after : around->earlier;
}

/* "Twice the size" follows its subject, "tiny" stands before it. */
static gboolean
is_qualifier (const DioPhrase *phrase,
              const DioLexeme *lexeme)
{
  return (lexeme->kind == DIO_WORD_SIZE && phrase->n_tokens <= 2) ||
         lexeme->kind == DIO_WORD_COPIES || lexeme->kind == DIO_WORD_FLIP;
}

/**
 * dio_reading_read_subject_word:
 * @self: a reading
 * @i: the phrase
 * @lexeme: what it means, which may differ from what it says
 *
 * Lets the phrase act on the subject that it belongs to.
 */
void
dio_reading_read_subject_word (DioReading      *self,
                               int              i,
                               const DioLexeme *lexeme)
{
  const DioPhrase *phrase = dio_reading_at (self, i);
  const DioPhrase *next = dio_reading_at (self, self->neighbours[i].next);
  int mention;

  if (is_qualifier (phrase, lexeme) && next != NULL && dio_reading_is_subject (self, next))
    {
      apply_by_name (self, next->input, phrase, lexeme);
      return;
    }

  /* A number counts what follows it: here that is nothing of ours. */
  if (lexeme->kind == DIO_WORD_COPIES)
    {
      dio_reading_list_unused (self, phrase);
      return;
    }

  mention = find_mention (self, i);
  if (mention >= 0)
    apply_to_group (self, mention, phrase, lexeme);
  else
    apply_to_all (self, phrase, lexeme);
}

/* "To the left of the picture" is only a place. */
static void
read_lonely_relation (DioReading  *self,
                      int          i,
                      DioRelation  relation)
{
  DioLexeme column = { NULL, DIO_WORD_COLUMN, DIO_COLUMN_LEFT };

  if (relation == DIO_RELATION_RIGHT_OF)
    column.value = DIO_COLUMN_RIGHT;
  if (relation != DIO_RELATION_LEFT_OF && relation != DIO_RELATION_RIGHT_OF)
    {
      dio_reading_list_unused (self, dio_reading_at (self, i));
      return;
    }

  /* Shown without its "of". */
  g_array_index (self->phrases, DioPhrase, i).n_tokens--;
  dio_reading_read_subject_word (self, i, &column);
}

static void
relate (DioReading  *self,
        int          i,
        int          input,
        int          other,
        DioRelation  relation)
{
  g_autofree char *text = dio_phrase_get_text (dio_reading_at (self, i), self->tokens);

  self->plan->subjects[input].relation = relation;
  self->plan->subjects[input].other = other;
  dio_reading_take_text (self, self->used,
                         g_strdup_printf ("@%s %s @%s", self->inputs[input].name, text,
                                          self->inputs[other].name));
}

/* Who is beside @target: the mention before the words; in "behind @bear stands
 * @mug" and "next to @bear, @mug" the one after. */
static int
find_source (const DioReading *self,
             int               i,
             int               target)
{
  const DioNeighbours *around = &self->neighbours[i];
  int beyond = target + 1;

  if (around->before >= 0)
    return around->before;
  if (self->neighbours[target].after >= 0)
    return self->neighbours[target].after;
  if (around->earlier >= 0)
    return around->earlier;

  return (guint) beyond < self->phrases->len ? self->neighbours[beyond].after : -1;
}

/**
 * dio_reading_read_relation:
 * @self: a reading
 * @i: the phrase
 * @relation: what it says
 *
 * Relates the subject before the phrase to the one after it.
 */
void
dio_reading_read_relation (DioReading  *self,
                           int          i,
                           DioRelation  relation)
{
  int target = self->neighbours[i].next;
  const DioPhrase *other = dio_reading_at (self, target);
  const DioPhrase *one;

  if (other == NULL || !dio_reading_is_subject (self, other))
    {
      /* Beside or before the scene is where a subject always is. */
      if (other == NULL || (relation != DIO_RELATION_BESIDE && relation != DIO_RELATION_IN_FRONT))
        read_lonely_relation (self, i, relation);
      return;
    }

  one = dio_reading_at (self, find_source (self, i, target));
  if (one == NULL || one->input == other->input)
    dio_reading_list_unused (self, dio_reading_at (self, i));
  else
    relate (self, i, one->input, other->input, relation);
}
