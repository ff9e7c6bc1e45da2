/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in the cells of the gallery. A grid makes cells for many rows more than
 * are seen, and all at once; those in sight are filled there and then, the ones
 * around them one by one while there is nothing else to do. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-tile-words.h"
#include "dio-tile.h"
#include "dio-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* How far from what is seen cells are filled ahead, in what is seen at once. */
#define REACH 1

static const char *
get_provider_title (DioGallery *self,
                    const char *provider_id)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, provider_id);

  /* A provider of another version of this program: its id is better than nothing. */
  return provider != NULL ? _(dio_provider_get_display_name (provider)) : provider_id;
}

/* Before GTK 4.12 a cell has no label of its own, and is nameless. */
static void
set_cell_label (DioTile    *tile,
                const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (tile))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static char *
format_caption (DioGallery *self,
                DioResult  *result,
                const char *title)
{
  g_autoptr(GDateTime) deleted = NULL;
  g_autofree char *date = NULL;

  if (dio_result_get_deleted (result) == 0)
    return dio_format_caption (result, title);

  deleted = g_date_time_new_from_unix_local (dio_result_get_deleted (result) / G_USEC_PER_SEC);
  date = g_date_time_format (deleted, "%x");
  /* Translators: of a picture in the trash; %s is a date. */
  return g_strdup_printf (_("Deleted %s"), date);
}

static void
show_result (DioGallery *self,
             DioTile    *tile,
             DioResult  *result)
{
  const char *title = get_provider_title (self, dio_result_get_provider_id (result));
  g_autofree char *caption = format_caption (self, result, title);
  g_autofree char *marks = dio_format_marks (result);
  g_autofree char *label = NULL;

  /* Translators: a picture for screen readers: its caption, what was thought of it, its prompt. */
  label = g_strdup_printf (_("Picture, %1$s%2$s, %3$s"), caption, marks, dio_result_get_prompt (result));
  dio_result_tile_set_result (dio_tile_show_result (tile), result, caption, self->thumbnailer,
                              dio_tile_get_position (tile));
  set_cell_label (tile, label);
}

static void
show_job (DioGallery *self,
          DioTile    *tile,
          DioJob     *job)
{
  const char *title = get_provider_title (self, dio_request_get_provider_id (dio_job_get_request (job)));
  g_autofree char *label = NULL;

  /* Translators: a job for screen readers, under way or failed; %s is who makes the picture. */
  label = g_strdup_printf (_("Job, %s"), title);
  dio_job_tile_set_job (dio_tile_show_job (tile), job, title);
  set_cell_label (tile, label);
}

static void
marks_changed_cb (DioTile *tile)
{
  DioGallery *self = DIO_GALLERY (gtk_widget_get_ancestor (GTK_WIDGET (tile), DIO_TYPE_GALLERY));

  if (self != NULL)
    show_result (self, tile, dio_result_slot_get_result (dio_tile_get_item (tile)));
}

static void
show_group (DioTile *tile)
{
  DioResultSlot *slot = dio_tile_get_item (tile);
  g_autofree char *text = dio_result_slot_get_result (slot) != NULL ? dio_format_group (slot) : NULL;

  dio_result_tile_set_group (dio_tile_show_result (tile), text);
}

static void
slot_read_cb (DioTile *tile)
{
  marks_changed_cb (tile);
  g_signal_connect_swapped (dio_result_slot_get_result (dio_tile_get_item (tile)), "notify",
                            G_CALLBACK (marks_changed_cb), tile);
  show_group (tile);
}

/* A cell stays blank until its result is read. */
static void
show_slot (DioGallery    *self,
           DioTile       *tile,
           DioResultSlot *slot)
{
  DioResult *result = dio_result_slot_get_result (slot);

  g_signal_connect_swapped (slot, "notify::starts-day", G_CALLBACK (show_group), tile);
  g_signal_connect_swapped (slot, "notify::starts-job", G_CALLBACK (show_group), tile);
  if (result != NULL)
    {
      show_result (self, tile, result);
      g_signal_connect_swapped (result, "notify", G_CALLBACK (marks_changed_cb), tile);
    }
  else
    {
      dio_result_tile_set_result (dio_tile_show_result (tile), NULL, NULL, NULL, 0);
      g_signal_connect_swapped (slot, "notify::result", G_CALLBACK (slot_read_cb), tile);
    }

  show_group (tile);
}

static void
fill (DioGallery *self,
      DioTile    *tile)
{
  gpointer item = dio_tile_get_item (tile);

  g_ptr_array_remove_fast (self->blank, tile);
  if (DIO_IS_RESULT_SLOT (item))
    show_slot (self, tile, item);
  else
    show_job (self, tile, item);
}

/* From what is seen, in positions. */
static double
get_distance (DioGallery *self,
              DioTile    *tile)
{
  double position = dio_tile_get_position (tile);

  return MAX (MAX (self->first_seen - position, position - self->last_seen), 0);
}

