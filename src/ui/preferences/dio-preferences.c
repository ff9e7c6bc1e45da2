/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences window: its pages, and the page of an account over them. */

#include "config.h"

#include "dio-preferences.h"

#include "dio-account-page.h"
#include "dio-accounts-page.h"
#include "dio-general-page.h"
#include "dio-spending-page.h"
#include "dio-storage-page.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

struct _DioPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Owned */
  DioStudio       *studio;
  DioAccount      *wanted;   /* to be opened when the page has gone, or NULL */

  guint            opening;  /* source that will do so, or 0 */

  /* Borrowed; NULL where no account is open */
  GtkWidget       *page;

  /* Template children */
  DioAccountsPage *accounts;
  DioSpendingPage *spending;
  DioGeneralPage  *general;
  DioStoragePage  *storage;
};

G_DEFINE_FINAL_TYPE (DioPreferences, dio_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static char *
make_name (DioAccountList *accounts,
           const char     *provider_id)
{
  if (dio_account_list_find (accounts, provider_id, NULL) == NULL)
    return g_strdup ("default");

  for (guint i = 2;; i++)
    {
      /* Translators: the name of a further account until it is given another. */
      g_autofree char *name = g_strdup_printf (_("Account %u"), i);

      if (dio_account_list_find (accounts, provider_id, name) == NULL)
        return g_steal_pointer (&name);
    }
}

static void page_gone_cb (gpointer  user_data,
                          GObject  *page);

static void
open_page (DioPreferences   *self,
           const DioAccount *account)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, account->provider_id);

  self->page = dio_account_page_new (self->studio, provider, account);
  g_object_weak_ref (G_OBJECT (self->page), page_gone_cb, self);
  adw_preferences_window_present_subpage (ADW_PREFERENCES_WINDOW (self), self->page);
  gtk_widget_grab_focus (self->page);
}

static gboolean
open_wanted (gpointer user_data)
{
  DioPreferences *self = user_data;
  g_autoptr(DioAccount) account = g_steal_pointer (&self->wanted);

  self->opening = 0;
  open_page (self, account);
  return G_SOURCE_REMOVE;
}

/* The leaflet of libadwaita 1.2 takes no page while another slides away, nor in
 * the middle of dropping that one. */
static void
page_gone_cb (gpointer  user_data,
              GObject  *page)
{
  DioPreferences *self = user_data;

  self->page = NULL;
  if (self->wanted != NULL)
    self->opening = g_idle_add (open_wanted, self);
}

typedef struct
{
  GWeakRef    self;    /* a window must not outlive the one that it belongs to */
  DioAccount *account; /* (owned) */
} Adding;

static void
adding_free (Adding *adding)
{
  g_weak_ref_clear (&adding->self);
  dio_account_free (adding->account);
  g_free (adding);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Adding) adding = user_data;
  g_autoptr(DioPreferences) self = g_weak_ref_get (&adding->self);
  g_autoptr(GError) error = NULL;

  dio_library_save_account_finish (DIO_LIBRARY (source), result, &error);
  if (self == NULL)
    return;

  if (error == NULL)
    {
      dio_preferences_open_account (self, adding->account->provider_id, adding->account->name);
      return;
    }

  g_message ("%s", error->message);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), dio_toast_new_for_error (error));
}

static void
add_account_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DioPreferences *self = DIO_PREFERENCES (widget);
  DioLibrary *library = dio_studio_get_library (self->studio);
  const char *provider_id = g_variant_get_string (parameter, NULL);
  g_autofree char *account_name = make_name (dio_library_get_accounts (library), provider_id);
  Adding *adding = g_new0 (Adding, 1);

  g_weak_ref_init (&adding->self, self);
  adding->account = dio_account_new (provider_id, account_name);
  dio_library_save_account_async (library, adding->account, added_cb, adding);
}

static void
open_account_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  const char *provider_id;
  const char *account_name;

  g_variant_get (parameter, "(&s&s)", &provider_id, &account_name);
  dio_preferences_open_account (DIO_PREFERENCES (widget), provider_id, account_name);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (widget));
}

static void
dio_preferences_dispose (GObject *object)
{
  DioPreferences *self = DIO_PREFERENCES (object);

  if (self->page != NULL)
    g_object_weak_unref (G_OBJECT (self->page), page_gone_cb, self);
  self->page = NULL;
  g_clear_handle_id (&self->opening, g_source_remove);
  g_clear_pointer (&self->wanted, dio_account_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_PREFERENCES);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_preferences_parent_class)->dispose (object);
}

static void
dio_preferences_class_init (DioPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_preferences_dispose;

  g_type_ensure (DIO_TYPE_ACCOUNTS_PAGE);
  g_type_ensure (DIO_TYPE_SPENDING_PAGE);
  g_type_ensure (DIO_TYPE_GENERAL_PAGE);
  g_type_ensure (DIO_TYPE_STORAGE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, DioPreferences, accounts);
  gtk_widget_class_bind_template_child (widget_class, DioPreferences, spending);
  gtk_widget_class_bind_template_child (widget_class, DioPreferences, general);
  gtk_widget_class_bind_template_child (widget_class, DioPreferences, storage);

  gtk_widget_class_install_action (widget_class, "preferences.add-account", "s", add_account_action);
  gtk_widget_class_install_action (widget_class, "preferences.open-account", "(ss)", open_account_action);
  gtk_widget_class_install_action (widget_class, "preferences.back", NULL, back_action);
}

static void
dio_preferences_init (DioPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DioPreferences *
dio_preferences_new (GtkWindow   *parent,
                     DioStudio   *studio,
                     DioSettings *settings)
{
  DioPreferences *self = g_object_new (DIO_TYPE_PREFERENCES,
                                       "transient-for", parent,
                                       NULL);

  self->studio = g_object_ref (studio);
  dio_accounts_page_set_studio (self->accounts, studio);
  dio_spending_page_set_studio (self->spending, studio);
  dio_general_page_set_up (self->general, studio, settings);
  dio_storage_page_set_studio (self->storage, studio);
  return self;
}

void
dio_preferences_open_account (DioPreferences *self,
                              const char     *provider_id,
                              const char     *name)
{
  DioAccountList *accounts = dio_library_get_accounts (dio_studio_get_library (self->studio));
  const DioAccount *account = dio_account_list_find (accounts, provider_id, name);

  if (account == NULL || dio_studio_find_provider (self->studio, provider_id) == NULL)
    return;

  if (self->page == NULL)
    {
      open_page (self, account);
      return;
    }

  g_clear_pointer (&self->wanted, dio_account_free);
  self->wanted = dio_account_copy (account);
  adw_preferences_window_close_subpage (ADW_PREFERENCES_WINDOW (self));
}
