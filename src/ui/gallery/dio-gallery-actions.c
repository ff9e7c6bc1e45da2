/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the gallery: the menu and the keys of a picture, and the
 * buttons of a job. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-job-actions.h"
#include "dio-result-actions.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  DioGallery *gallery; /* (owned) (nullable): NULL as it goes away */
  DioResult  *result;  /* (owned) */
} Deletion;

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
refilter (DioGallery *self)
{
  if (self->results != NULL)
    gtk_filter_changed (gtk_filter_list_model_get_filter (self->results), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
deletion_free (Deletion *deletion)
{
  g_clear_object (&deletion->gallery);
  g_clear_object (&deletion->result);
  g_free (deletion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

/* What could not be deleted comes back, and what was is no longer in the list. */
static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Deletion) deletion = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_remove_finish (DIO_LIBRARY (source), result, &error))
    g_message ("Not deleted: %s", error->message);

  if (deletion->gallery == NULL)
    return;

  g_hash_table_remove (deletion->gallery->deleted, deletion->result);
  refilter (deletion->gallery);

  if (error != NULL)
    dio_toast_show (GTK_WIDGET (deletion->gallery), dio_toast_new_for_error (error));
}

static void
delete_now (DioGallery *self,
            DioGallery *gallery,
            DioResult  *result)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  g_set_object (&deletion->gallery, gallery);
  g_set_object (&deletion->result, result);
  dio_library_remove_async (dio_studio_get_library (self->studio), result, deleted_cb, deletion);
}

static DioResult *
find_deleted (DioGallery *self,
              AdwToast   *toast)
{
  GHashTableIter iter;
  gpointer result;
  gpointer its_toast;

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, &result, &its_toast))
    if (its_toast == toast)
      return result;

  return NULL;
}

static void
undo_clicked_cb (DioGallery *self,
                 AdwToast   *toast)
{
  g_hash_table_remove (self->deleted, find_deleted (self, toast));
  refilter (self);
}

/* Stays hidden until the library has taken it away. */
static void
toast_dismissed_cb (DioGallery *self,
                    AdwToast   *toast)
{
  DioResult *result = find_deleted (self, toast);

  if (result == NULL)
    return;

  g_hash_table_replace (self->deleted, g_object_ref (result), NULL);
  delete_now (self, self, result);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  DioResult *result = dio_gallery_get_selected (self);
  AdwToast *toast;

  if (result == NULL)
    return;

  toast = dio_toast_new (_("Picture deleted"));
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);

  g_hash_table_insert (self->deleted, g_object_ref (result), toast);
  refilter (self);
  dio_toast_show (widget, toast);
}

guint
dio_gallery_find_position (DioGallery *self,
                           gpointer    item)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GObject) other = g_list_model_get_item (model, i);

      if (other == item)
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

/* Borrowed; NULL while a job or nothing is selected. */
DioResult *
dio_gallery_get_selected (DioGallery *self)
{
  gpointer item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;

  return DIO_IS_RESULT (item) ? item : NULL;
}

/* As the window goes, so does the chance to undo. */
void
dio_gallery_delete_for_good (DioGallery *self)
{
  GHashTableIter iter;
  gpointer result;
  gpointer toast;

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, &result, &toast))
    if (toast != NULL)
      delete_now (self, NULL, result);

  g_hash_table_remove_all (self->deleted);
}
