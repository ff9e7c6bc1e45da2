/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person says what the picture should be, and has it made. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_PROMPT_CARD (dio_prompt_card_get_type ())
G_DECLARE_FINAL_TYPE (DioPromptCard, dio_prompt_card, DIO, PROMPT_CARD, GtkWidget)

void        dio_prompt_card_set_composition (DioPromptCard  *self,
                                             DioStudio      *studio,
                                             DioComposition *composition);
void        dio_prompt_card_follow_job      (DioPromptCard  *self,
                                             DioJob         *job);
const char *dio_prompt_card_get_problem     (DioPromptCard  *self);

/* Whose money, and how much of it. */
DioAccount     *dio_prompt_card_dup_account (DioPromptCard  *self);
const DioPrice *dio_prompt_card_get_price   (DioPromptCard  *self);
void            dio_prompt_card_set_price   (DioPromptCard  *self,
                                             const DioPrice *price);

G_END_DECLS
