/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being made and what was made: jobs first, then the pictures that the
 * bar asks for. Jobs belong to the queue and pictures to the library: what is done
 * to them here is asked of those, and shown once it is so. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-tile.h"

/* Some hundred tiles at scale 1. */
#define CACHE_BYTES (96 * 1024 * 1024)

G_DEFINE_FINAL_TYPE (DioGallery, dio_gallery, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS
};

enum
{
  PROP_0,
  PROP_IS_EMPTY,
  N_PROPS
};

static guint signals[N_SIGNALS];
static GParamSpec *props[N_PROPS];

/* Jobs under way are to be seen wherever one looks but in the trash, those that
 * failed where everything is. */
static gboolean
filter_job (gpointer item,
            gpointer user_data)
{
  DioGallery *self = user_data;
  DioJobState state = dio_job_get_state (item);
  const DioResultQuery *query = dio_result_list_get_query (self->results);

  if (query->in_trash || (dio_job_state_is_over (state) && dio_result_query_is_narrow (query)))
    return FALSE;

  return state != DIO_JOB_DONE && state != DIO_JOB_CANCELLED;
}

static void
jobs_changed_cb (DioGallery *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->jobs), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Until it is known that there is nothing, nothing is said of it. */
static gboolean
is_reading (DioGallery *self)
{
  return !dio_library_is_open (dio_studio_get_library (self->studio)) ||
         dio_result_list_get_is_loading (self->results);
}

/* What is narrow hides the rest; what is empty has nothing to hide. */
static void
items_changed_cb (DioGallery *self)
{
  gboolean has_none = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 && !is_reading (self);
  const DioResultQuery *query = dio_result_list_get_query (self->results);
  gboolean is_narrow = query->in_trash || dio_result_query_is_narrow (query);
  gboolean is_empty = has_none && !is_narrow;

  gtk_stack_set_visible_child_name (self->stack, !has_none ? "grid" : !is_narrow ? "empty" :
                                                 query->in_trash ? "no-trash" : "nothing");
  if (self->bar != NULL)
    dio_gallery_bar_set_has_days (self->bar, is_reading (self) ||
                                             g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0);
  if (self->is_empty == is_empty)
    return;

  self->is_empty = is_empty;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_EMPTY]);
}

/* What was selected may have gone. */
static void
selection_items_changed_cb (DioGallery *self)
{
  items_changed_cb (self);
  dio_gallery_update_actions (self);
}

static void
query_changed_cb (DioGallery *self)
{
  const DioResultQuery *query = dio_gallery_bar_get_query (self->bar);

  dio_result_list_set_query (self->results, query);
  jobs_changed_cb (self);
  gtk_widget_set_visible (self->trash_bar, query->in_trash);
  gtk_popover_menu_set_menu_model (self->menu, query->in_trash ? self->trash_menu : self->result_menu);
  dio_gallery_update_actions (self);
}

static void
clear_search_cb (DioGallery *self)
{
  dio_gallery_bar_clear (self->bar);
  dio_gallery_bar_focus (self->bar);
}

static void
tile_activated_cb (DioGallery *self,
                   guint       position)
{
  g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  DioResult *result = DIO_IS_RESULT_SLOT (item) ? dio_result_slot_get_result (DIO_RESULT_SLOT (item)) : NULL;

  if (result != NULL)
    g_signal_emit (self, signals[OPENED], 0, result);
}

static void
menu_pressed_cb (DioGallery *self,
                 int         n_press,
                 double      x,
                 double      y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->grid), x, y, GTK_PICK_DEFAULT);
  GtkWidget *tile = picked != NULL ? gtk_widget_get_ancestor (picked, DIO_TYPE_TILE) : NULL;
  double menu_x;
  double menu_y;

  if (tile == NULL)
    return;

  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), dio_tile_get_position (DIO_TILE (tile))))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), dio_tile_get_position (DIO_TILE (tile)), TRUE);
  if (dio_gallery_count_selected (self) == 0)
    return;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->grid), GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { menu_x, menu_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* The keys go on acting on what the menu was of. */
static void
menu_closed_cb (DioGallery *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
dio_gallery_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  g_value_set_boolean (value, DIO_GALLERY (object)->is_empty);
}

static void
dio_gallery_dispose (GObject *object)
{
  DioGallery *self = DIO_GALLERY (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  if (self->studio != NULL)
    gtk_grid_view_set_model (self->grid, NULL);
  dio_gallery_cells_dispose (self);

  g_clear_object (&self->selection);
  g_clear_object (&self->jobs);
  g_clear_object (&self->results);
  g_clear_object (&self->queue_watch);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->bar);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_GALLERY);

  G_OBJECT_CLASS (dio_gallery_parent_class)->dispose (object);
}

static void
dio_gallery_class_init (DioGalleryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dio_gallery_get_property;
  object_class->dispose = dio_gallery_dispose;

  /* Whether there is nothing to search in. */
  props[PROP_IS_EMPTY] = g_param_spec_boolean ("is-empty", NULL, NULL, TRUE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* A picture is to be seen in large. */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, DIO_TYPE_RESULT);

  g_type_ensure (DIO_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, DioGallery, stack);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, scroller);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, columns);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, grid);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, menu);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, result_menu);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, trash_menu);
  gtk_widget_class_bind_template_child (widget_class, DioGallery, trash_bar);
  gtk_widget_class_bind_template_callback (widget_class, tile_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_closed_cb);

  dio_gallery_class_actions_init (klass);
  dio_gallery_class_cells_init (klass);
}

static void
dio_gallery_init (DioGallery *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "thumbnails", NULL);

  self->is_empty = TRUE;
  self->thumbnailer = dio_thumbnailer_new (folder, CACHE_BYTES);
  gtk_widget_init_template (GTK_WIDGET (self));
  dio_gallery_cells_init (self);
}

static GtkFilterListModel *
make_filtered (GListModel          *model,
               GtkCustomFilterFunc  func,
               gpointer             user_data)
{
  return gtk_filter_list_model_new (g_object_ref (model),
                                    GTK_FILTER (gtk_custom_filter_new (func, user_data, NULL)));
}

void
dio_gallery_set_studio (DioGallery *self,
                        DioStudio  *studio)
{
  GListModel *queue = G_LIST_MODEL (dio_studio_get_queue (studio));

  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->results = dio_result_list_new (dio_studio_get_library (studio));
  self->jobs = make_filtered (queue, filter_job, self);
  self->selection = dio_selection_new (G_LIST_MODEL (self->jobs), self->results);

  self->queue_watch = dio_queue_watch_new (dio_studio_get_queue (studio));
  g_signal_connect_object (self->queue_watch, "changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (selection_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->results, "notify::is-loading", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (dio_gallery_update_actions),
                           self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));

  items_changed_cb (self);
  dio_gallery_update_actions (self);
}

/* Where a person says what is to be shown. */
void
dio_gallery_set_bar (DioGallery    *self,
                     DioGalleryBar *bar)
{
  g_return_if_fail (self->studio != NULL && self->bar == NULL);

  self->bar = g_object_ref (bar);
  dio_gallery_bar_set_studio (bar, self->studio);
  g_signal_connect_object (bar, "query-changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "day-chosen", G_CALLBACK (dio_gallery_go_to), self, G_CONNECT_SWAPPED);
}

/* Pictures as they are shown. */
DioResultList *
dio_gallery_get_results (DioGallery *self)
{
  return self->results;
}

void
dio_gallery_show_newest (DioGallery *self)
{
  if (self->bar != NULL)
    dio_gallery_bar_clear (self->bar);
  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", 0u);
}
