/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting and what can be done about it: undo at once, restore from the trash
 * later. Only what is deleted for good is asked about. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-toast.h"

#include <glib/gi18n.h>

static DioLibrary *
get_library (DioGallery *self)
{
  return dio_studio_get_library (self->studio);
}

static void
tell_error (DioGallery *self,
            GError     *error)
{
  g_message ("%s", error->message);
  dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DioGallery) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_restore_finish (DIO_LIBRARY (source), result, &error))
    tell_error (self, error);
}

static void
restore (DioGallery *self,
         GPtrArray  *results,
         const char *name,
         GVariant   *parameter)
{
  dio_library_restore_async (get_library (self), results, restored_cb, g_object_ref (self));
}

static void
undo_clicked_cb (DioGallery *self)
{
  if (self->deleted != NULL)
    restore (self, self->deleted, NULL, NULL);
}

static void
toast_dismissed_cb (DioGallery *self)
{
  self->deleted_toast = NULL;
  if (self->deleted != NULL)
    dio_gallery_let_go (g_steal_pointer (&self->deleted));
}

/* One toast for all that is deleted while it is on show. */
static void
tell_deleted (DioGallery *self)
{
  guint n = self->deleted->len;
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%u picture deleted", "%u pictures deleted", n), n);
  if (self->deleted_toast != NULL)
    {
      adw_toast_set_title (self->deleted_toast, text);
      return;
    }

  self->deleted_toast = dio_toast_new (text);
  adw_toast_set_button_label (self->deleted_toast, _("_Undo"));
  adw_toast_set_priority (self->deleted_toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (self->deleted_toast, "button-clicked", G_CALLBACK (undo_clicked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deleted_toast, "dismissed", G_CALLBACK (toast_dismissed_cb),
                           self, G_CONNECT_SWAPPED);
  dio_toast_show (GTK_WIDGET (self), self->deleted_toast);
}

typedef struct
{
  DioGallery *gallery; /* (owned) */
  GPtrArray  *results; /* (owned) */
} Deleting;

static void
deleting_free (Deleting *deleting)
{
  g_object_unref (deleting->gallery);
  g_ptr_array_unref (deleting->results);
  g_free (deleting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deleting, deleting_free)

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Deleting) deleting = user_data;
  DioGallery *self = deleting->gallery;
  g_autoptr(GError) error = NULL;

  if (!dio_library_delete_finish (DIO_LIBRARY (source), result, &error))
    {
      tell_error (self, error);
      return;
    }

  if (self->studio == NULL)
    return;

  if (self->deleted == NULL)
    self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < deleting->results->len; i++)
    g_ptr_array_add (self->deleted, g_object_ref (g_ptr_array_index (deleting->results, i)));
  tell_deleted (self);
}

static void
delete_results (DioGallery *self,
                GPtrArray  *results,
                const char *name,
                GVariant   *parameter)
{
  Deleting *deleting = g_new0 (Deleting, 1);

  deleting->gallery = g_object_ref (self);
  deleting->results = g_ptr_array_ref (results);
  dio_library_delete_async (get_library (self), results, deleted_cb, deleting);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioGallery) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_remove_finish (DIO_LIBRARY (source), result, &error))
    tell_error (self, error);
}

static void
remove_response_cb (DioGallery       *self,
                    const char       *response,
                    AdwMessageDialog *dialog)
{
  GPtrArray *results = g_object_get_data (G_OBJECT (dialog), "results");

  if (g_str_equal (response, "delete"))
    dio_library_remove_async (get_library (self), results, removed_cb, g_object_ref (self));
}

static void
emptied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioGallery) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_empty_trash_finish (DIO_LIBRARY (source), result, NULL, &error))
    tell_error (self, error);
}

static void
empty_response_cb (DioGallery *self,
                   const char *response)
{
  if (g_str_equal (response, "empty"))
    dio_library_empty_trash_async (get_library (self), G_MAXINT64, emptied_cb, g_object_ref (self));
}

/* Returns: (transfer none): a question whether that is to be done, to be shown;
 * @response is the answer that says so */
static GtkWidget *
make_question (DioGallery *self,
               const char *heading,
               const char *body,
               const char *response,
               const char *label,
               GCallback   answered)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    response, label,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), response, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", answered, self, G_CONNECT_SWAPPED);

  return dialog;
}

static void
ask_to_remove (DioGallery *self,
               GPtrArray  *results,
               const char *name,
               GVariant   *parameter)
{
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  heading = g_strdup_printf (ngettext ("Delete %u Picture for Good?", "Delete %u Pictures for Good?", results->len),
                             results->len);
  dialog = make_question (self, heading, _("This cannot be undone. How it was made stays in the list of jobs."),
                          "delete", _("_Delete"), G_CALLBACK (remove_response_cb));
  g_object_set_data_full (G_OBJECT (dialog), "results", g_ptr_array_ref (results), (GDestroyNotify) g_ptr_array_unref);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is in the trash already can only go for good. */
static void
trash_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  gboolean in_trash = dio_result_list_get_query (self->results)->in_trash;
  DioGalleryFunc func = in_trash ? ask_to_remove : delete_results;

  dio_gallery_with_selected (self, name, NULL, g_str_equal (name, "gallery.restore") ? restore : func);
}

static void
empty_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkWidget *dialog;

  dialog = make_question (DIO_GALLERY (widget), _("Empty the Trash?"),
                          _("All pictures in the trash are deleted for good. "
                            "How they were made stays in the list of jobs."),
                          "empty", _("_Empty Trash"), G_CALLBACK (empty_response_cb));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dio_gallery_class_trash_init (DioGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "gallery.delete", NULL, trash_action);
  gtk_widget_class_install_action (widget_class, "gallery.restore", NULL, trash_action);
  gtk_widget_class_install_action (widget_class, "gallery.empty-trash", NULL, empty_action);

  /* The menu shows the last key of an action. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "gallery.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "gallery.delete", NULL);
}
