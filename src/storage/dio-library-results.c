/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library's results, read by what is known of them. */

#include "config.h"

#include "dio-library-private.h"

/* One question; of the fields, those that its kind needs. */
typedef struct
{
  /* Given */
  char           *key;       /* (owned) (nullable): an id or a hash */
  DioResultQuery *query;     /* (owned) (nullable) */
  guint           n_changes; /* of the library, when it was asked */

  /* Answer */
  GPtrArray      *results;   /* (owned) (nullable) (element-type DioResult) */
  GArray         *days;      /* (owned) (nullable) (element-type DioResultDay) */
  DioRequest     *request;   /* (owned) (nullable) */
} Question;

static void
question_free (Question *question)
{
  g_free (question->key);
  g_clear_pointer (&question->query, dio_result_query_free);
  g_clear_pointer (&question->results, g_ptr_array_unref);
  g_clear_pointer (&question->days, g_array_unref);
  g_clear_object (&question->request);
  g_free (question);
}

static Question *
question_new (DioLibrary *self,
              const char *key)
{
  Question *question = g_new0 (Question, 1);

  question->key = g_strdup (key);
  question->n_changes = self->n_changes;

  return question;
}

static void
ask (DioLibrary          *self,
     gpointer             tag,
     Question            *question,
     GAsyncReadyCallback  callback,
     gpointer             user_data,
     DioStorageFunc       func,
     DioStorageDoneFunc   done)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  _dio_library_push_reading (g_steal_pointer (&task), question, (GDestroyNotify) question_free, func, done);
}

/* What runs in the thread */

static gboolean
take_one (Question  *question,
          DioResult *result)
{
  if (result == NULL)
    return FALSE;

  question->results = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (question->results, result);

  return TRUE;
}

static gboolean
load_result_in_thread (gpointer   store,
                       gpointer   task_data,
                       GError   **error)
{
  Question *question = task_data;

  return dio_archive_open_to_read (store, error) &&
         take_one (question, dio_archive_load_result (store, question->key, error));
}

static gboolean
load_by_hash_in_thread (gpointer   store,
                        gpointer   task_data,
                        GError   **error)
{
  Question *question = task_data;

  return dio_archive_open_to_read (store, error) &&
         take_one (question, dio_archive_load_result_by_hash (store, question->key, error));
}

static gboolean
load_children_in_thread (gpointer   store,
                         gpointer   task_data,
                         GError   **error)
{
  Question *question = task_data;

  if (dio_archive_open_to_read (store, error))
    question->results = dio_archive_load_children (store, question->key, error);

  return question->results != NULL;
}

static gboolean
load_results_of_job_in_thread (gpointer   store,
                               gpointer   task_data,
                               GError   **error)
{
  Question *question = task_data;

  if (dio_archive_open_to_read (store, error))
    question->results = dio_archive_load_results_of_job (store, question->key, error);

  return question->results != NULL;
}

static gboolean
load_request_in_thread (gpointer   store,
                        gpointer   task_data,
                        GError   **error)
{
  Question *question = task_data;

  if (dio_archive_open_to_read (store, error))
    question->request = dio_archive_load_request (store, question->key, error);

  return question->request != NULL;
}

static gboolean
list_days_in_thread (gpointer   store,
                     gpointer   task_data,
                     GError   **error)
{
  Question *question = task_data;

  if (dio_archive_open_to_read (store, error))
    question->days = dio_archive_list_days (store, question->query, error);

  return question->days != NULL;
}

/* What follows in the main context */

static void
share (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Question *question = g_task_get_task_data (task);

  _dio_library_share_all (self, question->results, question->n_changes == self->n_changes);
}

static void
return_result (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  share (task);
  g_task_return_pointer (task, g_object_ref (g_ptr_array_index (question->results, 0)), g_object_unref);
}

static void
return_results (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  share (task);
  g_task_return_pointer (task, g_steal_pointer (&question->results), (GDestroyNotify) g_ptr_array_unref);
}

