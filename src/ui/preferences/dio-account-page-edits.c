/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed on the account’s page: checked while it is typed, with the
 * problem said below it, and kept when it is applied. */

#include "config.h"

#include "dio-account-page-private.h"

#include "dio-account-moves.h"
#include "dio-account-words.h"
#include "dio-words.h"

#include <glib/gi18n.h>

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gboolean has_button = adw_entry_row_get_show_apply_button (row);

  /* The button stands for what the person typed, and would come for this too. */
  adw_entry_row_set_show_apply_button (row, FALSE);
  if (!g_str_equal (get_text (row), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, has_button);
}

static void
mark (AdwEntryRow *row,
      gboolean     is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
tell_problem (GtkLabel   *label,
              const char *problem)
{
  gtk_label_set_text (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
}

static DioAccountList *
get_accounts (DioAccountPage *self)
{
  return dio_library_get_accounts (dio_studio_get_library (self->studio));
}

/* As this page knows it, which may still be being written; but that the person
 * was told where photos go is learnt elsewhere. */
static DioAccount *
dup_current (DioAccountPage *self)
{
  const DioAccount *listed = dio_account_list_find (get_accounts (self), self->account->provider_id,
                                                    self->account->name);
  DioAccount *account = dio_account_copy (self->account);

  account->is_told |= listed != NULL && listed->is_told;
  return account;
}

static void
take_account (DioAccountPage *self,
              DioAccount     *account)
{
  dio_account_free (self->account);
  self->account = account;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DioAccountPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_save_account_finish (DIO_LIBRARY (source), result, &error) && self->account != NULL)
    dio_account_page_tell_error (self, error);
}

/* What is applied while the account has two names is shown as it was. */
/* What stands there until it is given a name is not its name. */
static char *
dup_typed_name (DioAccountPage *self)
{
  char *name = g_strstrip (g_strdup (get_text (self->name_row)));

  if (self->account == NULL || !g_str_equal (name, dio_account_name_to_text (self->account->name)))
    return name;

  g_free (name);
  return g_strdup (self->account->name);
}

static void
save (DioAccountPage *self,
      DioAccount     *account)
{
  if (self->is_renaming)
    {
      dio_account_free (account);
      return;
    }

  take_account (self, account);
  dio_library_save_account_async (dio_studio_get_library (self->studio), account,
                                  saved_cb, g_object_ref (self));
}

/* Name */

static const char *
find_name_problem (DioAccountPage *self,
                   const char     *name)
{
  if (g_str_equal (name, self->account->name))
    return NULL;
  if (*name == '\0')
    return _("An account needs a name");
  if (dio_account_list_find (get_accounts (self), self->account->provider_id, name) != NULL)
    return _("Another account has this name");

  return NULL;
}

static void
name_changed_cb (DioAccountPage *self)
{
  g_autofree char *name = dup_typed_name (self);
  const char *problem = self->account != NULL ? find_name_problem (self, name) : NULL;

  mark (self->name_row, problem != NULL);
  tell_problem (self->name_problem, problem);
}

static void
renamed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioAccountPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_done = dio_studio_rename_account_finish (DIO_STUDIO (source), result, &error);

  if (self->account == NULL)
    return;

  self->is_renaming = FALSE;
  if (is_done)
    {
      g_autofree char *name = dup_typed_name (self);
      DioAccount *account = dio_account_copy (self->account);

      g_free (account->name);
      account->name = g_steal_pointer (&name);
      take_account (self, account);
    }
  else
    {
      dio_account_page_tell_error (self, error);
    }

  dio_account_page_show (self);
}

static void
name_applied_cb (DioAccountPage *self)
{
  g_autofree char *name = dup_typed_name (self);
  g_autoptr(DioAccount) account = dup_current (self);

  if (self->is_renaming || find_name_problem (self, name) != NULL || g_str_equal (name, account->name))
    return;

  self->is_renaming = TRUE;
  dio_studio_rename_account_async (self->studio, account, name, renamed_cb, g_object_ref (self));
}

/* Kind */

