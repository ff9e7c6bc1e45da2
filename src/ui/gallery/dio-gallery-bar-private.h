/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bar and its menu share. */

#pragma once

#include "dio-gallery-bar.h"

G_BEGIN_DECLS

struct _DioGalleryBar
{
  GtkWidget parent_instance;

  /* Owned */
  DioResultQuery *query;
  char           *show;     /* an id of a view in the menu */
  char           *maker;    /* a provider's id, or "" */
  char           *tag;      /* one of the library's, or "" */
  char           *sort;     /* an id of an order in the menu */
  DioStudio      *studio;
  GMenu          *more;     /* lists of the menu, that of the tags among them where there are any */
  GStrv           listed;   /* (nullable): the tags in it */

  /* Template children */
  GtkSearchEntry *entry;
  GtkMenuButton  *button;
  GtkLabel       *button_label;
  GtkMenuButton  *days_button;
};

void dio_gallery_bar_menu_init    (DioGalleryBar  *self);
void dio_gallery_bar_ask_choices  (DioGalleryBar  *self,
                                   DioResultQuery *query);
void dio_gallery_bar_label_button (DioGalleryBar  *self);

G_END_DECLS
