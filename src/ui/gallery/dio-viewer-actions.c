/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the large view: the keys are those of the gallery. */

#include "config.h"

#include "dio-viewer-private.h"

#include "dio-result-actions.h"
#include "dio-result-marks.h"

#define ZOOM_STEP 1.25
#define PAN_STEP 0.1 /* of the view */

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  dio_viewer_close (DIO_VIEWER (widget));
}

static void
turn_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  dio_result_walk_step (DIO_VIEWER (widget)->walk, g_str_equal (name, "viewer.next") ? 1 : -1);
}

/* The arrows move about in a picture that is larger than its place, and turn to
 * another where there is nothing to move. */
static void
arrow_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);
  int dx;
  int dy;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  if (dio_canvas_is_zoomed (self->view))
    dio_canvas_pan (self->view, dx * PAN_STEP, dy * PAN_STEP);
  else if (dx != 0)
    dio_result_walk_step (self->walk, dx);
}

static void
walk_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);
  DioResult *near = dio_result_details_find_near (self->details, g_str_equal (name, "viewer.walk-up") ? -1 : 1);

  if (near != NULL)
    dio_result_walk_begin (self->walk, near);
}

static GPtrArray *
list_result (DioViewer *self)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (results, g_object_ref (self->result));
  return results;
}

static void
mark_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);
  g_autoptr(GPtrArray) results = NULL;
  DioVerdict verdict;

  if (self->result == NULL)
    return;

  results = list_result (self);
  if (g_str_equal (name, "mark.rate"))
    dio_results_rate (self->studio, results, g_variant_get_uint32 (parameter), widget);
  else if (dio_verdict_from_nick (g_variant_get_string (parameter, NULL), &verdict))
    dio_results_judge (self->studio, results, verdict, widget);
}

/* The next one takes its place as the list tells that it is gone. */
static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);
  g_autoptr(GPtrArray) results = NULL;

  if (self->result == NULL)
    return;

  results = list_result (self);
  if (g_str_equal (name, "viewer.delete"))
    dio_results_delete (self->studio, results, widget);
  else
    dio_results_forget (self->studio, results, widget);
}

/* Where the details are folded away, they are shown first. */
static void
tag_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  dio_result_details_focus_tags (self->details);
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);
  const char *ids[] = { NULL, NULL };

  if (self->result == NULL)
    return;

  ids[0] = dio_result_get_id (self->result);
  gtk_widget_activate_action (widget,
                              g_str_equal (name, "viewer.compare") ? "win.add-to-compare" : "win.compare-with-references",
                              "^as", ids);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);

  if (g_str_equal (name, "viewer.zoom-in"))
    dio_canvas_zoom_by (self->view, ZOOM_STEP);
  else if (g_str_equal (name, "viewer.zoom-out"))
    dio_canvas_zoom_by (self->view, 1 / ZOOM_STEP);
  else if (g_str_equal (name, "viewer.zoom-full"))
    dio_canvas_zoom_to (self->view, 1);
  else
    dio_canvas_fit (self->view, DIO_VIEW_WHOLE);
}

