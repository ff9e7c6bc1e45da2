/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do with a picture that was made: the same from the gallery
 * and from the large view. */

#include "config.h"

#include "dio-result-actions.h"

#include "dio-error.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

static GFile *
get_file (DioResult *result)
{
  return g_file_new_for_path (dio_result_get_path (result));
}

static void
tell_failure (GtkWidget    *near,
              const GError *error)
{
  g_autoptr(GError) ours = dio_error_from_io (error, "picture");

  g_message ("%s", error->message);
  dio_toast_show (near, dio_toast_new_for_error (ours));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GtkWidget) near = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    dio_toast_show (near, dio_toast_new (_("Picture saved")));
  else
    tell_failure (near, error);
}

static void
place_chosen_cb (GtkNativeDialog *dialog,
                 int              response,
                 gpointer         user_data)
{
  g_autoptr(GtkWidget) near = user_data;
  g_autoptr(GFile) target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  GFile *source = g_object_get_data (G_OBJECT (dialog), "source");

  if (response == GTK_RESPONSE_ACCEPT && target != NULL)
    g_file_copy_async (source, target, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT,
                       NULL, NULL, NULL, saved_cb, g_object_ref (near));

  g_object_unref (dialog);
}

void
dio_result_save_as (DioResult *result,
                    GtkWidget *near)
{
  GtkRoot *root = gtk_widget_get_root (near);
  GtkFileChooserNative *dialog;
  g_autofree char *name = g_path_get_basename (dio_result_get_path (result));

  dialog = gtk_file_chooser_native_new (_("Save Picture"), GTK_WINDOW (root),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_object_set_data_full (G_OBJECT (dialog), "source", get_file (result), g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen_cb), g_object_ref (near));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static const char *
get_mime_type (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (g_str_has_suffix (name, ".jpg") || g_str_has_suffix (name, ".jpeg"))
    return "image/jpeg";
  if (g_str_has_suffix (name, ".webp"))
    return "image/webp";

  return "image/png";
}

/* As a file for file managers and as picture bytes for everybody else. */
static GdkContentProvider *
make_provider (GFile  *file,
               GBytes *bytes)
{
  g_auto(GValue) list = G_VALUE_INIT;
  GdkContentProvider *providers[2];

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array (&file, 1));
  providers[0] = gdk_content_provider_new_for_value (&list);
  providers[1] = gdk_content_provider_new_for_bytes (get_mime_type (file), bytes);
  return gdk_content_provider_new_union (providers, 2);
}

static void
bytes_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GtkWidget) near = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr(GdkContentProvider) provider = NULL;

  if (bytes == NULL)
    {
      tell_failure (near, error);
      return;
    }

  provider = make_provider (G_FILE (source), bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (near), provider);
  dio_toast_show (near, dio_toast_new (_("Picture copied")));
}

void
dio_result_copy (DioResult *result,
                 GtkWidget *near)
{
  g_autoptr(GFile) file = get_file (result);

  g_file_load_bytes_async (file, NULL, bytes_loaded_cb, g_object_ref (near));
}

static void
folder_shown_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GFile) file = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr(GFile) folder = NULL;
  g_autofree char *uri = NULL;

  if (reply != NULL)
    return;

  /* No file manager that can point at a file: the folder at least. */
  g_debug ("%s", error->message);
  folder = g_file_get_parent (file);
  uri = g_file_get_uri (folder);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

void
dio_result_show_in_folder (DioResult *result,
                           GtkWidget *near)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autoptr(GFile) file = get_file (result);
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };

  if (bus == NULL)
    return;

  g_dbus_connection_call (bus,
                          "org.freedesktop.FileManager1",
                          "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1",
                          "ShowItems",
                          g_variant_new ("(^ass)", uris, ""),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          folder_shown_cb, g_object_ref (file));
}

void
dio_result_use (DioResult *result,
                GtkWidget *near)
{
  gtk_widget_activate_action (near, "win.use-picture", "s", dio_result_get_path (result));
}
