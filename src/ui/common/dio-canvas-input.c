/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a person zooms a canvas and moves it about: wheel, drag, pinch, double
 * click, keys. */

#include "config.h"

#include "dio-canvas-private.h"

#include <math.h>

#define WHEEL_FACTOR 1.25
#define KEY_FACTOR 1.25
#define KEY_STEP 0.1
#define SPLIT_REACH 12

static gboolean
is_alone (GtkEventController *controller)
{
  return (gtk_event_controller_get_current_event_state (controller) & GDK_SHIFT_MASK) != 0;
}

static void
pointer_moved_cb (DioCanvas *self,
                  double     x,
                  double     y)
{
  double scale = dio_canvas_get_scale (self);
  double pixel_x;
  double pixel_y;

  self->pointer_x = x;
  self->pointer_y = y;
  dio_view_find_pixel (&self->view, x * scale, y * scale, &pixel_x, &pixel_y);
  dio_canvas_pointed (self, pixel_x, pixel_y);
}

static void
pointer_left_cb (DioCanvas *self)
{
  dio_canvas_pointed (self, NAN, NAN);
}

static void
zoom_at_pointer (DioCanvas *self,
                 double     zoom,
                 double     x,
                 double     y,
                 gboolean   alone)
{
  double scale = dio_canvas_get_scale (self);

  dio_view_zoom_at (&self->view, zoom, x * scale, y * scale);
  dio_canvas_moved (self, alone);
}

/* With Shift the wheel of a mouse turns across. */
static gboolean
scrolled_cb (DioCanvas          *self,
             double              dx,
             double              dy,
             GtkEventController *controller)
{
  double turn = dy != 0 ? dy : dx;

  zoom_at_pointer (self, dio_canvas_get_zoom (self) * pow (WHEEL_FACTOR, -turn),
                   self->pointer_x, self->pointer_y, is_alone (controller));
  return GDK_EVENT_STOP;
}

static void
drag_begun_cb (DioCanvas *self,
               double     x,
               double     y)
{
  double split = self->amount * gtk_widget_get_width (GTK_WIDGET (self));

  self->drag_x = self->view.center_x;
  self->drag_y = self->view.center_y;
  self->is_splitting = self->blend == DIO_CANVAS_SPLIT && ABS (x - split) < SPLIT_REACH;
}

static void
dragged_cb (DioCanvas      *self,
            double          offset_x,
            double          offset_y,
            GtkGestureDrag *drag)
{
  double scale = dio_canvas_get_scale (self) / dio_canvas_get_zoom (self);
  double x, y;

  if (self->is_splitting)
    {
      gtk_gesture_drag_get_start_point (drag, &x, &y);
      dio_canvas_set_amount (self, (x + offset_x) / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1));
      return;
    }

  if (dio_canvas_is_zoomed (self) || self->view.fit == DIO_VIEW_FILL)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  dio_view_move_to (&self->view, self->drag_x - offset_x * scale, self->drag_y - offset_y * scale);
  dio_canvas_moved (self, is_alone (GTK_EVENT_CONTROLLER (drag)));
}

static void
drag_ended_cb (DioCanvas *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

/* Pixel for pixel and back. */
static void
pressed_cb (DioCanvas       *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *click)
{
  if (n_press != 2)
    return;

  if (dio_canvas_is_zoomed (self))
    {
      dio_view_reset (&self->view, self->view.fit);
      dio_canvas_moved (self, is_alone (GTK_EVENT_CONTROLLER (click)));
    }
  else
    zoom_at_pointer (self, 1, x, y, is_alone (GTK_EVENT_CONTROLLER (click)));
}

static void
pinch_begun_cb (DioCanvas *self)
{
  self->pinch_zoom = dio_canvas_get_zoom (self);
}

static void
pinched_cb (DioCanvas  *self,
            double      factor,
            GtkGesture *gesture)
{
  double x;
  double y;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    zoom_at_pointer (self, self->pinch_zoom * factor, x, y, FALSE);
}

static gboolean
zoom_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  DioCanvas *self = DIO_CANVAS (widget);
  int step = g_variant_get_int32 (args);

  if (step == 0)
    dio_view_reset (&self->view, self->view.fit);
  else
    dio_view_zoom_at (&self->view, dio_canvas_get_zoom (self) * pow (KEY_FACTOR, step),
                      self->view.area_width / 2.0, self->view.area_height / 2.0);
  dio_canvas_moved (self, FALSE);
  return GDK_EVENT_STOP;
}

static gboolean
full_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  DioCanvas *self = DIO_CANVAS (widget);

  dio_view_zoom_at (&self->view, 1, self->view.area_width / 2.0, self->view.area_height / 2.0);
  dio_canvas_moved (self, FALSE);
  return GDK_EVENT_STOP;
}

/* A picture that cannot be moved leaves the arrows to others. */
static gboolean
arrow_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  DioCanvas *self = DIO_CANVAS (widget);
  DioView old = self->view;
  double zoom = dio_canvas_get_zoom (self);
  int across, down;

  g_variant_get (args, "(ii)", &across, &down);
  dio_view_move_to (&self->view,
                    self->view.center_x + across * KEY_STEP * self->view.area_width / zoom,
                    self->view.center_y + down * KEY_STEP * self->view.area_height / zoom);
  if (dio_view_equal (&old, &self->view))
    return GDK_EVENT_PROPAGATE;

  dio_canvas_moved (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
add_arrow (GtkWidgetClass *widget_class,
           guint           key,
           guint           keypad_key,
           int             across,
           int             down)
{
  gtk_widget_class_add_binding (widget_class, key, 0, arrow_cb, "(ii)", across, down);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, arrow_cb, "(ii)", across, down);
}

void
dio_canvas_class_input_init (DioCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_plus, 0, zoom_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_equal, 0, zoom_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Add, 0, zoom_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_minus, 0, zoom_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Subtract, 0, zoom_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, zoom_key_cb, "i", 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_1, GDK_CONTROL_MASK, full_key_cb, NULL);
  add_arrow (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_arrow (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_arrow (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_arrow (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
}

static void
add_pointer_controllers (DioCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

void
dio_canvas_input_init (DioCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begun_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_ended_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begun_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  add_pointer_controllers (self);
}
