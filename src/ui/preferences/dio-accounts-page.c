/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts at all hosted providers: a group for each. */

#include "config.h"

#include "dio-accounts-page.h"

#include "dio-provider-group.h"

struct _DioAccountsPage
{
  AdwPreferencesPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DioAccountsPage, dio_accounts_page, ADW_TYPE_PREFERENCES_PAGE)

static void
dio_accounts_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIO_TYPE_ACCOUNTS_PAGE);

  G_OBJECT_CLASS (dio_accounts_page_parent_class)->dispose (object);
}

static void
dio_accounts_page_class_init (DioAccountsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_accounts_page_dispose;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/diorama/Diorama/preferences/dio-accounts-page.ui");
}

static void
dio_accounts_page_init (DioAccountsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_accounts_page_set_studio (DioAccountsPage *self,
                              DioStudio       *studio)
{
  GListModel *providers = dio_studio_get_providers (studio);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (providers, i);

      if (!dio_provider_is_local (provider))
        adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), dio_provider_group_new (studio, provider));
    }
}
