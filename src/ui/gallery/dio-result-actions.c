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

static GdkContentProvider *
make_file_provider (GFile *file)
{
  g_auto(GValue) list = G_VALUE_INIT;

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array (&file, 1));
  return gdk_content_provider_new_for_value (&list);
}

/* As a file for file managers and as picture bytes for everybody else. */
static GdkContentProvider *
make_provider (GFile  *file,
               GBytes *bytes)
{
  GdkContentProvider *providers[2];

  providers[0] = make_file_provider (file);
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

typedef struct
{
  GFile     *file; /* (owned) */
  GtkWidget *near; /* (owned) */
} Showing;

static void
showing_free (Showing *showing)
{
  g_object_unref (showing->file);
  g_object_unref (showing->near);
  g_free (showing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

static void
folder_launched_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(Showing) showing = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;

  g_message ("%s", error->message);
  path = g_file_get_path (showing->file);
  /* Translators: a toast: no program can show folders; %s is where the picture is. */
  text = g_strdup_printf (_("No file manager answers. The picture is “%s”"), path);
  dio_toast_show (showing->near, dio_toast_new (text));
}

/* No file manager that can point at a file: the folder at least. */
static void
launch_folder (Showing *showing)
{
  g_autoptr(GFile) folder = g_file_get_parent (showing->file);
  g_autofree char *uri = g_file_get_uri (folder);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, folder_launched_cb, showing);
}

/* For a drag, where there is no time to read the file: as a file alone. GTK lets
 * other programs at it through the portal. */
GdkContentProvider *
dio_result_make_provider (DioResult *result)
{
  g_autoptr(GFile) file = get_file (result);

  return make_file_provider (file);
}

static void
folder_shown_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Showing) showing = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    return;

  g_debug ("%s", error->message);
  launch_folder (g_steal_pointer (&showing));
}

void
dio_result_show_in_folder (DioResult *result,
                           GtkWidget *near)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  Showing *showing = g_new0 (Showing, 1);
  g_autofree char *uri = NULL;
  const char *uris[2] = { NULL, NULL };

  showing->file = get_file (result);
  showing->near = g_object_ref (near);
  if (bus == NULL)
    {
      launch_folder (showing);
      return;
    }

  uri = g_file_get_uri (showing->file);
  uris[0] = uri;
  g_dbus_connection_call (bus,
                          "org.freedesktop.FileManager1",
                          "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1",
                          "ShowItems",
                          g_variant_new ("(^ass)", uris, ""),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          folder_shown_cb, showing);
}

void
dio_result_use (DioResult *result,
                GtkWidget *near)
{
  gtk_widget_activate_action (near, "win.use-picture", "s", dio_result_get_path (result));
}
