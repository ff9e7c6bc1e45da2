/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in large, and how it came about. First a version of the size of
 * the window is shown; the whole picture is decoded once somebody zooms in. */

#include "config.h"

#include "dio-viewer-private.h"

#include "dio-error-text.h"
#include "dio-error.h"
#include "dio-pyramid-loader.h"
#include "dio-words.h"

#include <glib/gi18n.h>

#define MIN_SIDE 640

G_DEFINE_FINAL_TYPE (DioViewer, dio_viewer, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cancel_load (DioViewer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_failure (DioViewer    *self,
              const GError *error)
{
  DioErrorText text = dio_error_text (error);
  gboolean is_missing = g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
  gboolean is_damaged = g_error_matches (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_autofree char *name = g_path_get_basename (dio_result_get_path (self->result));
  g_autofree char *sentence = NULL;

  g_message ("%s: %s", dio_result_get_id (self->result), error->message);
  /* Translators: of a picture whose file was moved or deleted by another program; %s is its name. */
  sentence = g_strdup_printf (_("“%s” is not where it was. What is known of the picture is kept."), name);
  adw_status_page_set_title (self->failed, is_missing ? _("File Not Found") :
                                           is_damaged ? _("Picture Cannot Be Read") : text.title);
  adw_status_page_set_description (self->failed, is_missing ? sentence : text.sentence);
  gtk_widget_set_visible (self->failed_buttons, is_missing);
  gtk_stack_set_visible_child_name (self->stage, "failed");
}

static void
whole_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DioViewer *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioPyramid) pyramid = dio_load_pyramid_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (pyramid != NULL)
    dio_canvas_set_pyramid (self->view, pyramid);
  else
    show_failure (self, error);
}

static void
load_whole (DioViewer *self)
{
  g_autoptr(GFile) file = g_file_new_for_path (dio_result_get_path (self->result));

  cancel_load (self);
  self->cancellable = g_cancellable_new ();
  dio_load_pyramid_async (file, NULL, 0, self->cancellable, whole_loaded_cb, self);
}

static int
get_window_side (DioViewer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? GTK_WIDGET (root) : GTK_WIDGET (self);
  int side = MAX (gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  return MAX (side, MIN_SIDE) * gtk_widget_get_scale_factor (widget);
}

/* Whether the screen has room for more pixels than a picture of the size of the
 * window has. */
static gboolean
wants_whole (DioViewer *self)
{
  const GError *error;
  GdkTexture *texture = dio_look_ahead_lookup (self->look_ahead, self->result, &error);
  int width = dio_result_get_width (self->result);

  if (texture == NULL)
    return dio_canvas_is_zoomed (self->view);

  return gdk_texture_get_width (texture) < width &&
         gdk_texture_get_width (texture) < width * dio_canvas_get_zoom (self->view) - 1;
}

static void
show_zoom (DioViewer *self)
{
  g_autofree char *label = NULL;

  /* Translators: how large a picture is shown: “100 %”. */
  label = g_strdup_printf (_("%.0f %%"), dio_canvas_get_zoom (self->view) * 100);
  gtk_button_set_label (self->zoom_button, label);

  if (self->result != NULL && !self->is_full && wants_whole (self))
    {
      self->is_full = TRUE;
      load_whole (self);
    }
}

static void
show_window_size (DioViewer *self)
{
  const GError *error;
  GdkTexture *texture = dio_look_ahead_lookup (self->look_ahead, self->result, &error);

  if (texture != NULL)
    dio_canvas_set_meanwhile (self->view, GDK_PAINTABLE (texture));
  else if (error != NULL)
    show_failure (self, error);
}

static void
loaded_cb (DioViewer *self,
           DioResult *result)
{
  if (result == self->result)
    show_window_size (self);
}

static void
look_ahead (DioViewer *self)
{
  g_autoptr(DioResult) next = dio_result_walk_peek (self->walk, 1);
  g_autoptr(DioResult) previous = dio_result_walk_peek (self->walk, -1);
  DioResult *results[] = { self->result, next, previous };

  dio_look_ahead_want (self->look_ahead, results, G_N_ELEMENTS (results), get_window_side (self));
}

static void
show_result (DioViewer *self)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, dio_result_get_provider_id (self->result));
  const char *maker = provider != NULL ? _(dio_provider_get_display_name (provider))
                                       : dio_result_get_provider_id (self->result);
  g_autofree char *caption = dio_format_caption (self->result, maker);
  g_autofree char *size = dio_format_size (dio_result_get_width (self->result),
                                           dio_result_get_height (self->result));

  adw_window_title_set_title (self->title, caption);
  adw_window_title_set_subtitle (self->title, size);
  dio_result_details_set_result (self->details, self->result);
  dio_mark_bar_set_result (self->marks, self->result);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                  -1);

  cancel_load (self);
  self->is_full = FALSE;
  gtk_stack_set_visible_child_name (self->stage, "picture");
  dio_canvas_set_pyramid (self->view, NULL);
  dio_canvas_set_meanwhile (self->view, NULL);
  dio_canvas_set_size (self->view, dio_result_get_width (self->result), dio_result_get_height (self->result));
}