static void
result_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);

  if (self->result == NULL)
    return;

  if (g_str_equal (name, "viewer.save-as"))
    dio_result_save_as (self->result, widget);
  else if (g_str_equal (name, "viewer.copy"))
    dio_result_copy (self->result, widget);
  else if (g_str_equal (name, "viewer.show-in-folder"))
    dio_result_show_in_folder (self->result, widget);
  else if (g_str_equal (name, "viewer.make-again"))
    gtk_widget_activate_action (widget, "win.make-again", "s", dio_result_get_job_id (self->result));
  else if (g_str_equal (name, "viewer.recall"))
    gtk_widget_activate_action (widget, "win.recall", "s", dio_result_get_job_id (self->result));
  else if (g_str_equal (name, "viewer.open-with"))
    dio_result_open_with (self->result, widget);
  else if (g_str_equal (name, "viewer.use-as"))
    gtk_widget_activate_action (widget, "win.use-picture-as", "(ss)", dio_result_get_path (self->result),
                                g_variant_get_string (parameter, NULL));
  else if (g_str_equal (name, "viewer.locate"))
    dio_result_locate (self->studio, self->result, widget);
  else
    dio_result_use (self->result, widget);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           keyval;
    GdkModifierType modifiers;
    const char     *action;
  } bindings[] = {
    { GDK_KEY_Escape, 0, "viewer.close" },
    { GDK_KEY_Page_Up, 0, "viewer.previous" },
    { GDK_KEY_Page_Down, 0, "viewer.next" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "viewer.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "viewer.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "viewer.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "viewer.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "viewer.zoom-out" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "viewer.zoom-full" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "viewer.zoom-fit" },
    { GDK_KEY_Up, GDK_ALT_MASK, "viewer.walk-up" },
    { GDK_KEY_Down, GDK_ALT_MASK, "viewer.walk-down" },
    { GDK_KEY_KP_Delete, 0, "viewer.delete" },
    { GDK_KEY_Delete, 0, "viewer.delete" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "viewer.save-as" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "viewer.copy" },
    { GDK_KEY_u, GDK_CONTROL_MASK, "viewer.use" },
    { GDK_KEY_t, 0, "viewer.tag" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].keyval, bindings[i].modifiers,
                                         bindings[i].action, NULL);
}

static void
add_arrows (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keyval;
    int   dx;
    int   dy;
  } arrows[] = {
    { GDK_KEY_Left, -1, 0 },
    { GDK_KEY_Right, 1, 0 },
    { GDK_KEY_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    gtk_widget_class_add_binding_action (widget_class, arrows[i].keyval, 0, "viewer.arrow",
                                         "(ii)", arrows[i].dx, arrows[i].dy);
}

/* As in the gallery. */
static void
add_marks (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i <= DIO_RESULT_MAX_RATING; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, 0, "mark.rate", "u", i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + i, 0, "mark.rate", "u", i);
    }

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "mark.judge", "s", "pick");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, 0, "mark.judge", "s", "reject");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, 0, "mark.judge", "s", "none");
}

void
dio_viewer_class_actions_init (DioViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "viewer.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "viewer.previous", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "viewer.next", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-full", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "viewer.save-as", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.copy", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.use", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.use-as", "s", result_action);
  gtk_widget_class_install_action (widget_class, "viewer.open-with", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "viewer.compare-with-references", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "viewer.tag", NULL, tag_action);
  gtk_widget_class_install_action (widget_class, "viewer.arrow", "(ii)", arrow_action);
  gtk_widget_class_install_action (widget_class, "viewer.walk-up", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "viewer.walk-down", NULL, walk_action);
  gtk_widget_class_install_action (widget_class, "viewer.show-in-folder", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.locate", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.make-again", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.recall", NULL, result_action);
  gtk_widget_class_install_action (widget_class, "viewer.delete", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "viewer.forget", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "mark.rate", "u", mark_action);
  gtk_widget_class_install_action (widget_class, "mark.judge", "s", mark_action);
  add_bindings (widget_class);
  add_arrows (widget_class);
  add_marks (widget_class);
}

void
dio_viewer_update_actions (DioViewer *self)
{
  static const char *const of_kept[] = {
    "viewer.delete", "viewer.use", "viewer.use-as", "viewer.compare", "viewer.compare-with-references",
    "viewer.tag", "mark.rate", "mark.judge",
  };
  /* What is in the trash can be looked at, and brought back there. */
  gboolean is_kept = self->result != NULL && dio_result_get_deleted (self->result) == 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous", dio_result_walk_can_step (self->walk, -1));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next", dio_result_walk_can_step (self->walk, 1));
  for (guint i = 0; i < G_N_ELEMENTS (of_kept); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_kept[i], is_kept);
}
