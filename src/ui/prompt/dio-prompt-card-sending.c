/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the button that makes pictures says of their price, and the menu beside
 * it: whose account pays, what the provider itself says, and what will be sent. */

#include "config.h"

#include "dio-prompt-card-private.h"

#include "dio-money-words.h"
#include "dio-words.h"

#include <glib/gi18n.h>

/* Borrowed; NULL while no model is chosen. */
DioProvider *
dio_prompt_card_get_provider (DioPromptCard *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);

  return model != NULL ? dio_studio_find_provider (self->studio, dio_model_info_get_provider_id (model)) : NULL;
}

static guint
get_count (DioPromptCard *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  const DioParameter *parameter = model != NULL ? dio_model_info_find_flagged (model, DIO_PARAMETER_COUNT) : NULL;

  if (parameter == NULL)
    return 1;

  return MAX (1, dio_values_get_integer (dio_composition_get_values (self->composition, model), parameter->name));
}

static char *
format_label (DioPromptCard *self)
{
  guint count = get_count (self);
  g_autofree char *price = self->problem == NULL ? dio_price_to_text (&self->price) : NULL;

  if (self->problem != NULL || (count == 1 && price == NULL))
    return g_strdup (_("Generate"));
  if (price == NULL)
    /* Translators: a button that makes so many pictures. */
    return g_strdup_printf (_("Generate %u"), count);
  if (count == 1)
    /* Translators: a button that makes a picture; %s is its price: “Generate · $0.14”. */
    return g_strdup_printf (_("Generate · %s"), price);

  /* Translators: a button that makes so many pictures; %2$s is the price of all: “Generate 4 · $0.56”. */
  return g_strdup_printf (_("Generate %1$u · %2$s"), count, price);
}

static char *
format_tooltip (DioPromptCard *self)
{
  DioProvider *provider = dio_prompt_card_get_provider (self);
  g_autoptr(DioAccount) account = NULL;
  g_autofree char *price = NULL;

  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (dio_provider_is_local (provider))
    return g_strdup (_("Make the Picture (Ctrl+Enter)"));

  price = dio_price_to_sentence (&self->price);
  account = dio_prompt_card_dup_account (self);
  if (account == NULL)
    return g_steal_pointer (&price);

  /* Translators: %1$s says what a picture costs, %2$s is the name of the account that pays it. */
  return g_strdup_printf (_("%1$s\nAccount: %2$s"), price, dio_account_name_to_text (account->name));
}

static void
show_price (DioPromptCard *self)
{
  g_autofree char *label = format_label (self);
  g_autofree char *tooltip = format_tooltip (self);

  gtk_label_set_label (self->generate_label, label);
  gtk_widget_set_tooltip_text (self->generate_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->generate_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip,
                                  -1);
}

static GPtrArray *
list_accounts (DioPromptCard *self,
               DioProvider   *provider)
{
  DioAccountList *all = dio_studio_get_accounts (self->studio);
  GPtrArray *accounts = g_ptr_array_new ();

  for (guint i = 0; i < dio_account_list_get_n (all); i++)
    {
      const DioAccount *account = dio_account_list_get (all, i);

      if (g_str_equal (account->provider_id, dio_provider_get_id (provider)))
        g_ptr_array_add (accounts, (gpointer) account);
    }

  return accounts;
}

static void
append_accounts (DioPromptCard *self,
                 DioProvider   *provider,
                 GMenu         *menu)
{
  g_autoptr(GPtrArray) accounts = list_accounts (self, provider);
  g_autoptr(GMenu) section = NULL;

  if (accounts->len < 2)
    return;

  section = g_menu_new ();
  for (guint i = 0; i < accounts->len; i++)
    {
      const DioAccount *account = g_ptr_array_index (accounts, i);
      g_autoptr(GMenuItem) item = g_menu_item_new (dio_account_name_to_text (account->name), NULL);

      g_menu_item_set_action_and_target (item, "prompt.account", "s", account->name);
      g_menu_append_item (section, item);
    }

  /* Translators: heading of a menu’s part: which account at a provider pays. */
  g_menu_append_section (menu, _("Account"), G_MENU_MODEL (section));
}

static void
fill_sending_menu (GtkMenuButton *button,
                   gpointer       user_data)
{
  DioPromptCard *self = user_data;
  DioProvider *provider = dio_prompt_card_get_provider (self);
  const DioProviderFacts *facts = dio_provider_get_facts (provider);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  g_autofree char *ask = NULL;

  append_accounts (self, provider, menu);
  if (facts != NULL && facts->can_ask_price)
    {
      /* Translators: an item of a menu; %s is a provider: it is asked what the picture will cost. */
      ask = g_strdup_printf (_("Ask %s for the _Price"), _(dio_provider_get_display_name (provider)));
      g_menu_append (section, ask, "win.ask-price");
    }

  g_menu_append (section, _("_What Will Be Sent…"), "win.show-request");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* What is composed is another than before: so is its price. */
void
dio_prompt_card_update_sending (DioPromptCard *self,
                                DioRequest    *request)
{
  DioProvider *provider = dio_prompt_card_get_provider (self);
  gboolean is_hosted = provider != NULL && !dio_provider_is_local (provider);
  g_autoptr(DioAccount) account = NULL;

  self->price = (DioPrice) { .source = DIO_PRICE_UNKNOWN };
  if (request != NULL)
    {
      account = dio_prompt_card_dup_account (self);
      dio_provider_estimate (provider, request, account, &self->price);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->sending_button), is_hosted);
  gtk_widget_set_visible (self->request_button, is_hosted);
  gtk_menu_button_set_create_popup_func (self->sending_button, fill_sending_menu, self, NULL);
  show_price (self);
}

/* The chosen account of the chosen provider, else its first; NULL where none is
 * needed. */
DioAccount *
dio_prompt_card_dup_account (DioPromptCard *self)
{
  DioProvider *provider = dio_prompt_card_get_provider (self);
  const char *id = provider != NULL ? dio_provider_get_id (provider) : NULL;
  DioAccount *account = NULL;
  const char *name;

  if (id == NULL)
    return NULL;

  /* It may have been removed since it was chosen. */
  name = g_hash_table_lookup (self->accounts, id);
  if (name != NULL)
    account = dio_studio_dup_account (self->studio, id, name);

  return account != NULL ? account : dio_studio_dup_account (self->studio, id, NULL);
}

const DioPrice *
dio_prompt_card_get_price (DioPromptCard *self)
{
  return &self->price;
}

/* What the provider itself has said; holds until anything is changed. */
void
dio_prompt_card_set_price (DioPromptCard  *self,
                           const DioPrice *price)
{
  self->price = *price;
  show_price (self);
}
