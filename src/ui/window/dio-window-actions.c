/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the window as a whole. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-lent-file.h"
#include "dio-request-window.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

gboolean
dio_window_is_empty (DioWindow *self)
{
  g_autofree char *prompt = dio_prompt_dup_text (dio_composition_get_prompt (self->composition));

  return *prompt == '\0' && dio_composition_get_file (self->composition) == NULL &&
         g_list_model_get_n_items (dio_composition_get_references (self->composition)) == 0;
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  AdwToast *toast;

  dio_importer_cancel (self->importer);
  g_cancellable_cancel (self->sample_cancellable);
  if (dio_window_is_empty (self))
    return;

  dio_composition_history_end_step (self->history);
  dio_composition_clear (self->composition);
  dio_composition_history_end_step (self->history);

  /* It would undo whatever came after it. */
  toast = dio_toast_new (_("Composition cleared"));
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_signal_connect_object (self->history, "notify::can-undo", G_CALLBACK (adw_toast_dismiss),
                           toast, G_CONNECT_SWAPPED);
  dio_toast_show (GTK_WIDGET (self->pages), toast);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dio_composition_history_undo (DIO_WINDOW (widget)->history);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dio_composition_history_redo (DIO_WINDOW (widget)->history);
}

/* In a sandbox a chosen file has a folder of its own, which says nothing of where
 * the person was; the portal remembers that. */
static void
remember_folder (DioWindow *self,
                 GFile     *file)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL && !dio_lent_file_is (file))
    dio_settings_set_photo_folder (self->settings, uri);
}

static void
photos_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  gpointer         user_data)
{
  DioWindow *self = user_data;
  g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT)
    for (guint i = 0; i < g_list_model_get_n_items (files); i++)
      {
        g_autoptr(GFile) file = g_list_model_get_item (files, i);

        dio_importer_add_file (self->importer, file, G_MAXUINT);
        remember_folder (self, file);
      }

  gtk_native_dialog_destroy (dialog);
}

static GtkFileFilter *
make_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  /* Translators: the kind of files offered in a file dialog. */
  gtk_file_filter_set_name (filter, _("Photos"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  return filter;
}

static void
add_photos_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  const char *uri = dio_settings_get_photo_folder (self->settings);
  g_autoptr(GFile) folder = *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
  g_autoptr(GtkFileFilter) filter = make_filter ();
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Choose Photos"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (photos_chosen_cb), self, 0);

  /* The window keeps it alive, and takes it along. */
  g_object_set_data_full (G_OBJECT (self), "photo-dialog", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
use_picture_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  g_autoptr(GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  dio_importer_add_result (self->importer, file);
  dio_toast_show (GTK_WIDGET (self->pages), dio_toast_new (_("Adding to the references")));
}

static void
use_picture_as_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  g_autoptr(GFile) file = NULL;
  const char *path;
  const char *nick;
  DioRole role;

  g_variant_get (parameter, "(&s&s)", &path, &nick);
  if (!dio_role_from_nick (nick, &role))
    return;

  file = g_file_new_for_path (path);
  dio_importer_add_result_as (self->importer, file, role);
  dio_toast_show (GTK_WIDGET (self->pages), dio_toast_new (_("Adding to the references")));
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  dio_window_paste (DIO_WINDOW (widget));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);

  if (gtk_stack_get_visible_child (self->pages) != self->compose_page)
    return;

  dio_window_show_content (self, "gallery");
  dio_gallery_bar_focus (self->search_bar);
}

static void
sample_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DioWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  dio_studio_load_folder_finish (DIO_STUDIO (source), result, &error);
  self->is_opening = FALSE;
  if (self->studio == NULL)
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.load-sample", TRUE);
  if (error == NULL)
    dio_composition_history_mark_saved (self->history, dio_composition_state_new (self->composition));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dio_window_tell_error (self, error);
}

/* Installed, or beside the source that was built. */
static GFile *
find_samples (void)
{
  const char *installed = PKGDATADIR "/samples";

  return g_file_new_for_path (g_file_test (installed, G_FILE_TEST_IS_DIR) ? installed
                                                                          : SOURCE_DATADIR "/samples");
}

static void
show_request_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  g_autoptr(DioAccount) account = dio_prompt_card_dup_account (self->prompt_card);

  dio_request_window_show (GTK_WINDOW (self), self->studio, self->composition, account);
}

static void
show_queue_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  dio_window_show_queue (DIO_WINDOW (widget));
}

static void
load_sample_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  dio_window_load_sample (DIO_WINDOW (widget));
}

void
dio_window_class_actions_init (DioWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "win.add-photos", NULL, add_photos_action);
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, dio_window_generate_action);
  gtk_widget_class_install_action (widget_class, "win.ask-price", NULL, dio_window_ask_price_action);
  gtk_widget_class_install_action (widget_class, "win.show-request", NULL, show_request_action);
  gtk_widget_class_install_action (widget_class, "win.show-queue", NULL, show_queue_action);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "win.use-picture", "s", use_picture_action);
  gtk_widget_class_install_action (widget_class, "win.use-picture-as", "(ss)", use_picture_as_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.load-sample", NULL, load_sample_action);

  /* Not accelerators of the application: those come before an entry’s own. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
}

void
dio_window_actions_init (DioWindow *self)
{
  g_autoptr(GPropertyAction) show = g_property_action_new ("show-parameters", self->flap, "reveal-flap");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (show));
  g_signal_connect_object (self->prompt_card, "notify::problem", G_CALLBACK (dio_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify", G_CALLBACK (dio_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (dio_window_update_actions),
                           self, G_CONNECT_SWAPPED);
}

static gboolean
is_hosted (DioWindow *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  DioProvider *provider = NULL;

  if (model != NULL)
    provider = dio_studio_find_provider (self->studio, dio_model_info_get_provider_id (model));

  return provider != NULL && !dio_provider_is_local (provider);
}

void
dio_window_update_actions (DioWindow *self)
{
  gboolean is_composing;
  gboolean can_send;

  if (self->studio == NULL || self->pages == NULL)
    return;

  /* Nothing changes where nobody sees it. */
  is_composing = gtk_stack_get_visible_child (self->pages) == self->compose_page;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 is_composing && dio_composition_history_get_can_undo (self->history));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo",
                                 is_composing && dio_composition_history_get_can_redo (self->history));

  can_send = dio_prompt_card_get_problem (self->prompt_card) == NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.generate", can_send && !self->is_sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.ask-price", can_send && !self->is_sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-request", can_send && is_hosted (self));
}

void
dio_window_load_sample (DioWindow *self)
{
  g_autoptr(GFile) folder = find_samples ();

  g_clear_object (&self->sample_cancellable);
  self->sample_cancellable = g_cancellable_new ();
  self->is_opening = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.load-sample", FALSE);
  dio_studio_load_folder_async (self->studio, folder, self->composition, self->sample_cancellable,
                                sample_loaded_cb, g_object_ref (self));
}

void
dio_window_import_files (DioWindow  *self,
                         GFile     **files,
                         int         n_files)
{
  for (int i = 0; i < n_files; i++)
    dio_importer_add_file (self->importer, files[i], G_MAXUINT);
}

void
dio_window_search (DioWindow  *self,
                   const char *text)
{
  dio_window_show_content (self, "gallery");
  dio_gallery_bar_search (self->search_bar, text);
}

void
dio_window_show_gallery (DioWindow *self)
{
  dio_window_show_content (self, "gallery");
  dio_gallery_show_newest (self->gallery);
  gtk_widget_child_focus (GTK_WIDGET (self->gallery), GTK_DIR_TAB_FORWARD);
}
