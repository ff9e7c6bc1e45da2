/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture, or two on one another, that can be zoomed into and moved about. It
 * is painted at the size that it is seen at, off the main thread, from a pyramid;
 * what it costs to show goes by the size of the widget alone. */

#include "config.h"

#include "dio-canvas-private.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (DioCanvas, dio_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ZOOM,
  PROP_AMOUNT,
  N_PROPS
};

enum
{
  MOVED,
  POINTED,
  PAINTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
want_painting (DioCanvas *self)
{
  DioPainting painting = {
    .pyramids = { self->pyramid, self->second },
    .views = { self->view },
    .is_difference = self->blend == DIO_CANVAS_DIFFERENCE,
    .difference = self->difference,
    .radius = round (self->radius * dio_canvas_get_scale (self)),
  };

  if (self->pyramid == NULL || self->view.area_width <= 0 || self->view.area_height <= 0)
    return;

  if (self->second != NULL)
    {
      painting.views[1].width = dio_pyramid_get_width (self->second);
      painting.views[1].height = dio_pyramid_get_height (self->second);
      painting.views[1].area_width = self->view.area_width;
      painting.views[1].area_height = self->view.area_height;
      dio_view_follow (&painting.views[1], &self->view, self->link);
    }

  dio_painter_want (self->painter, &painting);
}

static void
change_view (DioCanvas *self)
{
  want_painting (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

void
dio_canvas_moved (DioCanvas *self,
                  gboolean   is_alone)
{
  change_view (self);
  g_signal_emit (self, signals[MOVED], 0, is_alone);
}

void
dio_canvas_pointed (DioCanvas *self,
                    double     x,
                    double     y)
{
  g_signal_emit (self, signals[POINTED], 0, x, y);
}

static void
painted_cb (DioCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[PAINTED], 0);
}

static void
renew_painter (DioCanvas *self)
{
  g_clear_object (&self->painter);
  self->painter = dio_painter_new ();
  g_signal_connect_object (self->painter, "painted", G_CALLBACK (painted_cb), self, G_CONNECT_SWAPPED);
}

static void
dio_canvas_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  *minimum = 80;
  *natural = 320;
}

/* Also when it came to another screen. */
static void
update_area (DioCanvas *self)
{
  double scale = dio_canvas_get_scale (self);
  int width = round (gtk_widget_get_width (GTK_WIDGET (self)) * scale);
  int height = round (gtk_widget_get_height (GTK_WIDGET (self)) * scale);

  if (width == self->view.area_width && height == self->view.area_height)
    return;

  self->view.area_width = width;
  self->view.area_height = height;
  dio_view_move_to (&self->view, self->view.center_x, self->view.center_y);
  change_view (self);
}

static void
dio_canvas_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  update_area (DIO_CANVAS (widget));
}

static void
snapshot_meanwhile (DioCanvas   *self,
                    GtkSnapshot *snapshot)
{
  double scale = dio_canvas_get_scale (self);
  double x, y, width, height;

  if (self->meanwhile == NULL)
    return;

  dio_view_get_bounds (&self->view, &x, &y, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x / scale, y / scale));
  gdk_paintable_snapshot (self->meanwhile, snapshot, width / scale, height / scale);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_clipped (DioCanvas   *self,
                  GtkSnapshot *snapshot,
                  guint        which,
                  double       from,
                  double       to)
{
  double scale = dio_canvas_get_scale (self);
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (from, 0, MAX (to - from, 0), height));
  dio_painter_snapshot (self->painter, which, snapshot, scale);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_line (DioCanvas   *self,
               GtkSnapshot *snapshot,
               double       x)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  const GdkRGBA dark = { 0, 0, 0, 0.5 };
  const GdkRGBA light = { 1, 1, 1, 1 };
  GskRoundedRect grip;

  gtk_snapshot_append_color (snapshot, &dark, &GRAPHENE_RECT_INIT (x - 2, 0, 4, height));
  gtk_snapshot_append_color (snapshot, &light, &GRAPHENE_RECT_INIT (x - 1, 0, 2, height));

  gsk_rounded_rect_init_from_rect (&grip, &GRAPHENE_RECT_INIT (x - 6, height / 2 - 16, 12, 32), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &grip);
  gtk_snapshot_append_color (snapshot, &light, &grip.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &grip, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { dark, dark, dark, dark });
}

