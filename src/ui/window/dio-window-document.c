/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composition as a file: opened, saved, saved under another name. Nothing is
 * asked before something is replaced: what was there can be undone, or is in
 * another window. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-document.h"
#include "dio-error.h"
#include "dio-error-text.h"
#include "dio-lent-file.h"
#include "dio-toast.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  DioWindow           *window; /* (owned) */
  GFile               *file;   /* (owned) */
  DioCompositionState *state;  /* (owned) (nullable): what is being saved */
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  g_clear_pointer (&transfer->state, dio_composition_state_free);
  g_object_unref (transfer->file);
  g_object_unref (transfer->window);
  g_free (transfer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Transfer, transfer_free)

static Transfer *
transfer_new (DioWindow *window,
              GFile     *file)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->window = g_object_ref (window);
  transfer->file = g_object_ref (file);

  return transfer;
}

/* "/somewhere/Still Life.diorama" -> "Still Life" */
static char *
dup_title (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  char *title = g_filename_display_name (name != NULL ? name : "");

  if (dio_document_is (file))
    title[strlen (title) - strlen (DIO_DOCUMENT_SUFFIX)] = '\0';

  return title;
}

static void
tell_failure (DioWindow    *self,
              GFile        *file,
              const GError *error)
{
  g_autofree char *title = dup_title (file);
  g_autofree char *text = NULL;

  g_message ("%s", error->message);

  /* Translators: a toast: the name of a composition, and why it could not be opened or saved. */
  text = g_strdup_printf (_("“%1$s”: %2$s"), title, dio_error_text (error).sentence);
  dio_toast_show (GTK_WIDGET (self->pages), dio_toast_new (text));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Transfer) transfer = user_data;
  DioWindow *self = transfer->window;
  g_autofree char *title = dup_title (transfer->file);
  g_autoptr(GError) error = NULL;

  self->is_saving = FALSE;
  if (!dio_studio_save_document_finish (DIO_STUDIO (source), result, &error))
    {
      /* The window may be closed by now. */
      if (self->studio != NULL)
        tell_failure (self, transfer->file, error);
      return;
    }

  if (self->studio == NULL)
    return;

  dio_composition_set_file (self->composition, transfer->file);
  dio_composition_set_title (self->composition, title);
  dio_composition_history_mark_saved (self->history, g_steal_pointer (&transfer->state));
}

static void
save_to (DioWindow *self,
         GFile     *file)
{
  Transfer *transfer;

  /* One at a time, or an older one could be the last to be written. */
  if (self->is_saving)
    return;

  self->is_saving = TRUE;
  transfer = transfer_new (self, file);
  transfer->state = dio_composition_state_new (self->composition);
  dio_studio_save_document_async (self->studio, self->composition, file, NULL, saved_cb, transfer);
}

static void
add_filter (GtkFileChooser *chooser)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  /* Translators: the kind of files offered in a file dialog. */
  gtk_file_filter_set_name (filter, _("Compositions"));
  gtk_file_filter_add_suffix (filter, &DIO_DOCUMENT_SUFFIX[1]);
  gtk_file_filter_add_mime_type (filter, DIO_DOCUMENT_MIME_TYPE);
  gtk_file_chooser_add_filter (chooser, filter);
}

/* The window keeps it alive, and takes it along. */
static void
show_dialog (DioWindow            *self,
             GtkFileChooserNative *dialog,
             GCallback             callback)
{
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog));
  g_signal_connect_object (dialog, "response", callback, self, 0);
  g_object_set_data_full (G_OBJECT (self), "document-dialog", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* A name without the suffix would not be known for what it is; but in a sandbox it
 * cannot be another than was chosen. */
static GFile *
add_suffix (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *whole = g_strconcat (uri, DIO_DOCUMENT_SUFFIX, NULL);

  return dio_document_is (file) || dio_lent_file_has_fixed_name (file) ? g_object_ref (file) : g_file_new_for_uri (whole);
}

static void
save_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                gpointer         user_data)
{
  g_autoptr(GFile) chosen = NULL;
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    chosen = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  if (chosen == NULL)
    return;

  file = add_suffix (chosen);
  save_to (user_data, file);
}

static char *
propose_name (DioWindow *self)
{
  const char *title = dio_composition_get_title (self->composition);
  g_autofree char *safe = NULL;

  /* Translators: name of the file that a composition without a title is saved in. */
  safe = g_strdup (*title != '\0' ? title : _("Composition"));
  g_strdelimit (safe, "/\\", '-');

  return g_strconcat (safe, DIO_DOCUMENT_SUFFIX, NULL);
}

