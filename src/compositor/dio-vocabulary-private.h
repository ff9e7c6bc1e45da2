/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prompt under reading, shared by the files that read it. */

#pragma once

#include "dio-phrases.h"
#include "dio-plan.h"

G_BEGIN_DECLS

/**
 * DioNeighbours:
 * @before: the last mention of a subject earlier in the clause, or -1
 * @after: the first one later in the clause, or -1
 * @earlier: the last one earlier in the sentence, or -1
 * @next: any mention later in the clause with nothing but qualifiers and words
 *   without effect before it, or -1
 *
 * The mentions around a phrase, found once for all phrases: a prompt may be long.
 */
typedef struct
{
  int before;
  int after;
  int earlier;
  int next;
} DioNeighbours;

typedef struct
{
  const DioCompositorInput *inputs;
  guint                     n_inputs;
  gboolean                  has_scene;
  gboolean                  has_style;

  GHashTable    *names;      /* (owned): the words of the inputs' names */
  DioTokens     *tokens;     /* (owned) */
  GArray        *phrases;    /* (owned) */
  DioNeighbours *neighbours; /* (owned): for each phrase */
  int           *groups;     /* (owned): for each phrase the group of its mention, or -1 */
  GPtrArray     *members;    /* (owned) (element-type GArray): the inputs of each group */

  DioPlan       *plan;       /* (owned) */
  gboolean      *by_name;    /* (owned): for each input and kind, whether it was said of that one by name */
  GPtrArray     *used;       /* (owned) */
  GPtrArray     *unused;     /* (owned) */
  GHashTable    *seen;       /* (owned): what the two lists hold, marked "+" and "-" */
} DioReading;

static inline const DioPhrase *
dio_reading_at (const DioReading *self,
                int               i)
{
  if (i < 0 || (guint) i >= self->phrases->len)
    return NULL;

  return &g_array_index (self->phrases, DioPhrase, i);
}

void     dio_reading_take_text         (DioReading       *self,
                                        GPtrArray        *list,
                                        char             *text);
void     dio_reading_list_used         (DioReading       *self,
                                        const DioPhrase  *phrase);
void     dio_reading_list_unused       (DioReading       *self,
                                        const DioPhrase  *phrase);

gboolean dio_reading_is_subject        (const DioReading *self,
                                        const DioPhrase  *phrase);
gboolean dio_reading_is_clause_end     (const DioPhrase  *phrase);
void     dio_reading_find_neighbours   (DioReading       *self);

void     dio_reading_read_subject_word (DioReading       *self,
                                        int               i,
                                        const DioLexeme  *lexeme);
void     dio_reading_read_relation     (DioReading       *self,
                                        int               i,
                                        DioRelation       relation);

G_END_DECLS
