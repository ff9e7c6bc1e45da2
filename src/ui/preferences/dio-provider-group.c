/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts at one provider: a row for each, and one that adds another. Rows
 * stay as accounts change, so that the focus does too. */

#include "config.h"

#include "dio-provider-group.h"

#include "dio-account-words.h"
#include "dio-words.h"

#include <glib/gi18n.h>

struct _DioProviderGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  DioStudio   *studio;
  DioProvider *provider;
  GPtrArray   *rows;    /* borrowed from the group: of accounts, in their order */

  /* Borrowed; the group's */
  GtkWidget   *add_row;
};

G_DEFINE_FINAL_TYPE (DioProviderGroup, dio_provider_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
make_row (const char *icon_name)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon_name));
  return row;
}

/* Rows are only ever added at the end: the one that adds goes after them. */
static GtkWidget *
get_row (DioProviderGroup *self,
         guint             position)
{
  if (position == self->rows->len)
    {
      GtkWidget *row = make_row ("go-next-symbolic");

      g_object_ref (self->add_row);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->add_row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add_row);
      g_object_unref (self->add_row);
      g_ptr_array_add (self->rows, row);
    }

  return g_ptr_array_index (self->rows, position);
}

static void
show_account (DioProviderGroup *self,
              guint             position,
              const DioAccount *account)
{
  GtkWidget *row = get_row (self, position);
  g_autofree char *subtitle = dio_account_describe (self->provider, account);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dio_account_name_to_text (account->name));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", account->provider_id, account->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "preferences.open-account");
}

static void
accounts_changed_cb (DioProviderGroup *self)
{
  DioAccountList *accounts = dio_library_get_accounts (dio_studio_get_library (self->studio));
  const char *id = dio_provider_get_id (self->provider);
  guint n = 0;

  for (guint i = 0; i < dio_account_list_get_n (accounts); i++)
    {
      const DioAccount *account = dio_account_list_get (accounts, i);

      if (g_str_equal (account->provider_id, id))
        show_account (self, n++, account);
    }

  while (self->rows->len > n)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_steal_index (self->rows, self->rows->len - 1));
}

/* libadwaita 1.2 never gives back a reference to each group that the search of a
 * preferences window has met: what the group holds would be held for ever. */
static void
dio_provider_group_unroot (GtkWidget *widget)
{
  DioProviderGroup *self = DIO_PROVIDER_GROUP (widget);

  g_signal_handlers_disconnect_by_data (dio_library_get_accounts (dio_studio_get_library (self->studio)), self);
  g_clear_object (&self->provider);
  g_clear_object (&self->studio);

  GTK_WIDGET_CLASS (dio_provider_group_parent_class)->unroot (widget);
}

static void
dio_provider_group_dispose (GObject *object)
{
  DioProviderGroup *self = DIO_PROVIDER_GROUP (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_provider_group_parent_class)->dispose (object);
}

static void
dio_provider_group_finalize (GObject *object)
{
  g_ptr_array_unref (DIO_PROVIDER_GROUP (object)->rows);

  G_OBJECT_CLASS (dio_provider_group_parent_class)->finalize (object);
}

static void
dio_provider_group_class_init (DioProviderGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dio_provider_group_dispose;
  object_class->finalize = dio_provider_group_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = dio_provider_group_unroot;
}

static void
dio_provider_group_init (DioProviderGroup *self)
{
  self->rows = g_ptr_array_new ();
}

static void
add_add_row (DioProviderGroup *self)
{
  self->add_row = make_row ("list-add-symbolic");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _("Add Account…"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_row), "s", dio_provider_get_id (self->provider));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_row), "preferences.add-account");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add_row);
}

AdwPreferencesGroup *
dio_provider_group_new (DioStudio   *studio,
                        DioProvider *provider)
{
  DioProviderGroup *self = g_object_new (DIO_TYPE_PROVIDER_GROUP, NULL);
  g_autofree char *title = g_markup_escape_text (dio_provider_get_display_name (provider), -1);

  self->studio = g_object_ref (studio);
  self->provider = g_object_ref (provider);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  add_add_row (self);

  g_signal_connect_object (dio_library_get_accounts (dio_studio_get_library (studio)), "changed",
                           G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
  return ADW_PREFERENCES_GROUP (self);
}
