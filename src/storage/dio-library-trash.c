/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results that go, into the trash or for good, and that come back. */

#include "config.h"

#include "dio-change-private.h"

static gboolean
delete_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_delete (store, _dio_change_get_ids (change), g_get_real_time (), error) &&
         _dio_change_read (change, store, error);
}

static gboolean
restore_in_thread (gpointer   store,
                   gpointer   task_data,
                   GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_restore (store, _dio_change_get_ids (change), error) &&
         _dio_change_read (change, store, error);
}

static gboolean
forget_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_forget (store, _dio_change_get_ids (change), error);
}

static gboolean
locate_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_locate (store, change->ids[0], change->path, error) &&
         _dio_change_read (change, store, error);
}

static gboolean
empty_trash_in_thread (gpointer   store,
                       gpointer   task_data,
                       GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_empty_trash (store, change->before, &change->n_removed, error);
}

static gboolean
remove_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  DioChange *change = task_data;

  return dio_archive_remove (store, _dio_change_get_ids (change), &change->n_removed, error);
}

static void
results_done (GTask *task)
{
  _dio_change_show (task, DIO_LIBRARY_CHANGE_RESULTS);
}

static void
empty_trash_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  DioChange *change = g_task_get_task_data (task);

  self->n_changes++;
  if (change->n_removed > 0)
    _dio_library_emit_changed (self, DIO_LIBRARY_CHANGE_RESULTS);
  g_task_return_boolean (task, TRUE);
}

/**
 * dio_library_delete_async:
 * @self: an open library
 * @results: (element-type DioResult): which
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 *
 * Moves results to the trash, from where dio_library_restore_async() brings them
 * back until it is emptied.
 */
void
dio_library_delete_async (DioLibrary          *self,
                          GPtrArray           *results,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  change = _dio_change_new (results);
  _dio_change_start (self, dio_library_delete_async, change, callback, user_data, delete_in_thread, results_done);
}

gboolean
dio_library_delete_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_delete_async, error);
}

/**
 * dio_library_restore_async:
 * @self: an open library
 * @results: (element-type DioResult): which
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 *
 * Brings results back from the trash, to where they were in every order.
 */
void
dio_library_restore_async (DioLibrary          *self,
                           GPtrArray           *results,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  change = _dio_change_new (results);
  _dio_change_start (self, dio_library_restore_async, change, callback, user_data, restore_in_thread, results_done);
}

gboolean
dio_library_restore_finish (DioLibrary    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_restore_async, error);
}

/**
 * dio_library_forget_async:
 * @self: an open library
 * @results: (element-type DioResult): which
 * @callback: called when it is on the disk
 * @user_data: data for @callback
 *
 * Takes results out of the library whose files are gone. No file is touched.
 */
void
dio_library_forget_async (DioLibrary          *self,
                          GPtrArray           *results,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  change = _dio_change_new (results);
  _dio_change_start (self, dio_library_forget_async, change, callback, user_data, forget_in_thread, results_done);
}

gboolean
dio_library_forget_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_forget_async, error);
}

/**
 * dio_library_locate_async:
 * @self: an open library
 * @missing: a result whose file is gone
 * @file: where the person has found it
 * @callback: called when the result has a file again
 * @user_data: data for @callback
 *
 * Has a result use a copy of @file.
 */
void
dio_library_locate_async (DioLibrary          *self,
                          DioResult           *missing,
                          GFile               *file,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (DIO_IS_RESULT (missing));
  g_return_if_fail (g_file_peek_path (file) != NULL);

  g_ptr_array_add (results, missing);
  change = _dio_change_new (results);
  change->path = g_file_get_path (file);
  _dio_change_start (self, dio_library_locate_async, change, callback, user_data, locate_in_thread, results_done);
}

/**
 * dio_library_locate_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_INVALID where the file is another picture, or
 *   %DIO_ERROR_STORAGE
 */
gboolean
dio_library_locate_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_locate_async, error);
}

/**
 * dio_library_remove_async:
 * @self: an open library
 * @results: (element-type DioResult): which, of those in the trash; others stay
 * @callback: called when they are gone
 * @user_data: data for @callback
 *
 * Takes away results for good. The jobs that made them stay in the history.
 */
void
dio_library_remove_async (DioLibrary          *self,
                          GPtrArray           *results,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  change = _dio_change_new (results);
  _dio_change_start (self, dio_library_remove_async, change, callback, user_data, remove_in_thread, results_done);
}

gboolean
dio_library_remove_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return _dio_library_finish_boolean (self, result, dio_library_remove_async, error);
}

/**
 * dio_library_empty_trash_async:
 * @self: an open library
 * @before: what was deleted before this time goes, in microseconds since 1970
 * @callback: called when it is gone
 * @user_data: data for @callback
 *
 * Takes away deleted results for good. The jobs that made them stay in the
 * history.
 */
void
dio_library_empty_trash_async (DioLibrary          *self,
                               gint64               before,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DioChange *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  change = g_new0 (DioChange, 1);
  change->before = before;
  _dio_change_start (self, dio_library_empty_trash_async, change, callback, user_data,
                     empty_trash_in_thread, empty_trash_done);
}

/**
 * dio_library_empty_trash_finish:
 * @self: a library
 * @result: what the callback was given
 * @n_removed: (out) (optional): how many results went
 * @error: return location for a #GError
 */
gboolean
dio_library_empty_trash_finish (DioLibrary    *self,
                                GAsyncResult  *result,
                                guint         *n_removed,
                                GError       **error)
{
  DioChange *change;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_empty_trash_async), FALSE);

  change = g_task_get_task_data (G_TASK (result));
  if (n_removed != NULL)
    *n_removed = change->n_removed;

  return g_task_propagate_boolean (G_TASK (result), error);
}
