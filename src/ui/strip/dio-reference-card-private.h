/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the card share. */

#pragma once

#include "dio-reference-card.h"

G_BEGIN_DECLS

struct _DioReferenceCard
{
  GtkBox parent_instance;

  /* Construct-only; owned */
  DioComposition *composition;
  DioReference   *reference;

  /* Owned */
  GCancellable   *cancellable; /* of the thumbnail under way */

  guint           number;      /* its place among the images sent, or 0 */
  int             scale;       /* that the thumbnail was made for */

  /* Template children */
  GtkWidget      *frame;
  GtkPicture     *picture;
  GtkLabel       *badge;
  GtkMenuButton  *role_button;
  GtkLabel       *role_label;
  GtkStack       *name_stack;
  GtkButton      *name_button;
  GtkLabel       *name_label;
  GtkEntry       *name_entry;
  GtkPopover     *name_popover;
  GtkLabel       *name_error;
  GtkLabel       *status_label;
  GtkPopover     *menu;
};

void dio_reference_card_class_actions_init (DioReferenceCardClass *klass);
void dio_reference_card_actions_init       (DioReferenceCard      *self);
void dio_reference_card_cancel_rename      (DioReferenceCard      *self);
void dio_reference_card_commit_rename      (DioReferenceCard      *self);

G_END_DECLS