static void
show_kind (DioAccountPage *self)
{
  const DioAccountKind *kind = dio_account_find_kind (self->provider, self->account);
  const DioProviderFacts *facts = dio_provider_get_facts (self->provider);
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (kind == NULL)
    return;

  adw_combo_row_set_selected (self->kind_row, kind - facts->kinds);

  if (kind->address != NULL)
    /* Translators: of a server’s address; %s is the usual one. */
    text = g_strdup_printf (_("Left empty, the server is %s."), kind->address);
  else
    text = g_strdup (_("This kind of account needs the address of its server."));

  /* The description of a group is markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_preferences_group_set_description (self->address_group, escaped);
}

static void
kind_selected_cb (DioAccountPage *self)
{
  const DioProviderFacts *facts;
  guint selected = adw_combo_row_get_selected (self->kind_row);
  DioAccount *account;

  if (self->is_showing || self->account == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  facts = dio_provider_get_facts (self->provider);
  account = dup_current (self);
  g_free (account->kind);
  account->kind = g_strdup (facts->kinds[selected].id);
  save (self, account);
  dio_account_page_show (self);
}

/* Price */

static const char *
find_price_problem (DioAccountPage *self,
                    double         *price,
                    char          **currency)
{
  const char *amount = get_text (self->price_row);

  *currency = dio_parse_currency (get_text (self->currency_row));
  *price = -1;
  if (*amount == '\0')
    return NULL;
  if (!dio_parse_amount (amount, price))
    return _("A price is a number, such as 0.04");
  if (*currency == NULL)
    return _("A currency has three letters, such as USD, or is “units”");

  return NULL;
}

static void
price_changed_cb (DioAccountPage *self)
{
  double price;
  g_autofree char *currency = NULL;
  const char *problem = find_price_problem (self, &price, &currency);
  gboolean is_amount_wrong = problem != NULL && price < 0;

  mark (self->price_row, is_amount_wrong);
  mark (self->currency_row, problem != NULL && !is_amount_wrong);
  tell_problem (self->price_problem, problem);
}

static void
price_applied_cb (DioAccountPage *self)
{
  double price;
  g_autofree char *currency = NULL;
  DioAccount *account;

  if (find_price_problem (self, &price, &currency) != NULL)
    return;

  account = dup_current (self);
  account->price = price;
  g_free (account->currency);
  account->currency = g_steal_pointer (&currency);
  save (self, account);
}

/* Addresses */

/* NULL with a problem, or where nothing is typed. */
static char *
dup_address (AdwEntryRow  *row,
             const char  **problem)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *base = NULL;

  if (*get_text (row) == '\0')
    return NULL;

  base = dio_http_dup_base_address (get_text (row), &error);
  if (base == NULL)
    *problem = _("An address begins with https:// and ends with its path; plain http:// is for this computer alone");

  return g_steal_pointer (&base);
}

static void
address_changed_cb (DioAccountPage *self)
{
  const DioAccountKind *kind = self->account != NULL ? dio_account_find_kind (self->provider, self->account) : NULL;
  const char *endpoint_problem = NULL;
  const char *upload_problem = NULL;
  g_autofree char *endpoint = dup_address (self->endpoint_row, &endpoint_problem);
  G_GNUC_UNUSED g_autofree char *upload = dup_address (self->upload_row, &upload_problem);

  if (endpoint == NULL && endpoint_problem == NULL && kind != NULL && kind->address == NULL)
    endpoint_problem = _("The address of the server is missing");

  mark (self->endpoint_row, endpoint_problem != NULL);
  mark (self->upload_row, upload_problem != NULL);
  tell_problem (self->address_problem, endpoint_problem != NULL ? endpoint_problem : upload_problem);
}

static void
address_applied_cb (DioAccountPage *self)
{
  const char *problem = NULL;
  g_autofree char *endpoint = dup_address (self->endpoint_row, &problem);
  g_autofree char *upload = dup_address (self->upload_row, &problem);
  DioAccount *account;

  if (problem != NULL)
    return;

  account = dup_current (self);
  g_free (account->endpoint);
  g_free (account->upload_url);
  account->endpoint = g_steal_pointer (&endpoint);
  account->upload_url = g_steal_pointer (&upload);
  save (self, account);
  dio_key_group_set_account (self->key_group, self->studio, self->provider, self->account);
}

static void
show_price (DioAccountPage *self)
{
  g_autofree char *amount = self->account->price >= 0 ? dio_format_typed_amount (self->account->price) : NULL;

  set_text (self->price_row, amount != NULL ? amount : "");
  set_text (self->currency_row, self->account->currency != NULL ? self->account->currency : "USD");
}

void
dio_account_page_show (DioAccountPage *self)
{
  const DioProviderFacts *facts = dio_provider_get_facts (self->provider);

  self->is_showing = TRUE;
  adw_window_title_set_title (self->title, dio_account_name_to_text (self->account->name));
  adw_window_title_set_subtitle (self->title, dio_provider_get_display_name (self->provider));
  set_text (self->name_row, dio_account_name_to_text (self->account->name));
  show_kind (self);
  show_price (self);
  set_text (self->endpoint_row, self->account->endpoint != NULL ? self->account->endpoint : "");
  set_text (self->upload_row, self->account->upload_url != NULL ? self->account->upload_url : "");
  gtk_widget_set_visible (GTK_WIDGET (self->upload_row), facts != NULL && facts->has_upload_url);
  address_changed_cb (self);
  dio_key_group_set_account (self->key_group, self->studio, self->provider, self->account);
  self->is_showing = FALSE;
}

void
dio_account_page_class_edits_init (DioAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, price_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, price_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_applied_cb);
}
