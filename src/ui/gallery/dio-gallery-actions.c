/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the gallery: the menu and the keys of a picture, and the
 * buttons of a job. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-job-actions.h"
#include "dio-result-actions.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

#define RESULT_KEY "diorama-result"
#define GALLERY_KEY "diorama-gallery"

static const char * const result_actions[] = {
  "gallery.open",
  "gallery.use",
  "gallery.save-as",
  "gallery.copy",
  "gallery.show-in-folder",
  "gallery.delete",
  "gallery.menu",
};

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  DioResult *result = dio_gallery_get_selected (self);

  if (result != NULL)
    g_signal_emit_by_name (self, "opened", result);
}

static void
result_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioResult *result = dio_gallery_get_selected (DIO_GALLERY (widget));

  if (result == NULL)
    return;

  if (g_str_equal (name, "gallery.use"))
    dio_result_use (result, widget);
  else if (g_str_equal (name, "gallery.save-as"))
    dio_result_save_as (result, widget);
  else if (g_str_equal (name, "gallery.copy"))
    dio_result_copy (result, widget);
  else
    dio_result_show_in_folder (result, widget);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->grid));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return;

  gtk_popover_set_pointing_to (self->menu,
                               &(GdkRectangle) { bounds.origin.x + bounds.size.width / 2,
                                                 bounds.origin.y + bounds.size.height / 2, 1, 1 });
  gtk_popover_popup (self->menu);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DioGallery) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_restore_finish (DIO_LIBRARY (source), result, &error))
    dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

static void
undo_clicked_cb (DioGallery *self,
                 AdwToast   *toast)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();

  g_ptr_array_add (results, g_object_get_data (G_OBJECT (toast), RESULT_KEY));
  dio_library_restore_async (dio_studio_get_library (self->studio), results, restored_cb, g_object_ref (self));
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  AdwToast *toast = user_data;
  DioGallery *self = g_object_get_data (G_OBJECT (toast), GALLERY_KEY);
  g_autoptr(GError) error = NULL;

  if (dio_library_delete_finish (DIO_LIBRARY (source), result, &error))
    {
      dio_toast_show (GTK_WIDGET (self), toast);
      return;
    }

  g_message ("Not deleted: %s", error->message);
  dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
  g_object_unref (toast);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  DioResult *result = dio_gallery_get_selected (self);
  g_autoptr(GPtrArray) results = NULL;
  AdwToast *toast;

  if (result == NULL)
    return;

  toast = dio_toast_new (_("Picture deleted"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), RESULT_KEY, g_object_ref (result), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), GALLERY_KEY, g_object_ref (self), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);

  results = g_ptr_array_new ();
  g_ptr_array_add (results, result);
  dio_library_delete_async (dio_studio_get_library (self->studio), results, deleted_cb, toast);
}

/* Jobs come first. */
guint
dio_gallery_find_position (DioGallery *self,
                           gpointer    item)
{
  GListModel *jobs = G_LIST_MODEL (self->jobs);
  guint n_jobs = g_list_model_get_n_items (jobs);
  guint position;

  if (DIO_IS_RESULT (item))
    return dio_result_list_find (self->results, dio_result_get_number (item), &position) ? n_jobs + position
                                                                                      : GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n_jobs; i++)
    {
      g_autoptr(GObject) job = g_list_model_get_item (jobs, i);

      if (job == item)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* The button that was pressed goes with its tile: the focus is to stay near. */
static void
focus_idle_cb (gpointer user_data)
{
  DioGallery *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  self->focus_id = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (n == 0)
    {
      gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
      return;
    }

  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", MIN (self->focus_next, n - 1));
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
keep_focus (DioGallery *self,
            guint       position)
{
  self->focus_next = position;
  if (self->focus_id == 0)
    self->focus_id = g_idle_add_once (focus_idle_cb, self);
}

static void
job_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  g_autoptr(DioJob) job = dio_job_find (self->studio, g_variant_get_string (parameter, NULL));

  if (job == NULL)
    return;

  keep_focus (self, g_str_equal (name, "job.retry") ? 0 : dio_gallery_find_position (self, job));
  dio_job_act (self->studio, job, name, widget);
}

void
dio_gallery_class_actions_init (DioGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "gallery.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "gallery.use", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.save-as", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.copy", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.show-in-folder", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "gallery.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "job.cancel", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.check-again", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.dismiss", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.retry", "s", job_action);

  /* The menu shows the last key of an action. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "gallery.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "gallery.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "gallery.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "gallery.save-as", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "gallery.use", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "gallery.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "gallery.menu", NULL);
}

void
dio_gallery_update_actions (DioGallery *self)
{
  gboolean has_result = dio_gallery_get_selected (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (result_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), result_actions[i], has_result);
}

/* Borrowed; NULL while a job, nothing, or what is yet to be read is selected. */
DioResult *
dio_gallery_get_selected (DioGallery *self)
{
  gpointer item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;

  return DIO_IS_RESULT_SLOT (item) ? dio_result_slot_get_result (item) : NULL;
}
