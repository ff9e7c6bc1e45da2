/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person wrote, with mentions bound to references. */

#pragma once

#include "dio-reference.h"

G_BEGIN_DECLS

/**
 * DioMention:
 * @start: byte offset of the "@" in the text
 * @end: byte offset behind the name
 * @reference: (unowned): what it is bound to
 */
typedef struct
{
  gsize         start;
  gsize         end;
  DioReference *reference;
} DioMention;

#define DIO_TYPE_PROMPT (dio_prompt_get_type ())
G_DECLARE_FINAL_TYPE (DioPrompt, dio_prompt, DIO, PROMPT, GObject)

DioPrompt  *dio_prompt_new           (GListModel *references);
char       *dio_prompt_dup_text      (DioPrompt  *self);
void        dio_prompt_set_text      (DioPrompt  *self,
                                      const char *text);
GArray     *dio_prompt_dup_mentions  (DioPrompt  *self);
void        dio_prompt_restore       (DioPrompt  *self,
                                      const char *text,
                                      GArray     *mentions);
const char *dio_prompt_find_name_end (const char *p);

G_END_DECLS
