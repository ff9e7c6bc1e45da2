/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture on its way from one place in the window to another, above all else:
 * a tile grows to the large view, and shrinks back. It fills its place and is cut
 * off there, as in a tile; where the place has the picture's shape, it is whole.
 * Drawn from what is on the screen already, never from the picture in full. */

#include "config.h"

#include "dio-flight.h"

#include <adwaita.h>

#define DURATION 200 /* milliseconds */
#define RADIUS 12.0  /* of a tile */

struct _DioFlight
{
  GtkWidget parent_instance;

  /* Owned */
  AdwAnimation       *animation;
  GdkPaintable       *picture;   /* (nullable): NULL on the ground */

  /* Of the flight under way */
  graphene_rect_t     from;
  DioFlightPlaceFunc  to;
  gpointer            user_data; /* (unowned) */
  gboolean            grows;     /* from a tile; otherwise into one */
  guint               landing;   /* idle source that ends it early */
};

G_DEFINE_FINAL_TYPE (DioFlight, dio_flight, GTK_TYPE_WIDGET)

enum
{
  LANDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
land (DioFlight *self)
{
  g_clear_handle_id (&self->landing, g_source_remove);
  if (self->picture == NULL)
    return;

  g_clear_object (&self->picture);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[LANDED], 0);
}

static void
moved_cb (double   value,
          gpointer user_data)
{
  gtk_widget_queue_draw (user_data);
}

static void
landing_cb (gpointer user_data)
{
  DioFlight *self = user_data;

  self->landing = 0;
  adw_animation_skip (self->animation);
}

static void
draw_covering (GtkSnapshot           *snapshot,
               GdkPaintable          *picture,
               const graphene_rect_t *place,
               float                  radius)
{
  double aspect = gdk_paintable_get_intrinsic_aspect_ratio (picture);
  double width = place->size.width;
  double height = place->size.height;
  GskRoundedRect clip;

  if (aspect <= 0 || width <= 0 || height <= 0)
    return;

  if (width / height > aspect)
    height = width / aspect;
  else
    width = height * aspect;

  gsk_rounded_rect_init_from_rect (&clip, place, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place->origin.x + (place->size.width - width) / 2,
                                                          place->origin.y + (place->size.height - height) / 2));
  gdk_paintable_snapshot (picture, snapshot, width, height);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
dio_flight_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  DioFlight *self = DIO_FLIGHT (widget);
  double progress = adw_animation_get_value (self->animation);
  graphene_rect_t to;
  graphene_rect_t place;

  if (self->picture == NULL)
    return;

  /* What it was to land on is gone: there is no sense in going on. */
  if (!self->to (widget, &to, self->user_data))
    {
      if (self->landing == 0)
        self->landing = g_idle_add_once (landing_cb, self);
      return;
    }

  graphene_rect_interpolate (&self->from, &to, progress, &place);
  draw_covering (snapshot, self->picture, &place, RADIUS * (self->grows ? 1 - progress : progress));
}

static void
dio_flight_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dio_flight_parent_class)->unmap (widget);

  dio_flight_stop (DIO_FLIGHT (widget));
}

static void
dio_flight_dispose (GObject *object)
{
  DioFlight *self = DIO_FLIGHT (object);

  g_clear_handle_id (&self->landing, g_source_remove);
  g_clear_object (&self->picture);
  g_clear_object (&self->animation);

  G_OBJECT_CLASS (dio_flight_parent_class)->dispose (object);
}

static void
dio_flight_class_init (DioFlightClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_flight_dispose;
  widget_class->snapshot = dio_flight_snapshot;
  widget_class->unmap = dio_flight_unmap;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);

  /* The picture is where it belongs, or was stopped. */
  signals[LANDED] = g_signal_new ("landed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_flight_init (DioFlight *self)
{
  AdwAnimationTarget *target;

  target = adw_callback_animation_target_new (moved_cb, self, NULL);
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, DURATION, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_OUT_CUBIC);
  g_signal_connect_object (self->animation, "done", G_CALLBACK (land), self, G_CONNECT_SWAPPED);

  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Without animations it lands at once. */
void
dio_flight_start (DioFlight             *self,
                  GdkPaintable          *picture,
                  const graphene_rect_t *from,
                  gboolean               grows,
                  DioFlightPlaceFunc     to,
                  gpointer               user_data)
{
  dio_flight_stop (self);

  self->picture = g_object_ref (picture);
  self->from = *from;
  self->grows = grows;
  self->to = to;
  self->user_data = user_data;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
}

void
dio_flight_stop (DioFlight *self)
{
  adw_animation_pause (self->animation);
  land (self);
}

gboolean
dio_flight_is_flying (DioFlight *self)
{
  return self->picture != NULL;
}
