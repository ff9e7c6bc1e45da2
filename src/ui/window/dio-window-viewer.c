/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the grid to the large view and back: the picture grows out of its tile and
 * shrinks into it, and nothing else moves. */

#include "config.h"

#include "dio-window-private.h"

/* Without a transition of its own: the picture is what moves. */
static void
switch_to (DioWindow *self,
           GtkWidget *page)
{
  GtkStackTransitionType transition = gtk_stack_get_transition_type (self->pages);

  gtk_stack_set_transition_type (self->pages, GTK_STACK_TRANSITION_TYPE_NONE);
  gtk_stack_set_visible_child (self->pages, page);
  gtk_stack_set_transition_type (self->pages, transition);
}

static gboolean
find_large_place (GtkWidget       *flight,
                  graphene_rect_t *place,
                  gpointer         user_data)
{
  DioWindow *self = user_data;

  return dio_viewer_find_place (self->viewer, flight, place);
}

static gboolean
find_tile_place (GtkWidget       *flight,
                 graphene_rect_t *place,
                 gpointer         user_data)
{
  DioWindow *self = user_data;

  return dio_gallery_find_place (self->gallery, self->shown, flight, place, NULL);
}

static void
show_large (DioWindow *self)
{
  dio_viewer_set_hides_picture (self->viewer, FALSE);
}

/* To where its tile is by now, if that is in sight. */
static void
viewer_closed_cb (DioWindow *self)
{
  g_autoptr(GdkPaintable) picture = dio_viewer_dup_picture (self->viewer);
  graphene_rect_t from;
  gboolean has_place = dio_viewer_find_place (self->viewer, GTK_WIDGET (self->pages), &from);

  g_set_object (&self->shown, dio_viewer_get_result (self->viewer));
  switch_to (self, self->compose_page);
  if (self->shown != NULL)
    dio_gallery_reveal (self->gallery, self->shown);
  if (self->shown != NULL && has_place && picture != NULL)
    dio_flight_start (self->flight, picture, &from, FALSE, find_tile_place, self);
}

static void
make_viewer (DioWindow *self)
{
  self->viewer = g_object_new (DIO_TYPE_VIEWER, NULL);
  gtk_stack_add_child (self->pages, GTK_WIDGET (self->viewer));
  dio_viewer_set_results (self->viewer, self->studio, dio_gallery_get_results (self->gallery));
  g_signal_connect_object (self->viewer, "closed", G_CALLBACK (viewer_closed_cb), self, G_CONNECT_SWAPPED);
}

void
dio_window_open_result (DioWindow *self,
                        DioResult *result)
{
  graphene_rect_t from;
  GdkPaintable *shown = NULL;
  gboolean has_place = dio_gallery_find_place (self->gallery, result, GTK_WIDGET (self->pages), &from, &shown);
  g_autoptr(GdkPaintable) picture = shown != NULL ? g_object_ref (shown) : NULL;

  if (self->viewer == NULL)
    make_viewer (self);
  switch_to (self, GTK_WIDGET (self->viewer));
  dio_viewer_open (self->viewer, result, picture);
  if (!has_place || picture == NULL)
    return;

  dio_viewer_set_hides_picture (self->viewer, TRUE);
  dio_flight_start (self->flight, picture, &from, TRUE, find_large_place, self);
}

void
dio_window_viewer_init (DioWindow *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  g_autoptr(GtkWidget) pages = g_object_ref (GTK_WIDGET (self->pages));

  self->flight = g_object_new (DIO_TYPE_FLIGHT, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), NULL);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), pages);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->flight));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), overlay);

  g_signal_connect_object (self->flight, "landed", G_CALLBACK (show_large), self, G_CONNECT_SWAPPED);
}

static void
result_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DioWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResult) found = dio_library_load_result_finish (DIO_LIBRARY (source), result, &error);

  if (found != NULL && dio_result_get_deleted (found) == 0)
    dio_window_open_result (self, found);
  else
    dio_window_show_gallery (self);
}

/* The one with an id; what was deleted meanwhile is not missed. */
void
dio_window_show_result (DioWindow  *self,
                        const char *id)
{
  dio_library_load_result_async (dio_studio_get_library (self->studio), id, result_loaded_cb, g_object_ref (self));
}