static void
dio_canvas_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  DioCanvas *self = DIO_CANVAS (widget);
  double scale = dio_canvas_get_scale (self);
  int width = gtk_widget_get_width (widget);
  double split = round (width * self->amount * scale) / scale;

  if (!dio_painter_has (self->painter, 0) && !dio_painter_has (self->painter, 1))
    {
      snapshot_meanwhile (self, snapshot);
      return;
    }

  switch (self->blend)
    {
    case DIO_CANVAS_SECOND:
      dio_painter_snapshot (self->painter, 1, snapshot, scale);
      break;
    case DIO_CANVAS_SPLIT:
      snapshot_clipped (self, snapshot, 0, 0, split);
      snapshot_clipped (self, snapshot, 1, split, width);
      snapshot_line (self, snapshot, split);
      break;
    case DIO_CANVAS_FADE:
      dio_painter_snapshot (self->painter, 0, snapshot, scale);
      gtk_snapshot_push_opacity (snapshot, self->amount);
      dio_painter_snapshot (self->painter, 1, snapshot, scale);
      gtk_snapshot_pop (snapshot);
      break;
    case DIO_CANVAS_FIRST:
    case DIO_CANVAS_DIFFERENCE:
    default:
      dio_painter_snapshot (self->painter, 0, snapshot, scale);
    }
}

static void
dio_canvas_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DioCanvas *self = DIO_CANVAS (object);

  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, dio_canvas_get_zoom (self));
      break;
    case PROP_AMOUNT:
      g_value_set_double (value, self->amount);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_canvas_dispose (GObject *object)
{
  DioCanvas *self = DIO_CANVAS (object);

  g_clear_object (&self->painter);
  g_clear_object (&self->meanwhile);
  g_clear_pointer (&self->pyramid, dio_pyramid_unref);
  g_clear_pointer (&self->second, dio_pyramid_unref);

  G_OBJECT_CLASS (dio_canvas_parent_class)->dispose (object);
}

