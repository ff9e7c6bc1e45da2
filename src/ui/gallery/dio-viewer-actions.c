/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the large view: the keys are those of the gallery. */

#include "config.h"

#include "dio-viewer-private.h"

#include "dio-result-actions.h"

#define ZOOM_STEP 1.25

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

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);

  if (g_str_equal (name, "viewer.zoom-in"))
    dio_zoom_view_zoom_by (self->view, ZOOM_STEP);
  else if (g_str_equal (name, "viewer.zoom-out"))
    dio_zoom_view_zoom_by (self->view, 1 / ZOOM_STEP);
  else if (g_str_equal (name, "viewer.zoom-full"))
    dio_zoom_view_zoom_to_full (self->view);
  else
    dio_zoom_view_zoom_to_fit (self->view);
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
    { GDK_KEY_Left, 0, "viewer.previous" },
    { GDK_KEY_Right, 0, "viewer.next" },
    { GDK_KEY_Page_Up, 0, "viewer.previous" },
    { GDK_KEY_Page_Down, 0, "viewer.next" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "viewer.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "viewer.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "viewer.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "viewer.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "viewer.zoom-out" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "viewer.zoom-full" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "viewer.zoom-fit" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "viewer.save-as" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "viewer.copy" },
    { GDK_KEY_u, GDK_CONTROL_MASK, "viewer.use" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].keyval, bindings[i].modifiers,
                                         bindings[i].action, NULL);
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
  add_bindings (widget_class);
}

void
dio_viewer_update_actions (DioViewer *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous", dio_result_walk_can_step (self->walk, -1));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next", dio_result_walk_can_step (self->walk, 1));
}
