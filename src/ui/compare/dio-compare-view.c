/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures side by side and on one another, and in what they differ. It keeps a
 * tile for each picture of the set, and has their files read one after the other
 * while it is in sight. */

#include "config.h"

#include "dio-compare-view-private.h"

#include "dio-compare-sheet.h"
#include "dio-compare-words.h"
#include "dio-pyramid-loader.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

/* What all the pictures together may take up, and for how many seconds after
 * somebody has looked at them. */
#define MAX_BYTES (600 * 1024 * 1024)
#define KEEP_SECONDS 60

G_DEFINE_FINAL_TYPE (DioCompareView, dio_compare_view, GTK_TYPE_WIDGET)

static void load_next (DioCompareView *self);

/* Borrowed; NULL beyond the last. */
DioCompareTile *
_dio_compare_view_get_tile (DioCompareView *self,
                            guint           position)
{
  return position < self->tiles->len ? g_ptr_array_index (self->tiles, position) : NULL;
}

char *
_dio_compare_view_dup_name (DioCompareView *self,
                            guint           position)
{
  DioCompareTile *tile = _dio_compare_view_get_tile (self, position);

  return tile != NULL ? dio_compare_format_name (dio_compare_tile_get_entry (tile), self->references) : g_strdup ("");
}

/* Of what is in sight; NULL where nothing is. */
DioCanvas *
_dio_compare_view_get_canvas (DioCompareView *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "stage") == 0)
    return dio_compare_stage_get_canvas (self->stage);

  for (guint i = 0; i < self->tiles->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->tiles, i)))
      return dio_compare_tile_get_canvas (g_ptr_array_index (self->tiles, i));

  return NULL;
}

void
_dio_compare_view_show_status (DioCompareView *self,
                               const char     *text)
{
  gtk_label_set_label (self->status, text);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DioCompareTile) tile = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioPyramid) pyramid = dio_load_pyramid_finish (result, &error);
  DioCompareView *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = DIO_COMPARE_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (tile), DIO_TYPE_COMPARE_VIEW));
  if (pyramid != NULL)
    dio_canvas_set_pyramid (dio_compare_tile_get_canvas (tile), pyramid);
  else
    {
      g_message ("%s", error->message);
      dio_compare_tile_set_error (tile, error);
    }

  if (self != NULL)
    {
      g_clear_object (&self->loading);
      _dio_compare_view_update_stage (self);
      load_next (self);
    }
}

static void
load (DioCompareView *self,
      DioCompareTile *tile)
{
  DioCompareEntry *entry = dio_compare_tile_get_entry (tile);
  DioResult *result = dio_compare_entry_get_result (entry);
  g_autoptr(GFile) file = NULL;
  GBytes *bytes = NULL;

  if (result != NULL)
    file = g_file_new_for_path (dio_result_get_path (result));
  else
    bytes = dio_reference_get_bytes (dio_compare_entry_get_reference (entry));

  self->loading = g_cancellable_new ();
  dio_load_pyramid_async (file, bytes, MAX_BYTES / self->tiles->len, self->loading, loaded_cb, g_object_ref (tile));
}

/* One at a time: two would need the memory of two decoders. */
static void
load_next (DioCompareView *self)
{
  if (self->loading != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  for (guint i = 0; i < self->tiles->len; i++)
    {
      DioCompareTile *tile = g_ptr_array_index (self->tiles, i);

      if (dio_canvas_get_pyramid (dio_compare_tile_get_canvas (tile)) == NULL && !dio_compare_tile_has_failed (tile))
        {
          load (self, tile);
          return;
        }
    }
}

static void
cancel_load (DioCompareView *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static gboolean
release_cb (gpointer user_data)
{
  DioCompareView *self = user_data;

  self->release_id = 0;
  dio_canvas_set_second (dio_compare_stage_get_canvas (self->stage), NULL, DIO_VIEW_LINK_RELATIVE);
  dio_canvas_set_pyramid (dio_compare_stage_get_canvas (self->stage), NULL);
  for (guint i = 0; i < self->tiles->len; i++)
    dio_canvas_set_pyramid (dio_compare_tile_get_canvas (g_ptr_array_index (self->tiles, i)), NULL);

  return G_SOURCE_REMOVE;
}

static void
dio_compare_view_map (GtkWidget *widget)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);

  GTK_WIDGET_CLASS (dio_compare_view_parent_class)->map (widget);
  g_clear_handle_id (&self->release_id, g_source_remove);
  load_next (self);
}

