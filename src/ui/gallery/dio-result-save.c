/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture saved elsewhere: as PNG, JPEG or WebP, with or without what it tells
 * of how it was made. */

#include "config.h"

#include "dio-result-save.h"

#include "dio-result-actions.h"
#include "dio-toast.h"

#include <glib/gi18n.h>
#include <string.h>

#define FORMAT "format"
#define METADATA "metadata"

static const struct
{
  const char      *id;
  const char      *label;
  DioExportFormat  format;
  int              quality;
} forms[] = {
  { "png", N_("PNG, without loss"), DIO_EXPORT_PNG, 0 },
  { "jpeg-95", N_("JPEG, best quality (95)"), DIO_EXPORT_JPEG, 95 },
  { "jpeg-85", N_("JPEG, good quality (85)"), DIO_EXPORT_JPEG, 85 },
  { "jpeg-70", N_("JPEG, small (70)"), DIO_EXPORT_JPEG, 70 },
  { "webp-95", N_("WebP, best quality (95)"), DIO_EXPORT_WEBP, 95 },
  { "webp-85", N_("WebP, good quality (85)"), DIO_EXPORT_WEBP, 85 },
  { "webp-70", N_("WebP, small (70)"), DIO_EXPORT_WEBP, 70 },
};

void
dio_export_choices_add (GtkFileChooser *chooser)
{
  const char *ids[G_N_ELEMENTS (forms) + 1] = { NULL };
  const char *labels[G_N_ELEMENTS (forms) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      ids[i] = forms[i].id;
      labels[i] = _(forms[i].label);
    }

  gtk_file_chooser_add_choice (chooser, FORMAT, _("Format"), ids, labels);
  gtk_file_chooser_set_choice (chooser, FORMAT, forms[0].id);
  gtk_file_chooser_add_choice (chooser, METADATA, _("Keep how it was made"), NULL, NULL);
  gtk_file_chooser_set_choice (chooser, METADATA, "true");
}

void
dio_export_choices_get (GtkFileChooser   *chooser,
                        DioExportOptions *options)
{
  const char *id = gtk_file_chooser_get_choice (chooser, FORMAT);
  guint chosen = 0;

  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (forms); i++)
    {
      if (g_str_equal (forms[i].id, id))
        chosen = i;
    }

  options->format = forms[chosen].format;
  options->quality = forms[chosen].quality;
  options->keeps_metadata = g_strcmp0 (gtk_file_chooser_get_choice (chooser, METADATA), "false") != 0;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GtkWidget) near = user_data;
  g_autoptr(GError) error = NULL;

  if (dio_picture_export_finish (result, &error))
    {
      dio_toast_show (near, dio_toast_new (_("Picture saved")));
      return;
    }

  g_message ("%s", error->message);
  dio_toast_show (near, dio_toast_new_for_error (error));
}

/* A name with the ending of what it is; what a person has typed besides stays. */
static GFile *
fit_name (GFile           *file,
          DioExportFormat  format)
{
  static const char * const endings[] = { ".png", ".jpg", ".jpeg", ".webp" };
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *fitting = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (name, endings[i]))
        {
          name[strlen (name) - strlen (endings[i])] = '\0';
          break;
        }
    }

  fitting = g_strdup_printf ("%s.%s", name, dio_export_format_get_extension (format));
  return g_file_get_child (folder, fitting);
}

static void
place_chosen_cb (GtkNativeDialog *dialog,
                 int              response,
                 gpointer         user_data)
{
  g_autoptr(GtkWidget) near = user_data;
  g_autoptr(GFile) chosen = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GFile *source = g_object_get_data (G_OBJECT (dialog), "source");
  DioExportOptions options;

  if (response == GTK_RESPONSE_ACCEPT && chosen != NULL)
    {
      g_autoptr(GFile) target = NULL;

      dio_export_choices_get (GTK_FILE_CHOOSER (dialog), &options);
      target = fit_name (chosen, options.format);
      dio_picture_export_async (source, target, &options, NULL, saved_cb, g_object_ref (near));
    }

  g_object_unref (dialog);
}

void
dio_result_save_as (DioResult *result,
                    GtkWidget *near)
{
  g_autofree char *name = g_path_get_basename (dio_result_get_path (result));
  g_autoptr(GFile) source = g_file_new_for_path (dio_result_get_path (result));
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Save Picture"), GTK_WINDOW (gtk_widget_get_root (near)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  dio_export_choices_add (GTK_FILE_CHOOSER (dialog));
  g_object_set_data_full (G_OBJECT (dialog), "source", g_steal_pointer (&source), g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen_cb), g_object_ref (near));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
