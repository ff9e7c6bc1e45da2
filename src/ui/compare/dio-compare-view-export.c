/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is compared as a sheet: a picture or a page for a browser. */

#include "config.h"

#include "dio-compare-view-private.h"

#include "dio-compare-sheet.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(DioCompareView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dio_sheet_save_finish (result, &error))
    dio_toast_show (GTK_WIDGET (self), dio_toast_new (_("Sheet saved")));
  else
    dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

static void
place_chosen_cb (GtkNativeDialog *dialog,
                 int              response,
                 gpointer         user_data)
{
  g_autoptr(DioCompareView) self = user_data;
  g_autoptr(GFile) target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && target != NULL && self->studio != NULL)
    dio_sheet_save_async (dio_compare_sheet_new (self->set, self->studio, self->references, self->jobs, NULL),
                          target, NULL, saved_cb, g_object_ref (self));

  g_object_unref (dialog);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);
  gboolean is_html = g_str_equal (name, "compare.export-html");
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Save Sheet"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  /* Translators: the name of a file, before its ending. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), is_html ? _("Comparison.html") : _("Comparison.png"));
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
_dio_compare_view_class_export_init (DioCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "compare.export-png", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "compare.export-html", NULL, export_action);
}
