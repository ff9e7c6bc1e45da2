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

/* A list of tags, on its way through the reading thread. */
typedef struct
{
  GStrv tags; /* (owned) (nullable) */
} Tags;

static void
tags_free (Tags *tags)
{
  g_strfreev (tags->tags);
  g_free (tags);
}

static gboolean
list_tags_in_thread (gpointer   store,
                     gpointer   task_data,
                     GError   **error)
{
  Tags *tags = task_data;

  if (dio_archive_open_to_read (store, error))
    tags->tags = dio_archive_list_tags (store, error);

  return tags->tags != NULL;
}

static void
tags_listed (GTask *task)
{
  Tags *tags = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&tags->tags), (GDestroyNotify) g_strfreev);
}

/**
 * dio_library_list_tags_async:
 * @self: an open library
 * @callback: called with the tags
 * @user_data: data for @callback
 */
void
dio_library_list_tags_async (DioLibrary          *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_list_tags_async);
  _dio_library_push_reading (task, g_new0 (Tags, 1), (GDestroyNotify) tags_free, list_tags_in_thread, tags_listed);
}

/**
 * dio_library_list_tags_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the tags of all results, in the order of their letters
 */
GStrv
dio_library_list_tags_finish (DioLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_list_tags_async, error);
}