static void
dio_canvas_class_init (DioCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dio_canvas_get_property;
  object_class->dispose = dio_canvas_dispose;
  widget_class->measure = dio_canvas_measure;
  widget_class->size_allocate = dio_canvas_size_allocate;
  widget_class->snapshot = dio_canvas_snapshot;

  properties[PROP_ZOOM] =
    g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_AMOUNT] =
    g_param_spec_double ("amount", NULL, NULL, 0, 1, 0.5,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The person has moved the view; TRUE with Shift: this one alone is meant. */
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /* The pointer is above a point of the picture, or NAN where it is not. */
  signals[POINTED] = g_signal_new ("pointed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  /* A view of the picture is there, or another one. */
  signals[PAINTED] = g_signal_new ("painted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  dio_canvas_class_input_init (klass);
}

static void
dio_canvas_init (DioCanvas *self)
{
  self->amount = 0.5;
  self->difference.gain = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  renew_painter (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_area), NULL);
  dio_canvas_input_init (self);
}

/* Another picture: shown whole. */
void
dio_canvas_set_size (DioCanvas *self,
                     int        width,
                     int        height)
{
  self->view.width = width;
  self->view.height = height;
  dio_view_reset (&self->view, self->view.fit);
  change_view (self);
}

/* Shown until the first view of the picture is painted. */
void
dio_canvas_set_meanwhile (DioCanvas    *self,
                          GdkPaintable *meanwhile)
{
  g_set_object (&self->meanwhile, meanwhile);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The view stays where it is. */
void
dio_canvas_set_pyramid (DioCanvas  *self,
                        DioPyramid *pyramid)
{
  if (pyramid == self->pyramid)
    return;

  g_clear_pointer (&self->pyramid, dio_pyramid_unref);
  if (pyramid != NULL)
    self->pyramid = dio_pyramid_ref (pyramid);

  /* What is still on its way belongs to the picture before. */
  if (pyramid == NULL)
    renew_painter (self);
  want_painting (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

DioPyramid *
dio_canvas_get_pyramid (DioCanvas *self)
{
  return self->pyramid;
}

/* Of round corners, which cost nothing this way. */
void
dio_canvas_set_radius (DioCanvas *self,
                       int        radius)
{
  self->radius = radius;
  want_painting (self);
}

const DioView *
dio_canvas_get_view (DioCanvas *self)
{
  return &self->view;
}

/* Pixels of the screen per unit of the widget. Later GTKs know fractions. */
double
dio_canvas_get_scale (DioCanvas *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  double scale = 0;

  if (surface != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (surface), "scale") != NULL)
    g_object_get (surface, "scale", &scale, NULL);

  return scale > 0 ? scale : gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

double
dio_canvas_get_zoom (DioCanvas *self)
{
  return dio_view_get_scale (&self->view);
}

/* FALSE while the picture goes by the size of the widget. */
gboolean
dio_canvas_is_zoomed (DioCanvas *self)
{
  return self->view.zoom > 0;
}

void
dio_canvas_fit (DioCanvas  *self,
                DioViewFit  fit)
{
  dio_view_reset (&self->view, fit);
  change_view (self);
}

void
dio_canvas_zoom_to (DioCanvas *self,
                    double     zoom)
{
  dio_view_zoom_at (&self->view, zoom, self->view.area_width / 2.0, self->view.area_height / 2.0);
  change_view (self);
}

void
dio_canvas_zoom_by (DioCanvas *self,
                    double     factor)
{
  dio_canvas_zoom_to (self, dio_canvas_get_zoom (self) * factor);
}

/* In widths and heights of the widget. */
void
dio_canvas_pan (DioCanvas *self,
                double     across,
                double     down)
{
  double zoom = dio_canvas_get_zoom (self);

  dio_view_move_to (&self->view,
                    self->view.center_x + across * self->view.area_width / zoom,
                    self->view.center_y + down * self->view.area_height / zoom);
  change_view (self);
}

void
dio_canvas_follow (DioCanvas     *self,
                   const DioView *leader,
                   DioViewLink    link)
{
  DioView old = self->view;

  dio_view_follow (&self->view, leader, link);
  if (!dio_view_equal (&old, &self->view))
    change_view (self);
}

/* FALSE where it is zoomed into, and not whole in sight. */
gboolean
dio_canvas_find_picture (DioCanvas       *self,
                         graphene_rect_t *place)
{
  double scale = dio_canvas_get_scale (self);
  double x, y, width, height;

  if (self->view.zoom > 0 || self->view.width == 0 || self->view.area_width == 0)
    return FALSE;

  dio_view_get_bounds (&self->view, &x, &y, &width, &height);
  graphene_rect_init (place, x / scale, y / scale, width / scale, height / scale);
  return TRUE;
}

/* NULL takes it away. */
void
dio_canvas_set_second (DioCanvas   *self,
                       DioPyramid  *pyramid,
                       DioViewLink  link)
{
  g_clear_pointer (&self->second, dio_pyramid_unref);
  if (pyramid != NULL)
    self->second = dio_pyramid_ref (pyramid);
  self->link = link;
  want_painting (self);
}

void
dio_canvas_set_blend (DioCanvas      *self,
                      DioCanvasBlend  blend)
{
  gboolean was_difference = self->blend == DIO_CANVAS_DIFFERENCE;

  self->blend = blend;
  if (was_difference != (blend == DIO_CANVAS_DIFFERENCE))
    want_painting (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dio_canvas_set_amount (DioCanvas *self,
                       double     amount)
{
  amount = CLAMP (amount, 0, 1);
  if (amount == self->amount)
    return;

  self->amount = amount;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AMOUNT]);
}

double
dio_canvas_get_amount (DioCanvas *self)
{
  return self->amount;
}

void
dio_canvas_set_difference (DioCanvas           *self,
                           const DioDifference *difference)
{
  self->difference = *difference;
  want_painting (self);
}
