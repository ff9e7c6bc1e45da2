/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture that can be zoomed into and moved about. It is drawn from a texture
 * that may be smaller than the picture: fitted into a window, a picture of full
 * size would cost a frame's time for pixels that nobody sees. */

#include "config.h"

#include "dio-zoom-view.h"

#include <math.h>

#define MAX_ZOOM 16.0 /* screen pixels per pixel of the picture */
#define WHEEL_FACTOR 1.25

struct _DioZoomView
{
  GtkWidget parent_instance;

  /* Owned */
  GdkTexture *texture;

  /* The picture, in its own pixels */
  int         width;
  int         height;

  /* The view */
  double      zoom;     /* widget units per pixel of the picture; 0 to fit */
  double      center_x; /* the point of the picture in the middle of the widget */
  double      center_y;

  /* Under way */
  double      pointer_x;
  double      pointer_y;
  double      drag_x;      /* center as a drag began */
  double      drag_y;
  double      pinch_zoom;  /* zoom as a pinch began */
};

G_DEFINE_FINAL_TYPE (DioZoomView, dio_zoom_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ZOOM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Small pictures are not blown up to fit. */
static double
get_fit (DioZoomView *self)
{
  double fit_x = (double) gtk_widget_get_width (GTK_WIDGET (self)) / MAX (self->width, 1);
  double fit_y = (double) gtk_widget_get_height (GTK_WIDGET (self)) / MAX (self->height, 1);

  return MIN (MIN (fit_x, fit_y), 1.0);
}

static double
get_scale (DioZoomView *self)
{
  return self->zoom > 0 ? self->zoom : get_fit (self);
}

static double
clamp_center (double center,
              double size,
              double seen)
{
  if (seen >= size)
    return size / 2;

  return CLAMP (center, seen / 2, size - seen / 2);
}

static void
move_to (DioZoomView *self,
         double       center_x,
         double       center_y)
{
  double scale = get_scale (self);

  self->center_x = clamp_center (center_x, self->width, gtk_widget_get_width (GTK_WIDGET (self)) / scale);
  self->center_y = clamp_center (center_y, self->height, gtk_widget_get_height (GTK_WIDGET (self)) / scale);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The point of the picture under (x, y) stays there. */
static void
zoom_at (DioZoomView *self,
         double       zoom,
         double       x,
         double       y)
{
  double from_middle_x = x - gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double from_middle_y = y - gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  double old = get_scale (self);
  double fit = get_fit (self);
  double maximum = MAX_ZOOM / gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double picture_x;
  double picture_y;

  if (self->width == 0 || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return;

  picture_x = self->center_x + from_middle_x / old;
  picture_y = self->center_y + from_middle_y / old;

  zoom = MIN (zoom, maximum);
  self->zoom = zoom <= fit ? 0 : zoom;

  zoom = get_scale (self);
  move_to (self, picture_x - from_middle_x / zoom, picture_y - from_middle_y / zoom);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
zoom_in_middle (DioZoomView *self,
                double       zoom)
{
  zoom_at (self, zoom,
           gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
           gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

static void
pointer_moved_cb (DioZoomView *self,
                  double       x,
                  double       y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static gboolean
scrolled_cb (DioZoomView *self,
             double       dx,
             double       dy)
{
  zoom_at (self, get_scale (self) * pow (WHEEL_FACTOR, -dy), self->pointer_x, self->pointer_y);
  return GDK_EVENT_STOP;
}

static void
drag_begun_cb (DioZoomView *self)
{
  self->drag_x = self->center_x;
  self->drag_y = self->center_y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->zoom > 0 ? "grabbing" : NULL);
}

static void
dragged_cb (DioZoomView *self,
            double       offset_x,
            double       offset_y)
{
  double scale = get_scale (self);

  move_to (self, self->drag_x - offset_x / scale, self->drag_y - offset_y / scale);
}

static void
drag_ended_cb (DioZoomView *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
pressed_cb (DioZoomView *self,
            int          n_press,
            double       x,
            double       y)
{
  if (n_press != 2)
    return;

  if (self->zoom > 0)
    dio_zoom_view_zoom_to_fit (self);
  else
    zoom_at (self, 1.0 / gtk_widget_get_scale_factor (GTK_WIDGET (self)), x, y);
}

static void
pinch_begun_cb (DioZoomView *self)
{
  self->pinch_zoom = get_scale (self);
}

static void
pinched_cb (DioZoomView *self,
            double       factor,
            GtkGesture  *gesture)
{
  double x;
  double y;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    zoom_at (self, self->pinch_zoom * factor, x, y);
}

static void
dio_zoom_view_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 160;
  *natural = 640;
}

static void
dio_zoom_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  DioZoomView *self = DIO_ZOOM_VIEW (widget);

  move_to (self, self->center_x, self->center_y);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
compute_bounds (DioZoomView     *self,
                graphene_rect_t *bounds)
{
  double scale = get_scale (self);

  graphene_rect_init (bounds,
                      gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - self->center_x * scale,
                      gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - self->center_y * scale,
                      self->width * scale,
                      self->height * scale);
}

static void
dio_zoom_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  DioZoomView *self = DIO_ZOOM_VIEW (widget);
  graphene_rect_t bounds;

  if (self->texture == NULL)
    return;

  compute_bounds (self, &bounds);
  gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
}

static void
dio_zoom_view_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DioZoomView *self = DIO_ZOOM_VIEW (object);

  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, dio_zoom_view_get_zoom (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_zoom_view_dispose (GObject *object)
{
  DioZoomView *self = DIO_ZOOM_VIEW (object);

  g_clear_object (&self->texture);

  G_OBJECT_CLASS (dio_zoom_view_parent_class)->dispose (object);
}

static void
dio_zoom_view_class_init (DioZoomViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dio_zoom_view_get_property;
  object_class->dispose = dio_zoom_view_dispose;
  widget_class->measure = dio_zoom_view_measure;
  widget_class->size_allocate = dio_zoom_view_size_allocate;
  widget_class->snapshot = dio_zoom_view_snapshot;

  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_pointer_controllers (DioZoomView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

static void
add_gestures (DioZoomView *self)
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
}

static void
dio_zoom_view_init (DioZoomView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_pointer_controllers (self);
  add_gestures (self);
}

/* Another picture: shown whole. */
void
dio_zoom_view_set_size (DioZoomView *self,
                        int          width,
                        int          height)
{
  self->width = width;
  self->height = height;
  dio_zoom_view_zoom_to_fit (self);
}

/* The picture, or a smaller version of it; the view stays where it is. */
void
dio_zoom_view_set_texture (DioZoomView *self,
                           GdkTexture  *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Whether the screen has room for more pixels than the texture has. */
gboolean
dio_zoom_view_wants_more (DioZoomView *self)
{
  double shown = self->width * get_scale (self) * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->texture == NULL)
    return FALSE;

  return gdk_texture_get_width (self->texture) < self->width
         && gdk_texture_get_width (self->texture) < shown - 1;
}

/* FALSE where it is zoomed into, and not whole in sight. */
gboolean
dio_zoom_view_find_picture (DioZoomView     *self,
                            graphene_rect_t *place)
{
  if (self->zoom > 0 || self->width == 0 || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return FALSE;

  compute_bounds (self, place);
  return TRUE;
}

/* Screen pixels per pixel of the picture. */
double
dio_zoom_view_get_zoom (DioZoomView *self)
{
  return get_scale (self) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

/* In widget units; FALSE where it is whole in sight already. */
gboolean
dio_zoom_view_pan (DioZoomView *self,
                   double       dx,
                   double       dy)
{
  double scale = get_scale (self);

  if (self->zoom == 0)
    return FALSE;

  move_to (self, self->center_x + dx / scale, self->center_y + dy / scale);
  return TRUE;
}

void
dio_zoom_view_zoom_by (DioZoomView *self,
                       double       factor)
{
  zoom_in_middle (self, get_scale (self) * factor);
}

void
dio_zoom_view_zoom_to_fit (DioZoomView *self)
{
  self->zoom = 0;
  move_to (self, self->width / 2.0, self->height / 2.0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

void
dio_zoom_view_zoom_to_full (DioZoomView *self)
{
  zoom_in_middle (self, 1.0 / gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}
