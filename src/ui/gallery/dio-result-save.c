/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture saved elsewhere: as PNG, JPEG or WebP, with or without what it tells
 * of how it was made. */

#include "config.h"

#include "dio-result-save.h"

#include "dio-lent-file.h"
#include "dio-result-actions.h"
#include "dio-toast.h"

#include <glib/gi18n.h>
#include <string.h>

#define FORMAT "format"
#define METADATA "metadata"

#define BEST_QUALITY 95

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

static const struct
{
  const char      *text;
  DioExportFormat  format;
} endings[] = {
  { ".png", DIO_EXPORT_PNG },
  { ".jpg", DIO_EXPORT_JPEG },
  { ".jpeg", DIO_EXPORT_JPEG },
  { ".webp", DIO_EXPORT_WEBP },
};

typedef struct
{
  GtkWidget  *near;  /* (owned) */
  const char *other; /* (nullable): the ending of a name that was stronger than the choice */
} Saving;

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
  g_autofree Saving *saving = user_data;
  g_autoptr(GtkWidget) near = saving->near;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (!dio_picture_export_finish (result, &error))
    {
      g_message ("%s", error->message);
      dio_toast_show (near, dio_toast_new_for_error (error));
      return;
    }

  if (saving->other != NULL)
    /* Translators: a toast: another format was chosen, but the file was given a
     * name with this ending, such as “.png”. */
    text = g_strdup_printf (_("Picture saved as its name says: “%s”"), saving->other);

  dio_toast_show (near, dio_toast_new (text != NULL ? text : _("Picture saved")));
}

/* Returns: the number of the ending that @name has, or that of all endings */
static guint
find_ending (const char *name)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (endings) && !g_str_has_suffix (name, endings[i].text))
    i++;

  return i;
}

/* A name with the ending of what it is; what a person has typed besides stays. */
static GFile *
fit_name (GFile           *file,
          DioExportFormat  format)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  guint ending = find_ending (name);
  g_autofree char *fitting = NULL;

  if (ending < G_N_ELEMENTS (endings))
    name[strlen (name) - strlen (endings[ending].text)] = '\0';

  fitting = g_strdup_printf ("%s.%s", name, dio_export_format_get_extension (format));
  return g_file_get_child (folder, fitting);
}

/* Where the name cannot be changed, it is the name that counts. Returns: (nullable):
 * its ending, if another format was chosen */
static const char *
fit_format (GFile            *file,
            DioExportOptions *options)
{
  g_autofree char *name = g_file_get_basename (file);
  guint ending = find_ending (name);

  if (ending == G_N_ELEMENTS (endings) || endings[ending].format == options->format)
    return NULL;

  options->format = endings[ending].format;
  options->quality = BEST_QUALITY;
  return endings[ending].text;
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
      Saving *saving = g_new0 (Saving, 1);
      g_autoptr(GFile) target = NULL;

      dio_export_choices_get (GTK_FILE_CHOOSER (dialog), &options);
      saving->near = g_steal_pointer (&near);
      if (dio_lent_file_has_fixed_name (chosen))
        saving->other = fit_format (chosen, &options);
      else
        target = fit_name (chosen, options.format);
      dio_picture_export_async (source, target != NULL ? target : chosen, &options, NULL, saved_cb, saving);
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
