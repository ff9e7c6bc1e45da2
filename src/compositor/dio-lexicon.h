/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words this engine acts on: data, looked up by their first word. */

#pragma once

#include "dio-tokens.h"

G_BEGIN_DECLS

/**
 * DioWordKind:
 *
 * What a phrase does. The first group acts on subjects, the second on the
 * whole picture, the third only on how its neighbours are read.
 */
typedef enum
{
  DIO_WORD_COLUMN,
  DIO_WORD_ROW,
  DIO_WORD_CORNER,
  DIO_WORD_DEPTH,
  DIO_WORD_SIZE,
  DIO_WORD_COPIES,
  DIO_WORD_STAND,
  DIO_WORD_FLIP,
  DIO_WORD_RELATION,

  DIO_WORD_LIGHT,
  DIO_WORD_LOOK,
  DIO_WORD_SHADOW,
  DIO_WORD_STYLE,
  DIO_WORD_PALETTE_ONLY,
  DIO_WORD_BACKDROP,
  DIO_WORD_GRADED,

  DIO_WORD_STOP,
  DIO_WORD_AND,
  DIO_WORD_OR,
  DIO_WORD_NOT,
} DioWordKind;

/**
 * DioLexeme:
 * @phrase: words with single blanks, without articles
 * @kind: what it acts on
 * @value: the enum value or factor, by @kind
 */
typedef struct
{
  const char *phrase;
  DioWordKind kind;
  double      value;
} DioLexeme;

extern const DioLexeme dio_lexemes[];
extern const guint     dio_n_lexemes;

const DioLexeme *dio_lexicon_match      (const DioTokens *tokens,
                                         guint            first,
                                         guint           *n_tokens);
gboolean         dio_lexicon_is_article (const char      *word);

G_END_DECLS
