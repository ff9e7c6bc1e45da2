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
  GListModel *results;
  DioResult  *result;   /* (nullable): NULL while nobody looks */

  guint       position; /* of the result, or NOWHERE */
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
  for (guint i = 0; i < g_list_model_get_n_items (self->results); i++)
    {
      g_autoptr(DioResult) item = g_list_model_get_item (self->results, i);

      if (item == result)
        return i;
    }

  return NOWHERE;
}

static void
move_to (DioResultWalk *self,
         guint          position)
{
  g_autoptr(DioResult) result = g_list_model_get_item (self->results, position);

  self->position = result != NULL ? position : NOWHERE;
  g_set_object (&self->result, result);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
items_changed_cb (DioResultWalk *self,
                  guint          position,
                  guint          n_removed,
                  guint          n_added)
{
  guint n = g_list_model_get_n_items (self->results);

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
dio_result_walk_new (GListModel *results)
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
         position >= 0 && position < g_list_model_get_n_items (self->results);
}

void
dio_result_walk_step (DioResultWalk *self,
                      int            step)
{
  if (dio_result_walk_can_step (self, step))
    move_to (self, self->position + step);
}

/* Returns: (transfer full): a neighbour, or NULL. */
DioResult *
dio_result_walk_peek (DioResultWalk *self,
                      int            step)
{
  return dio_result_walk_can_step (self, step) ? g_list_model_get_item (self->results, self->position + step)
                                               : NULL;
}
