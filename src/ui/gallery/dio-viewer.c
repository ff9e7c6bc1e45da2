/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in large, and how it came about. First a version of the size of
 * the window is shown; the whole picture is decoded once somebody zooms in. */

#include "config.h"

#include "dio-viewer.h"

#include "dio-error-text.h"
#include "dio-picture-loader.h"
#include "dio-result-actions.h"
#include "dio-result-details.h"
#include "dio-words.h"
#include "dio-zoom-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define ZOOM_STEP 1.25
#define MIN_SIDE 640

struct _DioViewer
{
  GtkWidget parent_instance;

  /* Owned */
  DioStudio          *studio;
  GtkSingleSelection *selection;   /* over the results of the gallery */
  DioResult          *result;      /* shown now, or NULL */
  GCancellable       *cancellable; /* of what is being decoded */

  guint               focus_id;    /* idle source that takes the focus */
  gboolean            is_full;     /* the whole picture is there or under way */

  /* Template children */
  GtkWidget          *box;
  AdwWindowTitle     *title;
  GtkToggleButton    *details_button;
  AdwFlap            *flap;
  GtkStack           *stage;
  DioZoomView        *view;
  AdwStatusPage      *failed;
  GtkButton          *zoom_button;
  DioResultDetails   *details;
};

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

  g_message ("%s: %s", dio_result_get_id (self->result), error->message);
  adw_status_page_set_title (self->failed, text.title);
  adw_status_page_set_description (self->failed, text.sentence);
  gtk_stack_set_visible_child_name (self->stage, "failed");
}

static void
picture_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  DioViewer *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = dio_load_picture_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (texture != NULL)
    dio_zoom_view_set_texture (self->view, texture);
  else
    show_failure (self, error);
}

static void
load (DioViewer *self,
      int        max_side)
{
  g_autoptr(GFile) file = g_file_new_for_path (dio_result_get_path (self->result));

  cancel_load (self);
  self->cancellable = g_cancellable_new ();
  dio_load_file_async (file, max_side, self->cancellable, picture_loaded_cb, self);
}

static int
get_window_side (DioViewer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? GTK_WIDGET (root) : GTK_WIDGET (self);
  int side = MAX (gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  return MAX (side, MIN_SIDE) * gtk_widget_get_scale_factor (widget);
}

static void
show_zoom (DioViewer *self)
{
  g_autofree char *label = NULL;

  /* Translators: how large a picture is shown: “100 %”. */
  label = g_strdup_printf (_("%.0f %%"), dio_zoom_view_get_zoom (self->view) * 100);
  gtk_button_set_label (self->zoom_button, label);

  if (self->result != NULL && !self->is_full && dio_zoom_view_wants_more (self->view))
    {
      self->is_full = TRUE;
      load (self, 0);
    }
}

static void
update_turning (DioViewer *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous",
                                 position != GTK_INVALID_LIST_POSITION && position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next",
                                 position != GTK_INVALID_LIST_POSITION && position + 1 < n);
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
  dio_result_details_set_result (self->details, self->result, maker);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, caption,
                                  -1);

  gtk_stack_set_visible_child_name (self->stage, "picture");
  dio_zoom_view_set_texture (self->view, NULL);
  dio_zoom_view_set_size (self->view,
                          dio_result_get_width (self->result),
                          dio_result_get_height (self->result));
  self->is_full = FALSE;
  load (self, get_window_side (self));
}

static void
close_viewer (DioViewer *self)
{
  cancel_load (self);
  g_clear_object (&self->result);
  dio_zoom_view_set_texture (self->view, NULL);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
selected_cb (DioViewer *self)
{
  DioResult *result = gtk_single_selection_get_selected_item (self->selection);

  if (result == self->result)
    return;

  if (result == NULL)
    {
      close_viewer (self);
      return;
    }

  g_set_object (&self->result, result);
  show_result (self);
  update_turning (self);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  close_viewer (DIO_VIEWER (widget));
}

static void
turn_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioViewer *self = DIO_VIEWER (widget);
  guint position = gtk_single_selection_get_selected (self->selection);

  position = g_str_equal (name, "viewer.next") ? position + 1 : position - 1;
  gtk_single_selection_set_selected (self->selection, position);
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
dio_viewer_dispose (GObject *object)
{
  DioViewer *self = DIO_VIEWER (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  cancel_load (self);
  g_clear_object (&self->result);
  g_clear_object (&self->selection);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_VIEWER);

  G_OBJECT_CLASS (dio_viewer_parent_class)->dispose (object);
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

static void
dio_viewer_class_init (DioViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_viewer_dispose;

  /* Nothing is to be seen in large any more. */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIO_TYPE_ZOOM_VIEW);
  g_type_ensure (DIO_TYPE_RESULT_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, DioViewer, box);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, title);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, details_button);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, flap);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, stage);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, view);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, failed);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, DioViewer, details);

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

static void
dio_viewer_init (DioViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->view, "notify::zoom", G_CALLBACK (show_zoom), self, G_CONNECT_SWAPPED);
}

void
dio_viewer_set_results (DioViewer  *self,
                        DioStudio  *studio,
                        GListModel *results)
{
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, results);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_turning),
                           self, G_CONNECT_SWAPPED);
}

static void
focus_idle_cb (gpointer user_data)
{
  DioViewer *self = user_data;

  self->focus_id = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
dio_viewer_open (DioViewer *self,
                 DioResult *result)
{
  GListModel *results = gtk_single_selection_get_model (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(DioResult) item = g_list_model_get_item (results, i);

      if (item == result)
        gtk_single_selection_set_selected (self->selection, i);
    }

  /* The click that opened it goes on to focus the tile, which is hidden by now. */
  if (self->focus_id == 0)
    self->focus_id = g_idle_add_once (focus_idle_cb, self);
}