static void
dio_compare_view_unmap (GtkWidget *widget)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);

  _dio_compare_view_stop_blinking (self);
  cancel_load (self);
  if (self->release_id == 0)
    self->release_id = g_timeout_add_seconds (KEEP_SECONDS, release_cb, self);

  GTK_WIDGET_CLASS (dio_compare_view_parent_class)->unmap (widget);
}

static void
removed_cb (DioCompareView *self,
            DioCompareTile *tile)
{
  guint position;

  if (g_ptr_array_find (self->tiles, tile, &position))
    dio_compare_set_remove (self->set, position);
}

static DioCompareTile *
find_tile (GPtrArray       *tiles,
           DioCompareEntry *entry)
{
  for (guint i = 0; i < tiles->len; i++)
    if (dio_compare_tile_get_entry (g_ptr_array_index (tiles, i)) == entry)
      return g_object_ref (g_ptr_array_index (tiles, i));

  return NULL;
}

static DioCompareTile *
make_tile (DioCompareView  *self,
           DioCompareEntry *entry)
{
  DioCompareTile *tile = DIO_COMPARE_TILE (g_object_ref_sink (dio_compare_tile_new (entry, dio_studio_get_library (self->studio))));

  g_signal_connect_object (tile, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  _dio_compare_view_watch_canvas (self, dio_compare_tile_get_canvas (tile));
  return tile;
}

static void
update_names (DioCompareView *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (guint i = 0; i < self->tiles->len; i++)
    {
      DioCompareTile *tile = g_ptr_array_index (self->tiles, i);
      g_autofree char *badge = dio_compare_format_badge (dio_compare_tile_get_entry (tile), self->references, self->studio);

      dio_compare_tile_set_badge (tile, badge);
      g_strv_builder_add (builder, badge);
    }

  names = g_strv_builder_end (builder);
  dio_compare_stage_set_names (self->stage, (const char * const *) names);
}

/* Rows are shown of what is known, and again when a job has been read. */
static void
update_table (DioCompareView *self)
{
  g_auto(GStrv) names = NULL;
  GPtrArray *rows = dio_compare_list_rows (self->set, self->studio, self->references, self->jobs, &names);

  dio_compare_table_set_rows (self->table, (const char * const *) names, rows);
  gtk_widget_set_visible (self->equal_toggle, g_strv_length (names) > 1);
}

typedef struct
{
  DioCompareView *view;   /* (owned) */
  char           *job_id; /* (owned) */
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->view);
  g_free (asking->job_id);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
job_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(Asking) asking = user_data;
  g_autoptr(GError) error = NULL;
  DioJob *job = dio_library_load_job_finish (DIO_LIBRARY (source), result, &error);

  if (job == NULL)
    {
      g_debug ("%s", error->message);
      return;
    }

  g_hash_table_insert (asking->view->jobs, g_steal_pointer (&asking->job_id), job);
  if (asking->view->studio != NULL)
    update_table (asking->view);
}

static void
ask_for_jobs (DioCompareView *self)
{
  for (guint i = 0; i < self->tiles->len; i++)
    {
      DioResult *result = dio_compare_entry_get_result (dio_compare_tile_get_entry (g_ptr_array_index (self->tiles, i)));
      Asking *asking;

      if (result == NULL || g_hash_table_contains (self->jobs, dio_result_get_job_id (result)))
        continue;

      asking = g_new0 (Asking, 1);
      asking->view = g_object_ref (self);
      asking->job_id = g_strdup (dio_result_get_job_id (result));
      dio_library_load_job_async (dio_studio_get_library (self->studio), asking->job_id, job_loaded_cb, asking);
    }
}

/* A tile that stays keeps its picture, and its place in the tree of widgets: GTK 4.8
 * forgets the actions of what is taken out and put back. */
