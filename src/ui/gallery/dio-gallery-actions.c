/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the gallery: the menu and the keys of the pictures that are
 * selected, and the buttons of a job. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-job-actions.h"
#include "dio-result-actions.h"
#include "dio-result-marks.h"
#include "dio-tag-editor.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

/* What is done with pictures that are selected, and where. */
static const struct
{
  const char *name;
  gboolean    of_one;   /* more than one make no sense */
  gboolean    in_trash;
  gboolean    elsewhere;
} result_actions[] = {
  { "gallery.open", TRUE, TRUE, TRUE },
  { "gallery.use", FALSE, FALSE, TRUE },
  { "gallery.use-as", FALSE, FALSE, TRUE },
  { "gallery.rate", FALSE, FALSE, TRUE },
  { "gallery.judge", FALSE, FALSE, TRUE },
  { "gallery.tag", FALSE, FALSE, TRUE },
  { "gallery.compare", FALSE, FALSE, TRUE },
  { "gallery.add-to-compare", FALSE, FALSE, TRUE },
  { "gallery.recall", TRUE, FALSE, TRUE },
  { "gallery.make-again", TRUE, FALSE, TRUE },
  { "gallery.save-as", TRUE, TRUE, TRUE },
  { "gallery.export", FALSE, FALSE, TRUE },
  { "gallery.copy", FALSE, TRUE, TRUE },
  { "gallery.open-with", TRUE, TRUE, TRUE },
  { "gallery.show-in-folder", TRUE, TRUE, TRUE },
  { "gallery.delete", FALSE, TRUE, TRUE },
  { "gallery.restore", FALSE, TRUE, FALSE },
  { "gallery.menu", FALSE, TRUE, TRUE },
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
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_rate_finish (DIO_LIBRARY (source), result, &error))
    dio_toast_show (widget, dio_toast_new_for_error (error));
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GError) error = NULL;

  if (!dio_library_judge_finish (DIO_LIBRARY (source), result, &error))
    dio_toast_show (widget, dio_toast_new_for_error (error));
}

static void
rate (DioGallery *self,
      GPtrArray  *results,
      const char *name,
      GVariant   *parameter)
{
  dio_library_rate_async (dio_studio_get_library (self->studio), results, g_variant_get_uint32 (parameter),
                          done_cb, g_object_ref (self));
}

static void
judge (DioGallery *self,
       GPtrArray  *results,
       const char *name,
       GVariant   *parameter)
{
  DioVerdict verdict;

  if (dio_verdict_from_nick (g_variant_get_string (parameter, NULL), &verdict))
    dio_library_judge_async (dio_studio_get_library (self->studio), results, verdict,
                             judged_cb, g_object_ref (self));
}

static void
mark_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dio_gallery_with_selected (DIO_GALLERY (widget), name, parameter, g_str_equal (name, "gallery.rate") ? rate : judge);
}

static void
compare (DioGallery *self,
         GPtrArray  *results,
         const char *action)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_auto(GStrv) strv = NULL;

  for (guint i = 0; i < results->len; i++)
    g_strv_builder_add (ids, dio_result_get_id (g_ptr_array_index (results, i)));

  strv = g_strv_builder_end (ids);
  gtk_widget_activate_action (GTK_WIDGET (self), action, "^as", strv);
}

static void
act_on_one (DioGallery *self,
            DioResult  *result,
            const char *name,
            GVariant   *parameter)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (g_str_equal (name, "gallery.use"))
    dio_result_use (result, widget);
  else if (g_str_equal (name, "gallery.use-as"))
    gtk_widget_activate_action (widget, "win.use-picture-as", "(ss)", dio_result_get_path (result),
                                g_variant_get_string (parameter, NULL));
  else if (g_str_equal (name, "gallery.recall"))
    gtk_widget_activate_action (widget, "win.recall", "s", dio_result_get_job_id (result));
  else if (g_str_equal (name, "gallery.make-again"))
    gtk_widget_activate_action (widget, "win.make-again", "s", dio_result_get_job_id (result));
  else if (g_str_equal (name, "gallery.save-as"))
    dio_result_save_as (result, widget);
  else if (g_str_equal (name, "gallery.open-with"))
    dio_result_open_with (result, widget);
  else
    dio_result_show_in_folder (result, widget);
}

static void
act (DioGallery *self,
     GPtrArray  *results,
     const char *name,
     GVariant   *parameter)
{
  if (g_str_equal (name, "gallery.compare"))
    compare (self, results, "win.compare");
  else if (g_str_equal (name, "gallery.add-to-compare"))
    compare (self, results, "win.add-to-compare");
  else if (g_str_equal (name, "gallery.copy"))
    dio_results_copy (results, GTK_WIDGET (self));
  else if (g_str_equal (name, "gallery.tag"))
    dio_results_edit_tags (self->studio, results, GTK_WIDGET (self));
  else if (g_str_equal (name, "gallery.export"))
    dio_results_export (results, GTK_WIDGET (self));
  else
    for (guint i = 0; i < results->len; i++)
      act_on_one (self, g_ptr_array_index (results, i), name, parameter);
}