static void
fill_in_sight (DioGallery *self)
{
  for (guint i = self->blank->len; i > 0; i--)
    {
      DioTile *tile = g_ptr_array_index (self->blank, i - 1);

      /* The last takes the place of one that goes, and was looked at already. */
      if (get_distance (self, tile) == 0)
        fill (self, tile);
    }
}

/* Returns: (nullable): what is to be filled next */
static DioTile *
find_nearest (DioGallery *self)
{
  double best = REACH * (self->last_seen - self->first_seen);
  DioTile *found = NULL;

  for (guint i = 0; i < self->blank->len; i++)
    {
      DioTile *tile = g_ptr_array_index (self->blank, i);
      double distance = get_distance (self, tile);

      if (distance > best)
        continue;

      best = distance;
      found = tile;
    }

  return found;
}

static gboolean
fill_next_cb (gpointer user_data)
{
  DioGallery *self = user_data;
  DioTile *tile = find_nearest (self);

  if (tile != NULL)
    {
      fill (self, tile);
      return G_SOURCE_CONTINUE;
    }

  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

static void
fill_later (DioGallery *self)
{
  if (self->fill_id == 0 && self->blank->len > 0)
    self->fill_id = g_idle_add (fill_next_cb, self);
}

/* Every cell has the same shape. Somewhat more than is seen: where the grid has
 * yet to be laid out, its size is not known for certain. */
static void
update_seen (DioGallery *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  double upper = MAX (gtk_adjustment_get_upper (adjustment), 1);
  double page = gtk_adjustment_get_page_size (adjustment);
  guint n_columns = gtk_grid_view_get_max_columns (self->grid);
  double first = floor (gtk_adjustment_get_value (adjustment) / upper * n) - n_columns;
  double last = first + n_columns * (ceil (page / DIO_TILE_MIN_HEIGHT) + 2);

  if (self->first_seen == first && self->last_seen == last)
    return;

  self->first_seen = first;
  self->last_seen = last;
  dio_thumbnailer_set_view (self->thumbnailer, self->first_seen + n_columns, self->last_seen - n_columns);
}

/* Nothing may be put into a cell while it is given its size; right after that there
 * is still time before the frame is painted, as its layout is then done again. */
static void
laid_out_cb (DioGallery *self)
{
  if (!self->fills_after_layout)
    return;

  self->fills_after_layout = FALSE;
  fill_in_sight (self);
  fill_later (self);
}

static void
view_changed_cb (DioGallery *self)
{
  if (self->selection == NULL)
    return;

  update_seen (self);
  if (!dio_columns_is_allocating (self->columns))
    fill_in_sight (self);
  else
    self->fills_after_layout = TRUE;
  fill_later (self);
}

static void
tile_set_up_cb (DioGallery  *self,
                GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, dio_tile_new (list_item));
}

static void
tile_bound_cb (DioGallery  *self,
               GtkListItem *list_item)
{
  DioTile *tile = DIO_TILE (gtk_list_item_get_child (list_item));

  update_seen (self);
  if (get_distance (self, tile) == 0)
    {
      fill (self, tile);
      return;
    }

  g_ptr_array_add (self->blank, tile);
  dio_tile_put_away (tile);
  fill_later (self);
}

static void
tile_unbound_cb (DioGallery  *self,
                 GtkListItem *list_item)
{
  gpointer item = gtk_list_item_get_item (list_item);
  DioTile *tile = DIO_TILE (gtk_list_item_get_child (list_item));

  if (g_ptr_array_remove_fast (self->blank, tile))
    return;

  g_signal_handlers_disconnect_by_data (item, tile);
  if (DIO_IS_RESULT_SLOT (item) && dio_result_slot_get_result (item) != NULL)
    g_signal_handlers_disconnect_by_data (dio_result_slot_get_result (item), tile);
  dio_tile_put_away (tile);
}

static void
realized_cb (DioGallery *self)
{
  self->layout_id = g_signal_connect_data (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "layout",
                                           G_CALLBACK (laid_out_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
unrealized_cb (DioGallery *self)
{
  g_clear_signal_handler (&self->layout_id, gtk_widget_get_frame_clock (GTK_WIDGET (self)));
}

void
dio_gallery_class_cells_init (DioGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_bind_template_callback (widget_class, tile_set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, tile_bound_cb);
  gtk_widget_class_bind_template_callback (widget_class, tile_unbound_cb);
}

void
dio_gallery_cells_init (DioGallery *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->blank = g_ptr_array_new ();
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "realize", G_CALLBACK (realized_cb), NULL);
  g_signal_connect (self, "unrealize", G_CALLBACK (unrealized_cb), NULL);
}

/* What no cell waits for any more is answered, and lets go of it. */
void
dio_gallery_cells_dispose (DioGallery *self)
{
  g_clear_handle_id (&self->fill_id, g_source_remove);
  if (self->thumbnailer != NULL)
    dio_thumbnailer_set_view (self->thumbnailer, 0, 0);
  g_clear_pointer (&self->blank, g_ptr_array_unref);
}
