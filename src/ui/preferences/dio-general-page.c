/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a composition begins with, and what becomes of results. */

#include "config.h"

#include "dio-general-page.h"

#include "dio-lent-file.h"

#include <glib/gi18n.h>

struct _DioGeneralPage
{
  AdwPreferencesPage parent_instance;

  /* Owned */
  DioSettings          *settings;
  GListModel           *models;
  GtkFileChooserNative *chooser; /* on show, or NULL */

  /* Template children */
  AdwComboRow          *model_row;
  AdwActionRow         *folder_row;
  GtkWidget            *forget_button;
  GtkWidget            *choose_button;
  GtkWidget            *notify_row;
  GtkSwitch            *notify_switch;
  GtkSwitch            *background_switch;
};

G_DEFINE_FINAL_TYPE (DioGeneralPage, dio_general_page, ADW_TYPE_PREFERENCES_PAGE)

/* The first choice is none of the models: the one that was used last. */
static void
model_selected_cb (DioGeneralPage *self)
{
  guint selected = adw_combo_row_get_selected (self->model_row);
  g_autoptr(DioModelInfo) model = NULL;

  if (self->settings == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected > 0)
    model = g_list_model_get_item (self->models, selected - 1);
  dio_settings_set_default_model (self->settings, model != NULL ? dio_model_info_get_id (model) : "");
}

static guint
find_model (DioGeneralPage *self,
            const char     *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (self->models, i);

      if (g_str_equal (dio_model_info_get_id (model), id))
        return i + 1;
    }

  return 0;
}

static void
add_models (DioGeneralPage *self,
            const char     *chosen)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  /* Translators: a choice among models. */
  gtk_string_list_append (titles, _("The one used last"));
  for (guint i = 0; i < g_list_model_get_n_items (self->models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (self->models, i);

      gtk_string_list_append (titles, _(dio_model_info_get_title (model)));
    }

  adw_combo_row_set_model (self->model_row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->model_row, find_model (self, chosen));
}

static void
folder_changed_cb (DioGeneralPage *self)
{
  const char *uri = dio_settings_get_result_folder (self->settings);
  gboolean is_set = *uri != '\0';
  g_autoptr(GFile) folder = is_set ? g_file_new_for_uri (uri) : NULL;
  g_autofree char *name = is_set ? dio_lent_file_dup_shown_name (folder) : NULL;

  adw_action_row_set_subtitle (self->folder_row, is_set ? name : _("Results are kept in the library alone"));
  gtk_widget_set_visible (self->forget_button, is_set);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  gpointer         user_data)
{
  DioGeneralPage *self = user_data;
  g_autoptr(GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (folder != NULL)
    {
      g_autofree char *uri = g_file_get_uri (folder);

      dio_settings_set_result_folder (self->settings, uri);
    }

  gtk_native_dialog_destroy (dialog);
  g_clear_object (&self->chooser);
}

static void
choose_clicked_cb (DioGeneralPage *self)
{
  const char *uri = dio_settings_get_result_folder (self->settings);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Choose a Folder for Results"),
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                               _("_Choose"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (*uri != '\0')
    {
      g_autoptr(GFile) folder = g_file_new_for_uri (uri);

      gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
    }

  g_signal_connect_object (self->chooser, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
forget_clicked_cb (DioGeneralPage *self)
{
  dio_settings_set_result_folder (self->settings, "");
  gtk_widget_grab_focus (self->choose_button);
}

static void
dio_general_page_dispose (GObject *object)
{
  DioGeneralPage *self = DIO_GENERAL_PAGE (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_object (&self->models);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_GENERAL_PAGE);

  G_OBJECT_CLASS (dio_general_page_parent_class)->dispose (object);
}

static void
dio_general_page_class_init (DioGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_general_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, model_row);
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, forget_button);
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, notify_row);
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, notify_switch);
  gtk_widget_class_bind_template_child (widget_class, DioGeneralPage, background_switch);
  gtk_widget_class_bind_template_callback (widget_class, model_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_clicked_cb);
}

static void
dio_general_page_init (DioGeneralPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_general_page_set_up (DioGeneralPage *self,
                         DioStudio      *studio,
                         DioSettings    *settings)
{
  self->models = g_object_ref (dio_studio_get_models (studio));
  add_models (self, dio_settings_get_default_model (settings));

  /* Only now: what is chosen before is not the person's choice. */
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "notify::result-folder", G_CALLBACK (folder_changed_cb),
                           self, G_CONNECT_SWAPPED);
  folder_changed_cb (self);
  g_object_bind_property (settings, "notify-of-jobs", self->notify_switch, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (settings, "work-in-background", self->background_switch, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}