static void
save_as_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  GFile *file = dio_composition_get_file (self->composition);
  g_autofree char *name = propose_name (self);
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Save Composition"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  if (file == NULL || !gtk_file_chooser_set_file (GTK_FILE_CHOOSER (dialog), file, NULL))
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show_dialog (self, dialog, G_CALLBACK (save_chosen_cb));
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  GFile *file = dio_composition_get_file (self->composition);

  if (file != NULL)
    save_to (self, file);
  else
    save_as_action (widget, action_name, parameter);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Transfer) transfer = user_data;
  DioWindow *self = transfer->window;
  g_autofree char *title = dup_title (transfer->file);
  g_autoptr(GError) error = NULL;
  gboolean is_open = dio_studio_open_document_finish (DIO_STUDIO (source), result, &error);

  self->is_opening = FALSE;
  if (self->studio == NULL)
    return;

  if (!is_open)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tell_failure (self, transfer->file, error);
      return;
    }

  /* As when it is saved: the one inside may be from before it had this name. */
  dio_composition_set_title (self->composition, title);
  dio_composition_history_mark_saved (self->history, dio_composition_state_new (self->composition));
}

/* Nothing in it, and nothing on its way. */
gboolean
dio_window_is_free (DioWindow *self)
{
  return !self->is_opening && dio_window_is_empty (self) && dio_importer_get_n_pending (self->importer) == 0;
}

typedef struct
{
  DioWindow *window; /* (owned) */
  DioDraft  *draft;  /* (owned) (nullable) */
} Restoring;

static void
draft_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree Restoring *restoring = user_data;
  g_autoptr(DioWindow) self = restoring->window;
  g_autoptr(DioDraft) draft = restoring->draft;
  g_autoptr(GError) error = NULL;
  gboolean is_saved;
  gboolean is_whole = dio_studio_load_draft_finish (DIO_STUDIO (source), result, &is_saved, &error);

  self->is_opening = FALSE;
  if (self->studio == NULL)
    return;

  /* What cannot be read by this version stays where it is. */
  if (!is_whole && !g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
    {
      dio_window_tell_error (self, error);
      return;
    }

  if (!is_whole)
    {
      g_message ("%s", error->message);
      dio_window_tell (self, _("Some photos of this composition are no longer on this computer"));
    }

  dio_draft_keeper_adopt (self->keeper, g_steal_pointer (&draft));
  dio_composition_history_clear (self->history);
  if (is_saved)
    dio_composition_history_mark_saved (self->history, dio_composition_state_new (self->composition));
}

/* Takes the draft. */
void
dio_window_restore_draft (DioWindow *self,
                          DioDraft  *draft)
{
  Restoring *restoring = g_new0 (Restoring, 1);

  self->is_opening = TRUE;
  restoring->window = g_object_ref (self);
  restoring->draft = draft;
  dio_studio_load_draft_async (self->studio, draft, self->composition, draft_loaded_cb, restoring);
}

static guint
count_windows (GtkApplication *application)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    n += DIO_IS_WINDOW (l->data);

  return n;
}

/* The last window comes back as it was. Of those closed before it, what is saved
 * in a file is not needed; the rest comes back too, for nobody was asked. */
void
dio_window_keep_or_forget (DioWindow *self)
{
  if (dio_composition_get_file (self->composition) != NULL &&
      !dio_composition_history_get_is_modified (self->history) &&
      count_windows (gtk_window_get_application (GTK_WINDOW (self))) > 1)
    dio_draft_keeper_forget (self->keeper);
}

/* Where the file is open already, else one where nothing would be lost from sight. */
static DioWindow *
find_window (DioWindow *self,
             GFile     *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      GFile *other = DIO_IS_WINDOW (l->data) ? dio_composition_get_file (DIO_WINDOW (l->data)->composition) : NULL;

      if (other != NULL && g_file_equal (other, file))
        return l->data;
    }

  return dio_window_is_free (self)
           ? self
           : dio_window_new (ADW_APPLICATION (application), self->studio, self->settings);
}

/* In this window, if there is nothing in it yet. */
void
dio_window_open_document (DioWindow *self,
                          GFile     *file)
{
  DioWindow *window = find_window (self, file);
  GFile *open = dio_composition_get_file (window->composition);

  gtk_window_present (GTK_WINDOW (window));
  if (open != NULL && g_file_equal (open, file))
    return;

  window->is_opening = TRUE;
  dio_studio_open_document_async (window->studio, file, window->composition, window->cancellable,
                                  opened_cb, transfer_new (window, file));
}

static void
document_chosen_cb (GtkNativeDialog *dialog,
                    int              response,
                    gpointer         user_data)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  if (file != NULL)
    dio_window_open_document (user_data, file);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);

  show_dialog (self,
               gtk_file_chooser_native_new (_("Open Composition"), GTK_WINDOW (self),
                                            GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel")),
               G_CALLBACK (document_chosen_cb));
}

void
dio_window_class_document_init (DioWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.save-as", NULL, save_as_action);

  /* Not an accelerator of the application: with the focus on a picture, it is the picture that is saved. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "win.save", NULL);
}
