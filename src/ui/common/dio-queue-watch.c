/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells that a queue holds other jobs, or a job is in another state: lists of
 * jobs are filtered by state, which a list model alone does not follow. */

#include "config.h"

#include "dio-queue-watch.h"

struct _DioQueueWatch
{
  GObject parent_instance;

  /* Owned */
  GListModel *queue;
  GPtrArray  *watched; /* DioJob whose state is followed */
};

G_DEFINE_FINAL_TYPE (DioQueueWatch, dio_queue_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
state_changed_cb (DioQueueWatch *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
unwatch_jobs (DioQueueWatch *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), state_changed_cb, self);

  g_ptr_array_set_size (self->watched, 0);
}

static void
queue_changed_cb (DioQueueWatch *self)
{
  unwatch_jobs (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->queue); i++)
    {
      DioJob *job = g_list_model_get_item (self->queue, i);

      /* A job that begins says so by its step, before its state does. */
      g_signal_connect_swapped (job, "notify::state", G_CALLBACK (state_changed_cb), self);
      g_signal_connect_swapped (job, "notify::step", G_CALLBACK (state_changed_cb), self);
      g_ptr_array_add (self->watched, job);
    }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dio_queue_watch_dispose (GObject *object)
{
  DioQueueWatch *self = DIO_QUEUE_WATCH (object);

  unwatch_jobs (self);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (dio_queue_watch_parent_class)->dispose (object);
}

static void
dio_queue_watch_finalize (GObject *object)
{
  DioQueueWatch *self = DIO_QUEUE_WATCH (object);

  g_ptr_array_unref (self->watched);

  G_OBJECT_CLASS (dio_queue_watch_parent_class)->finalize (object);
}

static void
dio_queue_watch_class_init (DioQueueWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dio_queue_watch_dispose;
  object_class->finalize = dio_queue_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_queue_watch_init (DioQueueWatch *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

DioQueueWatch *
dio_queue_watch_new (DioJobQueue *queue)
{
  DioQueueWatch *self = g_object_new (DIO_TYPE_QUEUE_WATCH, NULL);

  self->queue = g_object_ref (G_LIST_MODEL (queue));
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  queue_changed_cb (self);

  return self;
}
