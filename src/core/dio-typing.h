/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed between two texts, and whether it goes on from what was typed before. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioTyping:
 * @start: byte where the texts begin to differ
 * @removed: how many bytes went there
 * @inserted: how many bytes came in their place
 * @begins_word: what came begins behind a blank, and is none
 * @is_blank: only blanks came
 */
typedef struct
{
  gsize    start;
  gsize    removed;
  gsize    inserted;
  gboolean begins_word;
  gboolean is_blank;
} DioTyping;

void     dio_typing_init    (DioTyping       *self,
                             const char      *before,
                             const char      *after);
gboolean dio_typing_goes_on (const DioTyping *self,
                             const DioTyping *last);
void     dio_typing_join    (DioTyping       *self,
                             const DioTyping *last);

G_END_DECLS
