/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library's history: its jobs, and what they cost. */

#include "config.h"

#include "dio-library-private.h"

/* One page, or one account of what was spent. */
typedef struct
{
  /* Given */
  DioSpendPeriod  period;
  guint           offset;
  guint           n;

  /* Result */
  GPtrArray      *rows; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_free (reading);
}

static gboolean
load_spend_in_thread (gpointer   store,
                      gpointer   task_data,
                      GError   **error)
{
  Reading *reading = task_data;

  reading->rows = dio_archive_load_spend (store, reading->period, error);

  return reading->rows != NULL;
}

static gboolean
load_jobs_in_thread (gpointer   store,
                     gpointer   task_data,
                     GError   **error)
{
  Reading *reading = task_data;

  reading->rows = dio_archive_load_jobs (store, reading->offset, reading->n, error);

  return reading->rows != NULL;
}

static void
return_rows (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&reading->rows), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dio_library_load_spend_async:
 * @self: an open library
 * @period: what to add up
 * @callback: called with the rows
 * @user_data: data for @callback
 */
void
dio_library_load_spend_async (DioLibrary          *self,
                              DioSpendPeriod       period,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_load_spend_async);
  reading = g_new0 (Reading, 1);
  reading->period = period;
  _dio_library_push (g_steal_pointer (&task), reading, (GDestroyNotify) reading_free,
                     load_spend_in_thread, return_rows);
}

/**
 * dio_library_load_spend_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioSpendRow): a row for each period and
 *   currency, newest first; a job has two where its provider has told its price
 *   in other units than it was estimated in
 */
GPtrArray *
dio_library_load_spend_finish (DioLibrary    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_spend_async, error);
}

/**
 * dio_library_load_jobs_async:
 * @self: an open library
 * @offset: how many of the newest to leave out
 * @n: how many at most
 * @callback: called with the jobs
 * @user_data: data for @callback
 */
void
dio_library_load_jobs_async (DioLibrary          *self,
                             guint                offset,
                             guint                n,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_load_jobs_async);
  reading = g_new0 (Reading, 1);
  reading->offset = offset;
  reading->n = n;
  _dio_library_push (g_steal_pointer (&task), reading, (GDestroyNotify) reading_free,
                     load_jobs_in_thread, return_rows);
}

/**
 * dio_library_load_jobs_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioJobSummary): jobs of all processes,
 *   newest first
 */
GPtrArray *
dio_library_load_jobs_finish (DioLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_jobs_async, error);
}
