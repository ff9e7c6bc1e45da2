/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the window as a whole. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-request-window.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

/* What a new composition took the place of, until nobody can want it back. */
typedef struct
{
  GPtrArray *references;
  char      *prompt;
  char      *roles;
  char      *title;
} Former;

static void
former_free (gpointer  data,
             GClosure *closure)
{
  Former *former = data;

  g_ptr_array_unref (former->references);
  g_free (former->prompt);
  g_free (former->roles);
  g_free (former->title);
  g_free (former);
}

static Former *
remember (DioComposition *composition)
{
  GListModel *references = dio_composition_get_references (composition);
  Former *former = g_new0 (Former, 1);

  former->references = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    g_ptr_array_add (former->references, g_list_model_get_item (references, i));
  former->prompt = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  former->roles = g_strdup (dio_composition_get_roles (composition));
  former->title = g_strdup (dio_composition_get_title (composition));

  return former;
}

static void
undo_new_cb (AdwToast *toast,
             gpointer  user_data)
{
  Former *former = user_data;
  DioComposition *composition = g_object_get_data (G_OBJECT (toast), "composition");

  dio_composition_clear (composition);
  for (guint i = 0; i < former->references->len; i++)
    dio_composition_add_reference (composition, g_ptr_array_index (former->references, i), i);
  dio_prompt_set_text (dio_composition_get_prompt (composition), former->prompt);
  dio_composition_set_roles (composition, former->roles);
  dio_composition_set_title (composition, former->title);
}

static gboolean
is_empty (DioWindow *self)
{
  g_autofree char *prompt = dio_prompt_dup_text (dio_composition_get_prompt (self->composition));

  return *prompt == '\0' && g_list_model_get_n_items (dio_composition_get_references (self->composition)) == 0;
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
  if (is_empty (self))
    return;

  toast = dio_toast_new (_("Composition cleared"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "composition", g_object_ref (self->composition), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_new_cb),
                         remember (self->composition), former_free, 0);

  dio_composition_clear (self->composition);
  dio_toast_show (GTK_WIDGET (self->pages), toast);
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
  g_autoptr(GtkFileFilter) filter = make_filter ();
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Choose Photos"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
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

  dio_importer_add_file (self->importer, file, G_MAXUINT);
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
sample_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DioWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  dio_studio_load_folder_finish (DIO_STUDIO (source), result, &error);
  if (self->studio == NULL)
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.load-sample", TRUE);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
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
  gtk_widget_class_install_action (widget_class, "win.add-photos", NULL, add_photos_action);
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, dio_window_generate_action);
  gtk_widget_class_install_action (widget_class, "win.ask-price", NULL, dio_window_ask_price_action);
  gtk_widget_class_install_action (widget_class, "win.show-request", NULL, show_request_action);
  gtk_widget_class_install_action (widget_class, "win.show-queue", NULL, show_queue_action);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "win.use-picture", "s", use_picture_action);
  gtk_widget_class_install_action (widget_class, "win.load-sample", NULL, load_sample_action);

  /* Not an accelerator of the application: those come before the text view’s own. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
}

void
dio_window_actions_init (DioWindow *self)
{
  g_autoptr(GPropertyAction) show = g_property_action_new ("show-parameters", self->flap, "reveal-flap");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (show));
  g_signal_connect_object (self->prompt_card, "notify::problem", G_CALLBACK (dio_window_update_actions),
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
  gboolean can_send;

  if (self->studio == NULL)
    return;

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
dio_window_show_gallery (DioWindow *self)
{
  gtk_stack_set_visible_child (self->pages, self->compose_page);
  dio_gallery_show_newest (self->gallery);
  gtk_widget_child_focus (GTK_WIDGET (self->gallery), GTK_DIR_TAB_FORWARD);
}
