/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account: what it is called and what sort it is, its key, its price, its
 * addresses, and what its owner should know before paying. */

#include "config.h"

#include "dio-account-page-private.h"

#include "dio-account-moves.h"
#include "dio-removal.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DioAccountPage, dio_account_page, GTK_TYPE_WIDGET)

void
dio_account_page_tell_error (DioAccountPage *self,
                             const GError   *error)
{
  g_message ("%s", error->message);
  dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

/* A job under way finds its key by the name of its account. */
static void
jobs_changed_cb (DioAccountPage *self)
{
  gboolean is_busy = dio_studio_is_account_busy (self->studio, self->account);

  gtk_editable_set_editable (GTK_EDITABLE (self->name_row), !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.remove", !is_busy);
  gtk_widget_set_visible (self->busy_label, is_busy);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioAccountPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!dio_studio_remove_account_finish (DIO_STUDIO (source), result, &key, &error))
    {
      if (self->account != NULL)
        dio_account_page_tell_error (self, error);
      return;
    }

  if (window != NULL && self->account != NULL)
    {
      dio_removal_tell (window, self->studio, self->account, g_steal_pointer (&key));
      gtk_widget_activate_action (GTK_WIDGET (self), "preferences.back", NULL);
    }
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioAccountPage *self = DIO_ACCOUNT_PAGE (widget);

  gtk_widget_action_set_enabled (widget, "account.remove", FALSE);
  dio_studio_remove_account_async (self->studio, self->account, removed_cb, g_object_ref (self));
}

static void
link_activated_cb (AdwActionRow *row,
                   gpointer      user_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (row)));

  gtk_show_uri (window, user_data, GDK_CURRENT_TIME);
}

static GtkWidget *
add_fact (DioAccountPage *self,
          const char     *text,
          const char     *icon_name,
          const char     *style)
{
  GtkWidget *row;
  GtkWidget *icon;

  if (text == NULL)
    return NULL;

  row = adw_action_row_new ();
  icon = gtk_image_new_from_icon_name (icon_name);
  if (style != NULL)
    gtk_widget_add_css_class (icon, style);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (self->facts_group, row);
  return row;
}

static void
add_facts (DioAccountPage *self)
{
  const DioProviderFacts *facts = dio_provider_get_facts (self->provider);
  GtkWidget *row;

  if (facts == NULL)
    return;

  row = facts->warning != NULL ? add_fact (self, _(facts->warning), "dialog-warning-symbolic", "warning") : NULL;
  if (row != NULL && facts->warning_url != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_tooltip_text (row, facts->warning_url);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Open the provider’s page"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("adw-external-link-symbolic"));
      g_signal_connect (row, "activated", G_CALLBACK (link_activated_cb), (gpointer) facts->warning_url);
    }

  if (facts->photos_go != NULL)
    add_fact (self, _(facts->photos_go), "image-x-generic-symbolic", NULL);
  if (facts->cancel_bills != NULL)
    add_fact (self, _(facts->cancel_bills), "process-stop-symbolic", NULL);
}

static void
add_kinds (DioAccountPage *self)
{
  const DioProviderFacts *facts = dio_provider_get_facts (self->provider);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  guint n_kinds = facts != NULL ? facts->n_kinds : 0;

  for (guint i = 0; i < n_kinds; i++)
    gtk_string_list_append (titles, _(facts->kinds[i].title));

  self->is_showing = TRUE;
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (titles));
  self->is_showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->kind_row), n_kinds > 1);
}

static gboolean
dio_account_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DIO_ACCOUNT_PAGE (widget)->back_button);
}

static void
dio_account_page_dispose (GObject *object)
{
  DioAccountPage *self = DIO_ACCOUNT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_ACCOUNT_PAGE);
  g_clear_pointer (&self->account, dio_account_free);
  g_clear_object (&self->provider);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_account_page_parent_class)->dispose (object);
}

static void
dio_account_page_class_init (DioAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_account_page_dispose;
  widget_class->grab_focus = dio_account_page_grab_focus;

  g_type_ensure (DIO_TYPE_KEY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, header_bar);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, page);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, title);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, name_problem);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, key_group);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, price_row);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, currency_row);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, price_problem);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, address_group);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, endpoint_row);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, upload_row);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, address_problem);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, facts_group);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, remove_button);
  gtk_widget_class_bind_template_child (widget_class, DioAccountPage, busy_label);

  gtk_widget_class_install_action (widget_class, "account.remove", NULL, remove_action);
  dio_account_page_class_edits_init (klass);
}

static void
dio_account_page_init (DioAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dio_account_page_new (DioStudio        *studio,
                      DioProvider      *provider,
                      const DioAccount *account)
{
  DioAccountPage *self = g_object_new (DIO_TYPE_ACCOUNT_PAGE, NULL);
  DioJobQueue *queue = dio_studio_get_queue (studio);

  self->studio = g_object_ref (studio);
  self->provider = g_object_ref (provider);
  self->account = dio_account_copy (account);

  add_kinds (self);
  add_facts (self);
  dio_account_page_show (self);
  g_signal_connect_object (queue, "notify::n-open", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self);
  return GTK_WIDGET (self);
}