static void
return_request (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&question->request), g_object_unref);
}

static void
return_days (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&question->days), (GDestroyNotify) g_array_unref);
}

/**
 * dio_library_load_result_async:
 * @self: an open library
 * @id: a result
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_library_load_result_async (DioLibrary          *self,
                               const char          *id,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  ask (self, dio_library_load_result_async, question_new (self, id), callback, user_data, load_result_in_thread, return_result);
}

/**
 * dio_library_load_result_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): also one that is in the trash; %NULL with
 *   %DIO_ERROR_NOT_FOUND or %DIO_ERROR_STORAGE
 */
DioResult *
dio_library_load_result_finish (DioLibrary    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_result_async, error);
}

/**
 * dio_library_load_by_hash_async:
 * @self: an open library
 * @hash: a content hash
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * Finds out whether a reference is a result, and which.
 */
void
dio_library_load_by_hash_async (DioLibrary          *self,
                                const char          *hash,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (hash != NULL);

  ask (self, dio_library_load_by_hash_async, question_new (self, hash), callback, user_data, load_by_hash_in_thread, return_result);
}

/**
 * dio_library_load_by_hash_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the result with that content; %NULL with
 *   %DIO_ERROR_NOT_FOUND or %DIO_ERROR_STORAGE
 */
DioResult *
dio_library_load_by_hash_finish (DioLibrary    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_by_hash_async, error);
}

/**
 * dio_library_load_children_async:
 * @self: an open library
 * @hash: a content hash
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_library_load_children_async (DioLibrary          *self,
                                 const char          *hash,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (hash != NULL);

  ask (self, dio_library_load_children_async, question_new (self, hash), callback, user_data, load_children_in_thread, return_results);
}

/**
 * dio_library_load_children_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): what was made from a
 *   reference of that content, oldest first
 */
GPtrArray *
dio_library_load_children_finish (DioLibrary    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_children_async, error);
}

/**
 * dio_library_load_results_of_job_async:
 * @self: an open library
 * @job_id: a job
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_library_load_results_of_job_async (DioLibrary          *self,
                                       const char          *job_id,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (job_id != NULL);

  ask (self, dio_library_load_results_of_job_async, question_new (self, job_id), callback, user_data, load_results_of_job_in_thread, return_results);
}

/**
 * dio_library_load_results_of_job_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): its results in the order of
 *   coming, without those in the trash
 */
GPtrArray *
dio_library_load_results_of_job_finish (DioLibrary    *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_results_of_job_async, error);
}

/**
 * dio_library_load_request_async:
 * @self: an open library
 * @job_id: a job
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_library_load_request_async (DioLibrary          *self,
                                const char          *job_id,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (job_id != NULL);

  ask (self, dio_library_load_request_async, question_new (self, job_id), callback, user_data, load_request_in_thread, return_request);
}

/**
 * dio_library_load_request_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what was asked for, to recall it; photos that are
 *   gone have no bytes. %NULL with %DIO_ERROR_NOT_FOUND, %DIO_ERROR_INVALID or
 *   %DIO_ERROR_STORAGE
 */
DioRequest *
dio_library_load_request_finish (DioLibrary    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_request_async, error);
}

/**
 * dio_library_list_days_async:
 * @self: an open library
 * @query: a query in order of time
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * Lists the days of what matches, to jump to them.
 */
void
dio_library_list_days_async (DioLibrary            *self,
                             const DioResultQuery  *query,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  Question *question;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (query != NULL);

  question = question_new (self, NULL);
  question->query = dio_result_query_copy (query);
  ask (self, dio_library_list_days_async, question, callback, user_data, list_days_in_thread, return_days);
}

/**
 * dio_library_list_days_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResultDay): in the order of the list
 */
GArray *
dio_library_list_days_finish (DioLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_list_days_async, error);
}
