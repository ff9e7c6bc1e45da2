/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prompt taken apart into words, mentions and breaks. */

#pragma once

#include "dio-compositor.h"

G_BEGIN_DECLS

/**
 * DioTokenKind:
 * @DIO_TOKEN_WORD: a word
 * @DIO_TOKEN_MENTION: `@name` of an input
 * @DIO_TOKEN_COMMA: where a clause ends
 * @DIO_TOKEN_SENTENCE: where a sentence ends
 */
typedef enum
{
  DIO_TOKEN_WORD,
  DIO_TOKEN_MENTION,
  DIO_TOKEN_COMMA,
  DIO_TOKEN_SENTENCE,
} DioTokenKind;

/**
 * DioToken:
 * @kind: what it is
 * @word: (nullable): case folded; only of words
 * @typed: (nullable): as the person wrote it; only of words
 * @input: the input mentioned; for a word the input of that name, or -1
 */
typedef struct
{
  DioTokenKind kind;
  const char  *word;
  const char  *typed;
  int          input;
} DioToken;

/**
 * DioTokens:
 * @items: (owned) (element-type DioToken): in the prompt's order
 * @strings: (owned): what the items point into
 */
typedef struct
{
  GArray       *items;
  GStringChunk *strings;
} DioTokens;

DioTokens *dio_tokens_new  (const char               *prompt,
                            const DioCompositorInput *inputs,
                            guint                     n_inputs);
void       dio_tokens_free (DioTokens                *self);

static inline const DioToken *
dio_tokens_at (const DioTokens *self,
               guint            i)
{
  return i < self->items->len ? &g_array_index (self->items, DioToken, i) : NULL;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioTokens, dio_tokens_free)

G_END_DECLS
