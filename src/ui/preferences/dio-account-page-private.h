/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the account’s page share. */

#pragma once

#include "dio-account-page.h"
#include "dio-key-group.h"

G_BEGIN_DECLS

struct _DioAccountPage
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio           *studio;
  DioProvider         *provider;
  DioAccount          *account;    /* as it was last seen */

  gboolean             is_showing;  /* the rows follow the account, not the person */
  gboolean             is_renaming; /* and has two names */

  /* Template children */
  GtkWidget           *header_bar;
  GtkWidget           *page;
  AdwWindowTitle      *title;
  GtkWidget           *back_button;
  AdwEntryRow         *name_row;
  AdwComboRow         *kind_row;
  GtkLabel            *name_problem;
  DioKeyGroup         *key_group;
  AdwEntryRow         *price_row;
  AdwEntryRow         *currency_row;
  GtkLabel            *price_problem;
  AdwPreferencesGroup *address_group;
  AdwEntryRow         *endpoint_row;
  AdwEntryRow         *upload_row;
  GtkLabel            *address_problem;
  AdwPreferencesGroup *facts_group;
  GtkWidget           *remove_button;
  GtkWidget           *busy_label;
};

/* What is typed, and whether it will do. */
void dio_account_page_class_edits_init (DioAccountPageClass *klass);
void dio_account_page_show             (DioAccountPage      *self);
void dio_account_page_tell_error       (DioAccountPage      *self,
                                        const GError        *error);

G_END_DECLS
