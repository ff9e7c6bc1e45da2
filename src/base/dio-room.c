/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that threads share out among them: whoever needs more than is left waits
 * until others are done. What is larger than all of it goes in alone. */

#include "config.h"

#include "dio-room.h"

struct _DioRoom
{
  gsize  size;
  GMutex mutex;
  GCond  changed;
  gsize  taken;   /* (guarded by mutex) */
};

/**
 * dio_room_new:
 * @size: how much there is, in bytes
 *
 * Returns: (transfer full): an empty room
 */
DioRoom *
dio_room_new (gsize size)
{
  DioRoom *self = g_atomic_rc_box_new0 (DioRoom);

  self->size = size;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);

  return self;
}

DioRoom *
dio_room_ref (DioRoom *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dio_room_clear (DioRoom *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

/**
 * dio_room_unref:
 * @self: (transfer full): a room
 *
 * From any thread.
 */
void
dio_room_unref (DioRoom *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) dio_room_clear);
}

/**
 * dio_room_has_space_for_two:
 * @self: a room
 * @size: how much each needs
 *
 * Returns: whether two of that size can ever be in it together
 */
gboolean
dio_room_has_space_for_two (DioRoom *self,
                            gsize    size)
{
  return size <= self->size / 2;
}

/**
 * dio_room_enter:
 * @self: a room
 * @size: how much is needed
 *
 * Blocks until there is as much: for worker threads, which never enter twice.
 */
void
dio_room_enter (DioRoom *self,
                gsize    size)
{
  g_mutex_lock (&self->mutex);
  while (self->taken > 0 && self->taken + size > self->size)
    g_cond_wait (&self->changed, &self->mutex);
  self->taken += size;
  g_mutex_unlock (&self->mutex);
}

/**
 * dio_room_leave:
 * @self: a room
 * @size: as much as was entered with
 */
void
dio_room_leave (DioRoom *self,
                gsize    size)
{
  g_mutex_lock (&self->mutex);
  self->taken -= size;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
