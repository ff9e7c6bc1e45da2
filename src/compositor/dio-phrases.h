/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prompt as the phrases that the vocabulary knows, and the rest. */

#pragma once

#include "dio-lexicon.h"

G_BEGIN_DECLS

/**
 * DioPhraseKind:
 * @DIO_PHRASE_LEXEME: a phrase of the vocabulary
 * @DIO_PHRASE_COLOUR: names a colour
 * @DIO_PHRASE_MENTION: names an input
 * @DIO_PHRASE_NAME: part of an input's name, but no mention of it
 * @DIO_PHRASE_UNKNOWN: any other word
 * @DIO_PHRASE_COMMA: the end of a clause
 * @DIO_PHRASE_SENTENCE: the end of a sentence
 */
typedef enum
{
  DIO_PHRASE_LEXEME,
  DIO_PHRASE_COLOUR,
  DIO_PHRASE_MENTION,
  DIO_PHRASE_NAME,
  DIO_PHRASE_UNKNOWN,
  DIO_PHRASE_COMMA,
  DIO_PHRASE_SENTENCE,
} DioPhraseKind;

/**
 * DioPhrase:
 * @kind: what it is
 * @lexeme: (nullable): of a phrase of the vocabulary
 * @input: of a mention
 * @first: its first token
 * @n_tokens: how many it takes
 * @srgb: of a colour
 */
typedef struct
{
  DioPhraseKind    kind;
  const DioLexeme *lexeme;
  int              input;
  guint            first;
  guint            n_tokens;
  float            srgb[3];
} DioPhrase;

GHashTable *dio_phrases_collect_names (const DioCompositorInput *inputs,
                                       guint                     n_inputs);
GArray     *dio_phrases_new           (const DioTokens          *tokens,
                                       GHashTable               *names);
char       *dio_phrase_get_text       (const DioPhrase          *self,
                                       const DioTokens          *tokens);

static inline gboolean
dio_phrase_is (const DioPhrase *self,
               DioWordKind      kind)
{
  return self->kind == DIO_PHRASE_LEXEME && self->lexeme->kind == kind;
}

G_END_DECLS
