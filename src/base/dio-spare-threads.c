/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that work in the time that others leave: where there are as few
 * processors as threads, the main loop would wait for its turn otherwise. A
 * thread cannot take its priority back, so these are not those of a GThreadPool,
 * which are lent to other pools. */

#include "config.h"

#include "dio-spare-threads.h"

#include <sys/resource.h>

#define NICENESS 10

struct _DioSpareThreads
{
  GAsyncQueue  *queue;     /* (owned): what is to be done; the struct itself at the end */
  GFunc         func;
  gpointer      user_data;
  guint         n_threads;
  GThread     **threads;   /* (owned) (array length=n_threads) */
};

static gpointer
work (gpointer data)
{
  DioSpareThreads *self = data;
  gpointer item;

  /* On Linux that is of this thread alone. It is no harm where it fails. */
  setpriority (PRIO_PROCESS, 0, NICENESS);
  while ((item = g_async_queue_pop (self->queue)) != self)
    self->func (item, self->user_data);

  return NULL;
}

/**
 * dio_spare_threads_new:
 * @n_threads: how many
 * @func: called in one of them with what was pushed
 * @user_data: data for @func
 *
 * Returns: (transfer full): threads that wait for something to do
 */
DioSpareThreads *
dio_spare_threads_new (guint    n_threads,
                       GFunc    func,
                       gpointer user_data)
{
  DioSpareThreads *self;

  g_return_val_if_fail (n_threads > 0, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (DioSpareThreads, 1);
  self->queue = g_async_queue_new ();
  self->func = func;
  self->user_data = user_data;
  self->n_threads = n_threads;
  self->threads = g_new0 (GThread *, n_threads);
  for (guint i = 0; i < n_threads; i++)
    self->threads[i] = g_thread_new ("spare", work, self);

  return self;
}

/**
 * dio_spare_threads_free:
 * @self: (transfer full) (nullable): threads
 *
 * Waits until everything that was pushed is done.
 */
void
dio_spare_threads_free (DioSpareThreads *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_threads; i++)
    g_async_queue_push (self->queue, self);
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);

  g_async_queue_unref (self->queue);
  g_free (self->threads);
  g_free (self);
}

/**
 * dio_spare_threads_push:
 * @self: threads
 * @data: what to do, not %NULL
 *
 * What is pushed first is begun first.
 */
void
dio_spare_threads_push (DioSpareThreads *self,
                        gpointer         data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL);

  g_async_queue_push (self->queue, data);
}
