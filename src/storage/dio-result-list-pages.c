/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list of results has read. Pages are read once somebody holds a slot that
 * has no result: the one that was asked for last first, and one that nobody holds
 * any more not at all. Of those that were read last some are kept. */

#include "config.h"

#include "dio-result-list-private.h"
#include "dio-result-slot-private.h"

/* Some pages. */
#define N_KEPT 768

/* Nobody holds it: whatever it waited for is not needed. */
static void
slot_gone_cb (DioResultSlot *slot,
              gpointer       user_data)
{
  DioResultList *self = user_data;

  if (slot->result == NULL)
    g_queue_unlink (&self->waiting, &slot->link);
  g_hash_table_remove (self->slots, &slot->number);
}

/* Returns: (transfer full) */
DioResultSlot *
_dio_result_list_make_slot (DioResultList *self,
                            gint64         number)
{
  DioResultSlot *slot = _dio_result_slot_new (number, slot_gone_cb, self);

  g_hash_table_insert (self->slots, &slot->number, slot);
  g_queue_push_head_link (&self->waiting, &slot->link);

  return slot;
}

static void
fill_slot (DioResultList *self,
           DioResult     *result)
{
  g_autoptr(DioResultSlot) slot = NULL;
  DioResultSlot *known = dio_result_list_peek (self, dio_result_get_number (result));

  if (known != NULL && known->result != NULL)
    return;

  slot = known != NULL ? g_object_ref (known) : _dio_result_list_make_slot (self, dio_result_get_number (result));
  g_queue_unlink (&self->waiting, &slot->link);
  g_queue_push_head_link (&self->kept, &slot->link);
  g_object_ref (slot);
  _dio_result_slot_set_result (slot, result);
}

static void
let_go_of_old (DioResultList *self)
{
  while (self->kept.length > N_KEPT)
    {
      GList *link = g_queue_pop_tail_link (&self->kept);

      g_object_unref (link->data);
    }
}

/* Where days and jobs begin is told of lists in order of time. */
void
_dio_result_list_update_starts (DioResultList *self,
                                guint          position)
{
  DioResultSlot *slot;
  DioResultSlot *before;
  gint64 day;

  slot = position < self->numbers->len ? dio_result_list_peek (self, dio_result_list_get_number (self, position)) : NULL;
  if (slot == NULL || slot->result == NULL)
    return;

  if (position == 0 || self->listed_sort > DIO_RESULT_SORT_OLDEST)
    {
      gboolean is_first = self->listed_sort <= DIO_RESULT_SORT_OLDEST;

      _dio_result_slot_set_starts (slot, is_first, is_first);
      return;
    }

  before = dio_result_list_peek (self, dio_result_list_get_number (self, position - 1));
  if (before == NULL || before->result == NULL)
    return;

  day = dio_result_day_get_start (dio_result_get_created (slot->result));
  _dio_result_slot_set_starts (slot,
                               dio_result_day_get_start (dio_result_get_created (before->result)) != day,
                               !g_str_equal (dio_result_get_job_id (before->result),
                                             dio_result_get_job_id (slot->result)));
}

/* Rows that another process has taken away meanwhile are asked for once. */
static void
give_up (DioResultList *self,
         GArray        *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      DioResultSlot *slot = dio_result_list_peek (self, g_array_index (numbers, gint64, i));

      if (slot == NULL || slot->result != NULL || slot->is_missing)
        continue;

      slot->is_missing = TRUE;
      self->is_stale = TRUE;
    }
}

void
_dio_result_list_take_page (DioResultList *self,
                            GPtrArray     *results)
{
  for (guint i = 0; i < results->len; i++)
    fill_slot (self, g_ptr_array_index (results, i));
  let_go_of_old (self);
}

static void
update_page (DioResultList *self,
             GArray        *numbers)
{
  guint position;

  if (numbers->len == 0 || !dio_result_list_find (self, g_array_index (numbers, gint64, 0), &position))
    return;

  for (guint i = 0; i <= numbers->len; i++)
    _dio_result_list_update_starts (self, position + i);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DioResultList) self = user_data;
  g_autoptr(GArray) numbers = NULL;
  g_autoptr(GPtrArray) results = NULL;
  g_autoptr(GError) error = NULL;

  self->is_reading = FALSE;
  if (!_dio_library_read_list_finish (DIO_LIBRARY (source), result, &numbers, &results, &error))
    {
      _dio_result_list_fail (self, error);
      return;
    }

  _dio_result_list_take_page (self, results);
  update_page (self, numbers);
  give_up (self, numbers);
  if (self->is_stale)
    _dio_result_list_read_numbers (self);
  else
    _dio_result_list_read_next_page (self);
}

/* Whoever holds a slot that has left the list gets nothing more. */
static gboolean
find_wanted (DioResultList *self,
             guint         *position)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      if (!DIO_RESULT_SLOT (link->data)->is_missing &&
          dio_result_list_find (self, DIO_RESULT_SLOT (link->data)->number, position))
        return TRUE;
    }

  return FALSE;
}

/* Reads the page that has the slot that was asked for last, with the one before
 * it, which tells whether a day or a job begins. */
void
_dio_result_list_read_next_page (DioResultList *self)
{
  g_autoptr(GArray) numbers = NULL;
  guint position;
  guint start;
  guint end;

  if (self->is_reading || !dio_library_is_open (self->library) || !find_wanted (self, &position))
    return;

  start = position / DIO_RESULT_LIST_PAGE_SIZE * DIO_RESULT_LIST_PAGE_SIZE;
  end = MIN (start + DIO_RESULT_LIST_PAGE_SIZE, self->numbers->len);
  start = start > 0 ? start - 1 : 0;

  numbers = g_array_sized_new (FALSE, FALSE, sizeof (gint64), end - start);
  g_array_append_vals (numbers, &g_array_index (self->numbers, gint64, start), end - start);
  self->is_reading = TRUE;
  _dio_library_read_list_async (self->library, NULL, numbers, 0, page_read_cb, g_object_ref (self));
}