static void
walked_cb (DioViewer *self)
{
  DioResult *result = dio_result_walk_get_result (self->walk);
  gboolean is_other = result != self->result;

  if (result == NULL)
    {
      if (self->result != NULL)
        dio_viewer_close (self);
      return;
    }

  g_set_object (&self->result, result);
  g_signal_group_set_target (self->signals, result);
  if (is_other)
    show_result (self);
  look_ahead (self);
  if (is_other)
    show_window_size (self);
  dio_viewer_update_actions (self);
}

static void
near_walked_cb (DioViewer *self,
                DioResult *result)
{
  dio_result_walk_begin (self->walk, result);
}

/* A file that was gone is found again, somewhere else. */
static void
path_changed_cb (DioViewer *self)
{
  dio_look_ahead_want (self->look_ahead, NULL, 0, 0);
  show_result (self);
  look_ahead (self);
}

void
dio_viewer_close (DioViewer *self)
{
  cancel_load (self);
  g_signal_emit (self, signals[CLOSED], 0);

  g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->result);
  dio_look_ahead_want (self->look_ahead, NULL, 0, 0);
  dio_canvas_set_pyramid (self->view, NULL);
  dio_canvas_set_meanwhile (self->view, NULL);
  dio_result_walk_end (self->walk);
}

static void
dio_viewer_dispose (GObject *object)
{
  DioViewer *self = DIO_VIEWER (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  cancel_load (self);
  g_clear_object (&self->result);
  g_clear_object (&self->signals);
  g_clear_object (&self->look_ahead);
  g_clear_object (&self->walk);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_VIEWER);

  G_OBJECT_CLASS (dio_viewer_parent_class)->dispose (object);
}

static void
dio_viewer_class_init (DioViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_viewer_dispose;

  /* Nothing is to be seen in large any more; what was is still known. */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIO_TYPE_CANVAS);
  g_type_ensure (DIO_TYPE_MARK_BAR);
  g_type_ensure (DIO_TYPE_RESULT_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, DioViewer, box);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, title);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, flap);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, stage);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, view);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, failed);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, failed_buttons);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, use_button);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, details);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, marks);
  gtk_widget_class_bind_template_callback (widget_class, near_walked_cb);

  dio_viewer_class_actions_init (klass);
}

/* The arrow of a split button has a tooltip, but in libadwaita 1.2 no name. */
static void
name_arrow (DioViewer *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->use_button));

  while (child != NULL && !GTK_IS_MENU_BUTTON (child))
    child = gtk_widget_get_next_sibling (child);

  if (child != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    adw_split_button_get_dropdown_tooltip (self->use_button), -1);
}

static void
dio_viewer_init (DioViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_arrow (self);
  self->look_ahead = dio_look_ahead_new ();
  self->signals = g_signal_group_new (DIO_TYPE_RESULT);
  g_signal_group_connect_swapped (self->signals, "notify::path", G_CALLBACK (path_changed_cb), self);
  g_signal_connect_object (self->look_ahead, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::zoom", G_CALLBACK (show_zoom), self, G_CONNECT_SWAPPED);
}

void
dio_viewer_set_results (DioViewer  *self,
                        DioStudio  *studio,
                        DioResultList *results)
{
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  dio_result_details_set_studio (self->details, studio);
  self->walk = dio_result_walk_new (results);
  g_signal_connect_object (self->walk, "changed", G_CALLBACK (walked_cb), self, G_CONNECT_SWAPPED);
}

static void
focus_idle_cb (gpointer user_data)
{
  DioViewer *self = user_data;

  self->focus_id = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* @meanwhile is shown until there is better. */
void
dio_viewer_open (DioViewer    *self,
                 DioResult    *result,
                 GdkPaintable *meanwhile)
{
  const GError *error;

  dio_result_walk_begin (self->walk, result);
  if (meanwhile != NULL && dio_look_ahead_lookup (self->look_ahead, result, &error) == NULL)
    dio_canvas_set_meanwhile (self->view, meanwhile);

  /* The click that opened it goes on to focus the tile, which is hidden by now. */
  if (self->focus_id == 0)
    self->focus_id = g_idle_add_once (focus_idle_cb, self);
}

/* Borrowed; NULL while nothing is shown. */
DioResult *
dio_viewer_get_result (DioViewer *self)
{
  return self->result;
}

/* FALSE where the picture is not whole in sight. */
gboolean
dio_viewer_find_place (DioViewer       *self,
                       GtkWidget       *relative_to,
                       graphene_rect_t *place)
{
  graphene_point_t origin;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->view)) ||
      !dio_canvas_find_picture (self->view, place) ||
      !gtk_widget_compute_point (GTK_WIDGET (self->view), relative_to, &GRAPHENE_POINT_INIT (0, 0), &origin))
    return FALSE;

  graphene_rect_offset (place, origin.x, origin.y);
  return TRUE;
}

/* Of the size of the window at most; NULL until there is one. */
GdkPaintable *
dio_viewer_dup_picture (DioViewer *self)
{
  const GError *error;
  GdkTexture *texture = NULL;

  if (self->result != NULL)
    texture = dio_look_ahead_lookup (self->look_ahead, self->result, &error);

  return texture != NULL ? GDK_PAINTABLE (g_object_ref (texture)) : NULL;
}

/* While it is still on its way. */
void
dio_viewer_set_hides_picture (DioViewer *self,
                              gboolean   hides_picture)
{
  gtk_widget_set_opacity (GTK_WIDGET (self->view), hides_picture ? 0 : 1);
}
