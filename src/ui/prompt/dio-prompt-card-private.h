/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the prompt card share. */

#pragma once

#include "dio-composition-watch.h"
#include "dio-model-chooser.h"
#include "dio-prompt-card.h"
#include "dio-prompt-view.h"
#include "dio-role-sentence.h"

G_BEGIN_DECLS

struct _DioPromptCard
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio           *studio;
  DioComposition      *composition;
  DioCompositionWatch *watch;
  DioJob              *job;         /* whose unused words are shown */
  char                *job_prompt;  /* the prompt that it was made from */
  char                *problem;     /* why nothing can be made, or NULL */
  GHashTable          *accounts;    /* provider id: name of the account chosen */

  DioPrice             price;       /* of what is composed now */

  /* Template children */
  GtkWidget           *box;
  DioPromptView       *view;
  GtkWidget           *placeholder;
  DioRoleSentence     *sentence;
  GtkLabel            *hint;
  GtkMenuButton       *mention_button;
  GtkLabel            *counter;
  DioModelChooser     *model_chooser;
  GtkWidget           *generate_button;
  GtkLabel            *generate_label;
  GtkMenuButton       *sending_button;
  GtkWidget           *request_button;
};

void         dio_prompt_card_update_sending     (DioPromptCard      *self,
                                                 DioRequest         *request);
DioProvider *dio_prompt_card_get_provider       (DioPromptCard      *self);
char        *dio_prompt_card_find_problem       (DioPromptCard      *self,
                                                 const char         *text,
                                                 DioRequest        **request);

G_END_DECLS
