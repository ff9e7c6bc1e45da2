/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a prompt, with its mentions as chips. */

#pragma once

#include "dio-composition.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_PROMPT_VIEW (dio_prompt_view_get_type ())
G_DECLARE_FINAL_TYPE (DioPromptView, dio_prompt_view, DIO, PROMPT_VIEW, GtkTextView)

void dio_prompt_view_set_composition (DioPromptView  *self,
                                      DioComposition *composition);
void dio_prompt_view_insert_mention  (DioPromptView  *self,
                                      const char     *name);
void dio_prompt_view_insert_text     (DioPromptView  *self,
                                      const char     *text);

G_END_DECLS
