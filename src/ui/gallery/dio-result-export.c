/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many pictures to a folder: what they are called is said first, then where they
 * go. A toast counts them, and has the button that stops it. */

#include "config.h"

#include "dio-result-actions.h"

#include "dio-batch-export.h"
#include "dio-result-save.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

#define PATTERN "{date} {prompt} {number}"

typedef struct
{
  GtkWidget    *near;        /* (owned) */
  GPtrArray    *results;     /* (owned) */
  char         *pattern;     /* (owned) */
  GCancellable *cancellable; /* (owned) */
  AdwToast     *toast;       /* (owned) (nullable) */
  GtkEditable  *entry;       /* (unowned): in the dialog */
  GtkLabel     *example;     /* (unowned): in the dialog */
} Exporting;

static void
exporting_free (Exporting *exporting)
{
  g_object_unref (exporting->near);
  g_ptr_array_unref (exporting->results);
  g_free (exporting->pattern);
  g_object_unref (exporting->cancellable);
  g_clear_object (&exporting->toast);
  g_free (exporting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exporting, exporting_free)

static void
progress_cb (guint    n_done,
             gpointer user_data)
{
  Exporting *exporting = user_data;
  g_autofree char *text = NULL;

  /* Translators: a toast: how many of how many pictures are written. */
  text = g_strdup_printf (_("Exported %1$u of %2$u"), n_done, exporting->results->len);
  adw_toast_set_title (exporting->toast, text);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Exporting) exporting = user_data;
  guint n = exporting->results->len;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_signal_handlers_disconnect_by_data (exporting->toast, exporting->cancellable);
  adw_toast_dismiss (exporting->toast);
  if (dio_batch_export_finish (result, &error))
    {
      text = g_strdup_printf (ngettext ("%u picture exported", "%u pictures exported", n), n);
      dio_toast_show (exporting->near, dio_toast_new (text));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("%s", error->message);
      dio_toast_show (exporting->near, dio_toast_new_for_error (error));
    }
}

static void
begin (Exporting              *exporting,
       GFile                  *folder,
       const DioExportOptions *options)
{
  exporting->toast = g_object_ref_sink (dio_toast_new (_("Exporting")));
  adw_toast_set_timeout (exporting->toast, 0);
  adw_toast_set_button_label (exporting->toast, _("_Stop"));
  g_signal_connect_object (exporting->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel),
                           exporting->cancellable, G_CONNECT_SWAPPED);
  dio_toast_show (exporting->near, g_object_ref (exporting->toast));
  dio_batch_export_async (exporting->results, folder, exporting->pattern, options, progress_cb, exporting,
                          exporting->cancellable, exported_cb, exporting);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  gpointer         user_data)
{
  g_autoptr(Exporting) exporting = user_data;
  g_autoptr(GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  DioExportOptions options;

  if (response == GTK_RESPONSE_ACCEPT && folder != NULL)
    {
      dio_export_choices_get (GTK_FILE_CHOOSER (dialog), &options);
      begin (g_steal_pointer (&exporting), folder, &options);
    }

  g_object_unref (dialog);
}

static void
choose_folder (Exporting *exporting)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Export Pictures"), GTK_WINDOW (gtk_widget_get_root (exporting->near)),
                                        GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Export"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_create_folders (GTK_FILE_CHOOSER (dialog), TRUE);
  dio_export_choices_add (GTK_FILE_CHOOSER (dialog));
  g_signal_connect (dialog, "response", G_CALLBACK (folder_chosen_cb), exporting);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr(Exporting) exporting = user_data;

  exporting->pattern = g_strdup (gtk_editable_get_text (exporting->entry));
  if (g_str_equal (response, "export") && gtk_widget_get_root (exporting->near) != NULL)
    choose_folder (g_steal_pointer (&exporting));
}

static void
show_example (Exporting *exporting)
{
  g_autofree char *name = dio_batch_export_make_name (g_ptr_array_index (exporting->results, 0),
                                                      gtk_editable_get_text (exporting->entry), 1);

  gtk_label_set_label (exporting->example, name);
}

static GtkWidget *
make_form (Exporting *exporting)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *example = gtk_label_new (NULL);

  exporting->entry = GTK_EDITABLE (entry);
  exporting->example = GTK_LABEL (example);
  gtk_editable_set_text (exporting->entry, PATTERN);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the Files"), -1);
  gtk_label_set_ellipsize (exporting->example, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (exporting->example, 40);
  gtk_widget_add_css_class (example, "dim-label");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), example);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (show_example), exporting);
  show_example (exporting);

  return box;
}

void
dio_results_export (GPtrArray *results,
                    GtkWidget *near)
{
  Exporting *exporting = g_new0 (Exporting, 1);
  GtkWidget *dialog;
  g_autofree char *heading = NULL;

  exporting->near = g_object_ref (near);
  exporting->results = g_ptr_array_ref (results);
  exporting->cancellable = g_cancellable_new ();

  heading = g_strdup_printf (ngettext ("Export %u Picture", "Export %u Pictures", results->len), results->len);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (near)), heading, NULL);
  /* Translators: what stands between braces is to stay as it is. */
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("What the files are called: {name}, {number}, {date}, {time}, {prompt}, "
                                 "{provider}, {model}, {seed} and {rating} are filled in."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_form (exporting));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "export", _("Choose _Folder…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "export", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "export");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), exporting);
  gtk_window_present (GTK_WINDOW (dialog));
}
