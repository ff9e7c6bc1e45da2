/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs of earlier runs: what they left open goes on from where it is. */

#include "config.h"

#include "dio-job-queue-private.h"

/* No provider asks for more. A time far beyond was written by a wrong clock. */
#define LONGEST_WAIT (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
take_up (DioJobEntry *entry)
{
  const DioJobRemote *remote = dio_job_get_remote (entry->job);
  gint64 now = g_get_real_time ();

  entry->is_stored = TRUE;
  if (dio_job_state_is_over (dio_job_get_state (entry->job)))
    return;

  if (_dio_job_entry_is_unsent (entry) && remote->retry_at > now)
    {
      entry->wait = DIO_JOB_WAIT_AGAIN;
      entry->wait_until = MIN (remote->retry_at, now + LONGEST_WAIT);
    }

  _dio_job_entry_set_phase (entry, DIO_JOB_PHASE_WAITING);
  _dio_job_queue_look (entry->queue);
}

/* A job of a provider that is not there waits for a version of the program that
 * has it. */
gboolean
_dio_job_queue_adopt (DioJobQueue *self,
                      DioJob      *job)
{
  DioProvider *provider = _dio_job_queue_find_provider (self, job);

  if (provider == NULL)
    {
      g_message ("Nobody here can drive job %s", dio_job_get_id (job));
      return FALSE;
    }

  if (_dio_job_queue_find_id (self, dio_job_get_id (job)) != NULL)
    return FALSE;

  take_up (_dio_job_queue_list (self, job, provider));

  return TRUE;
}

/* There is a place again, or may be one: what came and was not stored, is now. */
void
_dio_job_queue_store_after_all (DioJobQueue *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      DioJobEntry *entry = g_ptr_array_index (self->entries, i);

      if (dio_job_is_unstored (entry->job))
        _dio_job_entry_check_again (entry);
    }
}

static void
open_taken_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) jobs = NULL;
  GError *error = NULL;
  gssize n_restored = 0;
  DioJobQueue *self;

  jobs = dio_job_store_take_open_finish (DIO_JOB_STORE (object), result, &error);
  if (jobs == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self = g_task_get_source_object (task);
  for (guint i = 0; i < jobs->len; i++)
    n_restored += _dio_job_queue_adopt (self, g_ptr_array_index (jobs, i));
  _dio_job_queue_store_after_all (self);

  g_task_return_int (task, n_restored);
}

/**
 * dio_job_queue_restore_async:
 * @self: a queue
 * @callback: called when they are in the list
 * @user_data: data for @callback
 *
 * Takes up every job that is not over and that no living process drives. Those
 * that reached their provider are asked after; nothing is ordered twice. What came
 * and could not be stored then is stored now.
 */
void
dio_job_queue_restore_async (DioJobQueue         *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIO_IS_JOB_QUEUE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_job_queue_restore_async);
  dio_job_store_take_open_async (self->store, open_taken_cb, task);
}

/**
 * dio_job_queue_restore_finish:
 * @self: a queue
 * @result: what the callback was given
 * @n_restored: (out) (optional): how many there were
 * @error: return location for %DIO_ERROR_STORAGE
 *
 * Returns: whether they could be read
 */
gboolean
dio_job_queue_restore_finish (DioJobQueue   *self,
                              GAsyncResult  *result,
                              guint         *n_restored,
                              GError       **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_job_queue_restore_async), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_restored != NULL)
    *n_restored = MAX (n, 0);

  return n >= 0;
}

static void
job_taken_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(DioJob) job = NULL;
  GError *error = NULL;
  DioJobEntry *entry;
  DioJobQueue *self;

  job = dio_job_store_take_job_finish (DIO_JOB_STORE (object), result, &error);
  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self = g_task_get_source_object (task);
  _dio_job_queue_adopt (self, job);

  /* Somebody else may have taken it as well in the meantime. */
  entry = _dio_job_queue_find_id (self, dio_job_get_id (job));
  if (entry != NULL)
    g_set_object (&job, entry->job);
  g_task_return_pointer (task, g_steal_pointer (&job), g_object_unref);
}

/**
 * dio_job_queue_take_async:
 * @self: a queue
 * @id: a job's id
 * @callback: called when it is in the list
 * @user_data: data for @callback
 *
 * Takes up one job, over or not. What is over stays so; what is not goes on,
 * unless @callback cancels it.
 */
void
dio_job_queue_take_async (DioJobQueue         *self,
                          const char          *id,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  DioJobEntry *entry;

  g_return_if_fail (DIO_IS_JOB_QUEUE (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_job_queue_take_async);

  entry = _dio_job_queue_find_id (self, id);
  if (entry != NULL)
    g_task_return_pointer (task, g_object_ref (entry->job), g_object_unref);
  else
    dio_job_store_take_job_async (self->store, id, job_taken_cb, g_steal_pointer (&task));
}

/**
 * dio_job_queue_take_finish:
 * @self: a queue
 * @result: what the callback was given
 * @error: return location for a #GError: %DIO_ERROR_NOT_FOUND, %DIO_ERROR_BUSY
 *   when another process drives it, %DIO_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the job
 */
DioJob *
dio_job_queue_take_finish (DioJobQueue   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_job_queue_take_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