static void
set_changed_cb (DioCompareView *self)
{
  g_autoptr(GPtrArray) former = g_steal_pointer (&self->tiles);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->set));

  cancel_load (self);
  self->tiles = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(DioCompareEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->set), i);
      DioCompareTile *tile = find_tile (former, entry);

      if (tile == NULL)
        tile = make_tile (self, entry);
      dio_compare_grid_append (self->grid, GTK_WIDGET (tile));
      g_ptr_array_add (self->tiles, tile);
    }

  for (guint i = 0; i < former->len; i++)
    if (!g_ptr_array_find (self->tiles, g_ptr_array_index (former, i), NULL))
      gtk_widget_unparent (g_ptr_array_index (former, i));

  if (n > 0)
    {
      g_autoptr(DioCompareEntry) first = g_list_model_get_item (G_LIST_MODEL (self->set), 0);

      dio_compare_grid_set_aspect (self->grid, (double) MAX (dio_compare_entry_get_width (first), 1) /
                                                 MAX (dio_compare_entry_get_height (first), 1));
    }

  _dio_compare_view_end_rounds (self);
  update_names (self);
  update_table (self);
  ask_for_jobs (self);
  _dio_compare_view_update_mode (self);
  load_next (self);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  DioCompareView *self = DIO_COMPARE_VIEW (widget);
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  dio_compare_set_replace (self->set, none);
}

static void
dio_compare_view_dispose (GObject *object)
{
  DioCompareView *self = DIO_COMPARE_VIEW (object);

  cancel_load (self);
  _dio_compare_view_stop_blinking (self);
  g_clear_handle_id (&self->zoom_id, g_source_remove);
  g_clear_handle_id (&self->release_id, g_source_remove);
  g_clear_pointer (&self->rounds, dio_knock_out_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_COMPARE_VIEW);
  g_clear_pointer (&self->tiles, g_ptr_array_unref);
  g_clear_object (&self->references);
  g_clear_object (&self->set);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_compare_view_parent_class)->dispose (object);
}

static void
dio_compare_view_finalize (GObject *object)
{
  g_hash_table_unref (DIO_COMPARE_VIEW (object)->jobs);

  G_OBJECT_CLASS (dio_compare_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, box);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, stack);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, grid);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, stage);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, table);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, mode_button);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, lock_button);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, status);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, options);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, amount);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, amount_adjustment);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, blink);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, play);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, interval);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, difference);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, gain);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, false_colour);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, rounds_box);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, rounds_label);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, keep_first);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, keep_second);
  gtk_widget_class_bind_template_child (widget_class, DioCompareView, equal_toggle);
}

static void
dio_compare_view_class_init (DioCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_compare_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = dio_compare_view_finalize;
  widget_class->map = dio_compare_view_map;
  widget_class->unmap = dio_compare_view_unmap;

  g_type_ensure (DIO_TYPE_COMPARE_GRID);
  g_type_ensure (DIO_TYPE_COMPARE_STAGE);
  g_type_ensure (DIO_TYPE_COMPARE_TABLE);
  g_type_ensure (DIO_TYPE_CONTENT_SWITCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/compare/dio-compare-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "compare.clear", NULL, clear_action);
  _dio_compare_view_class_zoom_init (klass);
  _dio_compare_view_class_modes_init (klass);
  _dio_compare_view_class_rounds_init (klass);
  _dio_compare_view_class_export_init (klass);
}

static void
dio_compare_view_init (DioCompareView *self)
{
  self->tiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->is_linked = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  _dio_compare_view_watch_canvas (self, dio_compare_stage_get_canvas (self->stage));
  _dio_compare_view_modes_init (self);
}

/* Once; @references are those of the strip, by whose numbers photos are called. */
void
dio_compare_view_set_studio (DioCompareView *self,
                             DioStudio      *studio,
                             DioCompareSet  *set,
                             GListModel     *references)
{
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  self->set = g_object_ref (set);
  self->references = g_object_ref (references);
  g_signal_connect_object (set, "items-changed", G_CALLBACK (set_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (references, "items-changed", G_CALLBACK (update_names), self, G_CONNECT_SWAPPED);
  set_changed_cb (self);
}
