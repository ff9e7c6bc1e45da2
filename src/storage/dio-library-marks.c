/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person says of results: stars, verdicts, tags. */

#include "config.h"

#include "dio-change-private.h"

static gboolean
rate_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_rate (store, _dio_change_get_ids (change), change->rating, error) &&
         _dio_change_read (change, store, error);
}

static gboolean
judge_in_thread (gpointer   store,
                 gpointer   task_data,
                 GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_judge (store, _dio_change_get_ids (change), change->verdict, error) &&
         _dio_change_read (change, store, error);
}

static gboolean
tag_in_thread (gpointer   store,
               gpointer   task_data,
               GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_tag (store, _dio_change_get_ids (change), (const char * const *) change->add,
                          (const char * const *) change->remove, error) &&
         _dio_change_read (change, store, error);
}

static void
marks_done (GTask *task)
{
  _dio_change_show (task, DIO_LIBRARY_CHANGE_MARKS);
}

/**
 * dio_library_rate_async:
 * @self: an open library
 * @results: (element-type DioResult): which
 * @rating: stars, up to %DIO_RESULT_MAX_RATING; 0 for none
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 */
void
dio_library_rate_async (DioLibrary          *self,
                        GPtrArray           *results,
                        guint                rating,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);
  g_return_if_fail (rating <= DIO_RESULT_MAX_RATING);

  change = _dio_change_new (results);
  change->rating = rating;
  _dio_change_start (self, dio_library_rate_async, change, callback, user_data, rate_in_thread, marks_done);
}

gboolean
dio_library_rate_finish (DioLibrary    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_rate_async, error);
}

/**
 * dio_library_judge_async:
 * @self: an open library
 * @results: (element-type DioResult): which
 * @verdict: what the person thinks of them
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 */
void
dio_library_judge_async (DioLibrary          *self,
                         GPtrArray           *results,
                         DioVerdict           verdict,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  change = _dio_change_new (results);
  change->verdict = verdict;
  _dio_change_start (self, dio_library_judge_async, change, callback, user_data, judge_in_thread, marks_done);
}

gboolean
dio_library_judge_finish (DioLibrary    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_judge_async, error);
}

/**
 * dio_library_tag_async:
 * @self: an open library
 * @results: (element-type DioResult): which
 * @add: (nullable) (array zero-terminated=1): tags that they get
 * @remove: (nullable) (array zero-terminated=1): tags that they lose
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 */
void
dio_library_tag_async (DioLibrary          *self,
                       GPtrArray           *results,
                       const char * const  *add,
                       const char * const  *remove,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  change = _dio_change_new (results);
  change->add = g_strdupv ((GStrv) add);
  change->remove = g_strdupv ((GStrv) remove);
  _dio_change_start (self, dio_library_tag_async, change, callback, user_data, tag_in_thread, marks_done);
}

gboolean
dio_library_tag_finish (DioLibrary    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_tag_async, error);
}
