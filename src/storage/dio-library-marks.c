/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to results. The objects that others hold show a change once
 * it is on the disk. */

#include "config.h"

#include "dio-library-private.h"

#include "dio-error.h"

/* One change; of the fields, those that its kind needs. */
typedef struct
{
  /* Given */
  GStrv       ids;       /* (owned) */
  guint       rating;
  DioVerdict  verdict;
  GStrv       add;       /* (owned) (nullable) */
  GStrv       remove;    /* (owned) (nullable) */
  char       *path;      /* (owned) (nullable) */
  gint64      before;

  /* Result */
  GPtrArray  *changed;   /* (owned) (nullable) (element-type DioResult): as they are now */
  guint       n_removed;
} Change;

static void
change_free (Change *change)
{
  g_strfreev (change->ids);
  g_strfreev (change->add);
  g_strfreev (change->remove);
  g_free (change->path);
  g_clear_pointer (&change->changed, g_ptr_array_unref);
  g_free (change);
}

static Change *
change_new (GPtrArray *results)
{
  Change *change = g_new0 (Change, 1);

  change->ids = g_new0 (char *, results->len + 1);
  for (guint i = 0; i < results->len; i++)
    change->ids[i] = g_strdup (dio_result_get_id (g_ptr_array_index (results, i)));

  return change;
}

static void
push_change (GTask              *task,
             Change             *change,
             DioStorageFunc      func,
             DioStorageDoneFunc  done)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));

  self->n_changes++;
  _dio_library_push (task, change, (GDestroyNotify) change_free, func, done);
}

/* What runs in the thread */

static gboolean
read_changed (DioArchive  *archive,
              Change      *change,
              GError     **error)
{
  change->changed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; change->ids[i] != NULL; i++)
    {
      g_autoptr(GError) local_error = NULL;
      DioResult *result = dio_archive_load_result (archive, change->ids[i], &local_error);

      if (result != NULL)
        g_ptr_array_add (change->changed, result);
      else if (!g_error_matches (local_error, DIO_ERROR, DIO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

static const char * const *
get_ids (Change *change)
{
  return (const char * const *) change->ids;
}

static gboolean
rate_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  Change *change = task_data;

  return dio_archive_rate (store, get_ids (change), change->rating, error) &&
         read_changed (store, change, error);
}

static gboolean
judge_in_thread (gpointer   store,
                 gpointer   task_data,
                 GError   **error)
{
  Change *change = task_data;

  return dio_archive_judge (store, get_ids (change), change->verdict, error) &&
         read_changed (store, change, error);
}

static gboolean
tag_in_thread (gpointer   store,
               gpointer   task_data,
               GError   **error)
{
  Change *change = task_data;

  return dio_archive_tag (store, get_ids (change), (const char * const *) change->add,
                          (const char * const *) change->remove, error) &&
         read_changed (store, change, error);
}

static gboolean
delete_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  Change *change = task_data;

  return dio_archive_delete (store, get_ids (change), g_get_real_time (), error) &&
         read_changed (store, change, error);
}

static gboolean
restore_in_thread (gpointer   store,
                   gpointer   task_data,
                   GError   **error)
{
  Change *change = task_data;

  return dio_archive_restore (store, get_ids (change), error) &&
         read_changed (store, change, error);
}

static gboolean
forget_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  Change *change = task_data;

  change->changed = g_ptr_array_new_with_free_func (g_object_unref);

  return dio_archive_forget (store, get_ids (change), error);
}

static gboolean
locate_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  Change *change = task_data;

  return dio_archive_locate (store, change->ids[0], change->path, error) &&
         read_changed (store, change, error);
}

static gboolean
empty_trash_in_thread (gpointer   store,
                       gpointer   task_data,
                       GError   **error)
{
  Change *change = task_data;

  return dio_archive_empty_trash (store, change->before, &change->n_removed, error);
}

/* What follows in the main context */

static void
show_change (GTask            *task,
             DioLibraryChange  what)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Change *change = g_task_get_task_data (task);

  self->n_changes++;
  _dio_library_share_all (self, change->changed, TRUE);
  _dio_library_emit_changed (self, what);
  g_task_return_boolean (task, TRUE);
}

static void
marks_done (GTask *task)
{
  show_change (task, DIO_LIBRARY_CHANGE_MARKS);
}

static void
results_done (GTask *task)
{
  show_change (task, DIO_LIBRARY_CHANGE_RESULTS);
}

static void
empty_trash_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Change *change = g_task_get_task_data (task);

  self->n_changes++;
  if (change->n_removed > 0)
    _dio_library_emit_changed (self, DIO_LIBRARY_CHANGE_RESULTS);
  g_task_return_boolean (task, TRUE);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);
  g_return_if_fail (rating <= DIO_RESULT_MAX_RATING);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_rate_async);
  change = change_new (results);
  change->rating = rating;
  push_change (g_steal_pointer (&task), change, rate_in_thread, marks_done);
}

gboolean
dio_library_rate_finish (DioLibrary    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_rate_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_judge_async);
  change = change_new (results);
  change->verdict = verdict;
  push_change (g_steal_pointer (&task), change, judge_in_thread, marks_done);
}

gboolean
dio_library_judge_finish (DioLibrary    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_judge_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_tag_async);
  change = change_new (results);
  change->add = g_strdupv ((GStrv) add);
  change->remove = g_strdupv ((GStrv) remove);
  push_change (g_steal_pointer (&task), change, tag_in_thread, marks_done);
}

gboolean
dio_library_tag_finish (DioLibrary    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_tag_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_delete_async);
  change = change_new (results);
  push_change (g_steal_pointer (&task), change, delete_in_thread, results_done);
}

gboolean
dio_library_delete_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_delete_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_restore_async);
  change = change_new (results);
  push_change (g_steal_pointer (&task), change, restore_in_thread, results_done);
}

gboolean
dio_library_restore_finish (DioLibrary    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_restore_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (results != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_forget_async);
  change = change_new (results);
  push_change (g_steal_pointer (&task), change, forget_in_thread, results_done);
}

gboolean
dio_library_forget_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  g_autoptr(GPtrArray) results = g_ptr_array_new ();
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (DIO_IS_RESULT (missing));
  g_return_if_fail (g_file_peek_path (file) != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_locate_async);
  g_ptr_array_add (results, missing);
  change = change_new (results);
  change->path = g_file_get_path (file);
  push_change (g_steal_pointer (&task), change, locate_in_thread, results_done);
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
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_locate_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_empty_trash_async);
  change = g_new0 (Change, 1);
  change->before = before;
  push_change (g_steal_pointer (&task), change, empty_trash_in_thread, empty_trash_done);
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
  Change *change;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_empty_trash_async), FALSE);

  change = g_task_get_task_data (G_TASK (result));
  if (n_removed != NULL)
    *n_removed = change->n_removed;

  return g_task_propagate_boolean (G_TASK (result), error);
}
