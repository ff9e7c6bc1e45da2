/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do with pictures that were made: the same from wherever they
 * are shown. */

#include "config.h"

#include "dio-result-actions.h"

#include "dio-error.h"
#include "dio-file-content.h"
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
make_files_provider (GPtrArray *results)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GValue) list = G_VALUE_INIT;

  for (guint i = 0; i < results->len; i++)
    g_ptr_array_add (files, get_file (g_ptr_array_index (results, i)));

  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array ((GFile **) files->pdata, files->len));
  return gdk_content_provider_new_for_value (&list);
}

/* For a drag and for the clipboard: as files for file managers, and one picture as
 * its bytes for everybody else, which are read when they are wanted. GTK lets other
 * programs at the files through the portal. */
GdkContentProvider *
dio_results_make_provider (GPtrArray *results)
{
  GdkContentProvider *providers[2];
  g_autoptr(GFile) file = NULL;

  providers[0] = make_files_provider (results);
  if (results->len != 1)
    return providers[0];

  file = get_file (g_ptr_array_index (results, 0));
  providers[1] = dio_file_content_new (file, get_mime_type (file));
  return gdk_content_provider_new_union (providers, 2);
}

GdkContentProvider *
dio_result_make_provider (DioResult *result)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();

  g_ptr_array_add (results, result);
  return dio_results_make_provider (results);
}

void
dio_results_copy (GPtrArray *results,
                  GtkWidget *near)
{
  g_autoptr(GdkContentProvider) provider = dio_results_make_provider (results);
  g_autofree char *text = NULL;

  gdk_clipboard_set_content (gtk_widget_get_clipboard (near), provider);
  text = g_strdup_printf (ngettext ("%u picture copied", "%u pictures copied", results->len), results->len);
  dio_toast_show (near, dio_toast_new (text));
}

void
dio_result_copy (DioResult *result,
                 GtkWidget *near)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();

  g_ptr_array_add (results, result);
  dio_results_copy (results, near);
}

static void
app_chosen_cb (GtkDialog *dialog,
               int        response,
               gpointer   user_data)
{
  GtkWidget *near = user_data;
  g_autoptr(GAppInfo) app = gtk_app_chooser_get_app_info (GTK_APP_CHOOSER (dialog));
  g_autoptr(GError) error = NULL;
  GList files = { .data = g_object_get_data (G_OBJECT (dialog), "source") };

  if (response == GTK_RESPONSE_OK && app != NULL && !g_app_info_launch (app, &files, NULL, &error))
    tell_failure (near, error);

  gtk_window_destroy (GTK_WINDOW (dialog));
}

void
dio_result_open_with (DioResult *result,
                      GtkWidget *near)
{
  g_autoptr(GFile) file = get_file (result);
  GtkWidget *dialog = gtk_app_chooser_dialog_new_for_content_type (GTK_WINDOW (gtk_widget_get_root (near)),
                                                                   GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                                                   get_mime_type (file));

  g_object_set_data_full (G_OBJECT (dialog), "source", g_steal_pointer (&file), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (app_chosen_cb), near, 0);
  gtk_window_present (GTK_WINDOW (dialog));
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
