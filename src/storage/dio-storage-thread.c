/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs tasks one after the other, away from the main loop. g_task_run_in_thread()
 * would run them side by side, and could drop the last reference to a task, and
 * with it to its source object, in the thread that this object waits for. Here
 * the thread only borrows the task; it goes back to the context it came from. */

#include "config.h"

#include "dio-storage-thread.h"

struct _DioStorageThread
{
  GThreadPool *pool; /* (owned): of one thread, so first come, first served */
};

typedef struct
{
  GTask              *task;  /* (owned) */
  DioStorageFunc      func;
  DioStorageDoneFunc  done;
  GError             *error; /* (owned) (nullable): how it went */
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->task);
  g_clear_error (&work->error);
  g_free (work);
}

static gboolean
work_done_cb (gpointer user_data)
{
  Work *work = user_data;

  if (work->error != NULL)
    g_task_return_error (work->task, g_steal_pointer (&work->error));
  else
    work->done (work->task);

  return G_SOURCE_REMOVE;
}

static void
work_cb (gpointer data,
         gpointer user_data)
{
  Work *work = data;
  g_autoptr(GMainContext) context = g_main_context_ref (g_task_get_context (work->task));
  g_autoptr(GSource) source = g_idle_source_new ();

  if (!work->func (user_data, g_task_get_task_data (work->task), &work->error))
    g_assert (work->error != NULL);

  g_source_set_priority (source, g_task_get_priority (work->task));
  g_source_set_static_name (source, "[diorama] storage");
  g_source_set_callback (source, work_done_cb, work, (GDestroyNotify) work_free);
  g_source_attach (source, context);
}

/**
 * dio_storage_thread_new:
 * @store: (unowned): given to all that runs in the thread, and to be used by
 *   nothing else
 *
 * Returns: (transfer full): a new thread
 */
DioStorageThread *
dio_storage_thread_new (gpointer store)
{
  DioStorageThread *self = g_new0 (DioStorageThread, 1);

  self->pool = g_thread_pool_new (work_cb, store, 1, FALSE, NULL);

  return self;
}

/**
 * dio_storage_thread_free:
 * @self: (transfer full): a thread
 *
 * Waits until everything that was pushed has run.
 */
void
dio_storage_thread_free (DioStorageThread *self)
{
  if (self == NULL)
    return;

  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_free (self);
}

/**
 * dio_storage_thread_push:
 * @self: a thread
 * @task: (transfer full): a task
 * @func: what to do in the thread
 * @done: what to do afterwards, unless it went wrong
 *
 * Runs @func after everything that was pushed before, in the thread; an error
 * of @func is returned by @task without further ado.
 */
void
dio_storage_thread_push (DioStorageThread   *self,
                         GTask              *task,
                         DioStorageFunc      func,
                         DioStorageDoneFunc  done)
{
  Work *work = g_new0 (Work, 1);

  g_return_if_fail (self != NULL);

  work->task = task;
  work->func = func;
  work->done = done;
  g_thread_pool_push (self->pool, work, NULL);
}
