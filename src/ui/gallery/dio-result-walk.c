/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a list of results somebody is who looks at one after the other. The
 * list changes meanwhile: pictures come before the one on show, which stays; and
 * the one on show is deleted, whose place the next takes. One that is not in the
 * list can be looked at too, and has no neighbours. */

#include "config.h"

#include "dio-result-walk.h"

#define NOWHERE G_MAXUINT

struct _DioResultWalk
{
  GObject parent_instance;

  /* Owned */
  DioResultList *results;
  DioResult     *result;   /* (nullable): NULL while nobody looks */
  DioResultSlot *slot;     /* (nullable): at the position, while its result is being read */
  DioResultSlot *peeked[2]; /* (nullable): neighbours that were asked for last */

  guint          position; /* of the result, or NOWHERE */
};

G_DEFINE_FINAL_TYPE (DioResultWalk, dio_result_walk, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
find (DioResultWalk *self,
      DioResult     *result)
{
  guint position;

  return dio_result_list_find (self->results, dio_result_get_number (result), &position) ? position : NOWHERE;
}

static void
let_go_of_slot (DioResultWalk *self)
{
  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  g_clear_object (&self->slot);
}

static void
slot_read_cb (DioResultWalk *self)
{
  g_set_object (&self->result, dio_result_slot_get_result (self->slot));
  let_go_of_slot (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Until the next one is read, the one before stays. */
static void
move_to (DioResultWalk *self,
         guint          position)
{
  g_autoptr(DioResultSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->results), position);
  DioResult *result = slot != NULL ? dio_result_slot_get_result (slot) : NULL;

  let_go_of_slot (self);
  self->position = slot != NULL ? position : NOWHERE;
  if (slot != NULL && result == NULL)
    {
      self->slot = g_steal_pointer (&slot);
      g_signal_connect_swapped (self->slot, "notify::result", G_CALLBACK (slot_read_cb), self);
      return;
    }

  g_set_object (&self->result, result);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
items_changed_cb (DioResultWalk *self,
                  guint          position,
                  guint          n_removed,
                  guint          n_added)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->results));

  if (self->result == NULL || self->position == NOWHERE)
    return;

  if (self->position >= position + n_removed)
    self->position = self->position - n_removed + n_added;
  else if (self->position >= position)
    /* A list that is made anew may well hold it still. */
    self->position = find (self, self->result);

  if (self->position != NOWHERE)
    g_signal_emit (self, signals[CHANGED], 0);
  else
    move_to (self, n > 0 ? MIN (position, n - 1) : NOWHERE);
}

static void
dio_result_walk_dispose (GObject *object)
{
  DioResultWalk *self = DIO_RESULT_WALK (object);

  let_go_of_slot (self);
  g_clear_object (&self->peeked[0]);
  g_clear_object (&self->peeked[1]);
  g_clear_object (&self->result);
  g_clear_object (&self->results);

  G_OBJECT_CLASS (dio_result_walk_parent_class)->dispose (object);
}

static void
dio_result_walk_class_init (DioResultWalkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dio_result_walk_dispose;

  /* Another is to be seen, or none any more, or the neighbours are others. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_result_walk_init (DioResultWalk *self)
{
  self->position = NOWHERE;
}

DioResultWalk *
dio_result_walk_new (DioResultList *results)
{
  DioResultWalk *self = g_object_new (DIO_TYPE_RESULT_WALK, NULL);

  self->results = g_object_ref (results);
  g_signal_connect_object (results, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* Borrowed; NULL while nobody looks. */
DioResult *
dio_result_walk_get_result (DioResultWalk *self)
{
  return self->result;
}

void
dio_result_walk_begin (DioResultWalk *self,
                       DioResult     *result)
{
  let_go_of_slot (self);
  self->position = find (self, result);
  g_set_object (&self->result, result);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
dio_result_walk_end (DioResultWalk *self)
{
  if (self->result == NULL)
    return;

  move_to (self, NOWHERE);
}

gboolean
dio_result_walk_can_step (DioResultWalk *self,
                          int            step)
{
  gint64 position = (gint64) self->position + step;

  return self->result != NULL && self->position != NOWHERE &&
         position >= 0 && position < g_list_model_get_n_items (G_LIST_MODEL (self->results));
}

void
dio_result_walk_step (DioResultWalk *self,
                      int            step)
{
  if (dio_result_walk_can_step (self, step))
    move_to (self, self->position + step);
}

/* Returns: (transfer full): a neighbour; NULL where there is none, or it has yet
 * to be read. */
DioResult *
dio_result_walk_peek (DioResultWalk *self,
                      int            step)
{
  DioResultSlot **peeked = &self->peeked[step > 0];
  DioResult *result;

  g_clear_object (peeked);
  if (!dio_result_walk_can_step (self, step))
    return NULL;

  *peeked = g_list_model_get_item (G_LIST_MODEL (self->results), self->position + step);
  result = dio_result_slot_get_result (*peeked);

  return result != NULL ? g_object_ref (result) : NULL;
}
