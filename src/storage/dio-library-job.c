/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library: one job of the history, to be looked at and not driven. */

#include "config.h"

#include "dio-library-private.h"

typedef struct
{
  /* Given */
  char   *id;  /* (owned) */

  /* Result */
  DioJob *job; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->job);
  g_free (reading->id);
  g_free (reading);
}

static gboolean
load_job_in_thread (gpointer   store,
                    gpointer   task_data,
                    GError   **error)
{
  Reading *reading = task_data;

  reading->job = dio_archive_load_job (store, reading->id, error);

  return reading->job != NULL;
}

static void
return_job (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&reading->job), g_object_unref);
}

/**
 * dio_library_load_job_async:
 * @self: an open library
 * @id: our own id of a job
 * @callback: called with the job
 * @user_data: data for @callback
 */
void
dio_library_load_job_async (DioLibrary          *self,
                            const char          *id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_load_job_async);
  reading = g_new0 (Reading, 1);
  reading->id = g_strdup (id);
  _dio_library_push (g_steal_pointer (&task), reading, (GDestroyNotify) reading_free,
                     load_job_in_thread, return_job);
}

/**
 * dio_library_load_job_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the job as it was last written, without its results;
 *   %NULL with %DIO_ERROR_NOT_FOUND where there is none
 */
DioJob *
dio_library_load_job_finish (DioLibrary    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_job_async, error);
}
