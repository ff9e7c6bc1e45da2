/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures that are selected. Of many that were selected at once most have
 * yet to be read: what is done with them waits for that. */

#include "config.h"

#include "dio-gallery-private.h"

struct _DioGalleryWait
{
  DioGallery          *gallery;   /* (unowned): it ends the wait with itself */
  GPtrArray           *slots;     /* (element-type DioResultSlot) */
  guint                n_unread;
  DioGalleryFunc       func;
  char                *name;
  GVariant            *parameter; /* (nullable) */
};

void
dio_gallery_wait_free (DioGalleryWait *wait)
{
  for (guint i = 0; i < wait->slots->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (wait->slots, i), wait);

  g_ptr_array_unref (wait->slots);
  g_free (wait->name);
  g_clear_pointer (&wait->parameter, g_variant_unref);
  g_free (wait);
}

static void
run (DioGalleryWait *wait)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < wait->slots->len; i++)
    g_ptr_array_add (results, g_object_ref (dio_result_slot_get_result (g_ptr_array_index (wait->slots, i))));

  wait->func (wait->gallery, results, wait->name, wait->parameter);
}

static void
slot_read_cb (DioGalleryWait *wait)
{
  DioGallery *self = wait->gallery;

  if (--wait->n_unread > 0)
    return;

  self->wait = NULL;
  run (wait);
  dio_gallery_wait_free (wait);
}

static GPtrArray *
dup_selected_slots (DioGallery *self)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean has = gtk_bitset_iter_init_first (&iter, selected, &position);
       has;
       has = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (DIO_IS_RESULT_SLOT (item))
        g_ptr_array_add (slots, g_steal_pointer (&item));
    }

  return slots;
}

/* Calls @func with the selected results, once all of them are read; what waits
 * for others is forgotten. */
void
dio_gallery_with_selected (DioGallery     *self,
                           const char     *name,
                           GVariant       *parameter,
                           DioGalleryFunc  func)
{
  DioGalleryWait *wait = g_new0 (DioGalleryWait, 1);

  g_clear_pointer (&self->wait, dio_gallery_wait_free);
  wait->gallery = self;
  wait->slots = dup_selected_slots (self);
  wait->func = func;
  wait->name = g_strdup (name);
  wait->parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;

  for (guint i = 0; i < wait->slots->len; i++)
    {
      DioResultSlot *slot = g_ptr_array_index (wait->slots, i);

      if (dio_result_slot_get_result (slot) != NULL)
        continue;

      g_signal_connect_swapped (slot, "notify::result", G_CALLBACK (slot_read_cb), wait);
      wait->n_unread++;
    }

  if (wait->n_unread > 0)
    {
      self->wait = wait;
      return;
    }

  if (wait->slots->len > 0)
    run (wait);
  dio_gallery_wait_free (wait);
}

/* Borrowed; the first that is selected, NULL if it is a job or yet to be read. */
DioResult *
dio_gallery_get_selected (DioGallery *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr(GObject) item = NULL;

  if (gtk_bitset_is_empty (selected))
    return NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  return DIO_IS_RESULT_SLOT (item) ? dio_result_slot_get_result (DIO_RESULT_SLOT (item)) : NULL;
}

/* How many pictures are selected: jobs come before them. */
guint
dio_gallery_count_selected (DioGallery *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_get_size_in_range (selected, g_list_model_get_n_items (G_LIST_MODEL (self->jobs)), G_MAXUINT - 1);
}

/* Borrowed from a slot in sight; NULL where it is not. */
DioResult *
dio_gallery_find_result (DioGallery *self,
                         gint64      number)
{
  g_autoptr(DioResultSlot) slot = NULL;
  guint position;

  if (!dio_result_list_find (self->results, number, &position))
    return NULL;

  slot = g_list_model_get_item (G_LIST_MODEL (self->results), position);
  return dio_result_slot_get_result (slot);
}

/* (transfer container): the whole selection where @result is part of it, as far
 * as it is read, or @result alone. */
GPtrArray *
dio_gallery_dup_dragged (DioGallery *self,
                         DioResult  *result)
{
  g_autoptr(GPtrArray) slots = dup_selected_slots (self);
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_selected = FALSE;

  for (guint i = 0; i < slots->len; i++)
    {
      DioResult *selected = dio_result_slot_get_result (g_ptr_array_index (slots, i));

      if (selected == NULL)
        continue;

      is_selected = is_selected || selected == result;
      g_ptr_array_add (results, g_object_ref (selected));
    }

  if (!is_selected)
    {
      g_ptr_array_set_size (results, 0);
      g_ptr_array_add (results, g_object_ref (result));
    }

  return results;
}