static void
result_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  dio_gallery_with_selected (DIO_GALLERY (widget), name, parameter, act);
}

/* The buttons of a tile: for its own picture, whatever is selected. */
static void
tile_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  DioResult *result = dio_gallery_find_result (self, g_variant_get_int64 (parameter));
  g_autoptr(GPtrArray) one = g_ptr_array_new ();

  if (result == NULL)
    return;

  g_ptr_array_add (one, result);
  if (g_str_equal (name, "tile.star"))
    dio_library_rate_async (dio_studio_get_library (self->studio), one, dio_result_get_rating (result) == 0,
                            done_cb, g_object_ref (self));
  else if (g_str_equal (name, "tile.use"))
    dio_result_use (result, widget);
  else
    dio_result_save_as (result, widget);
}

static void
missing_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DioGallery *self = DIO_GALLERY (widget);
  DioResult *result = dio_gallery_get_selected (self);
  g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);

  if (result == NULL)
    return;

  g_ptr_array_add (one, g_object_ref (result));
  if (g_str_equal (name, "gallery.locate"))
    dio_result_locate (self->studio, result, widget);
  else
    dio_results_forget (self->studio, one, widget);
}

/* Only where the file is gone can it be located, or be forgotten. */
static void
update_missing_cb (DioGallery *self)
{
  DioResult *result = dio_gallery_count_selected (self) == 1 ? dio_gallery_get_selected (self) : NULL;
  gboolean is_missing = result != NULL && !dio_result_list_get_query (self->results)->in_trash &&
                        dio_gallery_is_missing (self, result);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gallery.locate", is_missing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gallery.forget", is_missing);
}

static void
fault_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  update_missing_cb (DIO_GALLERY (widget));
}

static void
unselect_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (DIO_GALLERY (widget)->selection));
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

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { bounds.origin.x + bounds.size.width / 2,
                                                 bounds.origin.y + bounds.size.height / 2, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
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

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint       keyval;
    const char *verdict;
  } verdicts[] = { { GDK_KEY_p, "pick" }, { GDK_KEY_x, "reject" }, { GDK_KEY_u, "none" } };

  for (guint i = 0; i <= DIO_RESULT_MAX_RATING; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + i, 0, "gallery.rate", "u", i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, 0, "gallery.rate", "u", i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    gtk_widget_class_add_binding_action (widget_class, verdicts[i].keyval, 0, "gallery.judge", "s",
                                         verdicts[i].verdict);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "gallery.unselect", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "gallery.tag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "gallery.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "gallery.save-as", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "gallery.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "gallery.use", NULL);
  /* The menu shows the last key of an action. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "gallery.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "gallery.menu", NULL);
}

void
dio_gallery_class_actions_init (DioGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "gallery.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "gallery.use", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.use-as", "s", result_action);
  gtk_widget_class_install_action (widget_class, "gallery.rate", "u", mark_action);
  gtk_widget_class_install_action (widget_class, "gallery.judge", "s", mark_action);
  gtk_widget_class_install_action (widget_class, "gallery.tag", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.compare", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.add-to-compare", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.recall", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.make-again", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.save-as", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.export", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.copy", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.open-with", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.show-in-folder", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "gallery.unselect", NULL, unselect_action);
  gtk_widget_class_install_action (widget_class, "gallery.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "gallery.locate", NULL, missing_action);
  gtk_widget_class_install_action (widget_class, "gallery.forget", NULL, missing_action);
  gtk_widget_class_bind_template_callback (widget_class, update_missing_cb);
  gtk_widget_class_install_action (widget_class, "tile.fault", NULL, fault_action);
  gtk_widget_class_install_action (widget_class, "tile.star", "x", tile_action);
  gtk_widget_class_install_action (widget_class, "tile.use", "x", tile_action);
  gtk_widget_class_install_action (widget_class, "tile.save", "x", tile_action);
  gtk_widget_class_install_action (widget_class, "job.cancel", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.check-again", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.dismiss", "s", job_action);
  gtk_widget_class_install_action (widget_class, "job.retry", "s", job_action);
  dio_gallery_class_trash_init (klass);
  add_keys (widget_class);
}

void
dio_gallery_update_actions (DioGallery *self)
{
  guint n = dio_gallery_count_selected (self);
  gboolean in_trash = dio_result_list_get_query (self->results)->in_trash;

  for (guint i = 0; i < G_N_ELEMENTS (result_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), result_actions[i].name,
                                   (n == 1 || (n > 1 && !result_actions[i].of_one)) &&
                                   (in_trash ? result_actions[i].in_trash : result_actions[i].elsewhere));
  update_missing_cb (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "gallery.unselect", n > 0);
}
