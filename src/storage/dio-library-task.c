/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the library's questions and changes go into its threads, and come back. */

#include "config.h"

#include "dio-library-private.h"

#include "dio-error.h"

/* Has @func work on @data in the thread, and @done finish @task afterwards. */
void
_dio_library_push (GTask              *task,
                   gpointer            data,
                   GDestroyNotify      free_data,
                   DioStorageFunc      func,
                   DioStorageDoneFunc  done)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));

  g_task_set_task_data (task, data, free_data);
  dio_storage_thread_push (self->thread, task, func, done);
}

/* The same for what only looks. */
void
_dio_library_push_reading (GTask              *task,
                           gpointer            data,
                           GDestroyNotify      free_data,
                           DioStorageFunc      func,
                           DioStorageDoneFunc  done)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));

  g_task_set_task_data (task, data, free_data);
  if (self->is_open)
    {
      dio_storage_thread_push (self->reading, task, func, done);
      return;
    }

  g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_STORAGE, "The library in %s is not open", self->folder);
  g_object_unref (task);
}

void
_dio_library_return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

/* The end of each function that a callback calls. @tag: the one that began it */
gboolean
_dio_library_finish_boolean (gpointer       self,
                             GAsyncResult  *result,
                             gpointer       tag,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gpointer
_dio_library_finish_pointer (gpointer       self,
                             GAsyncResult  *result,
                             gpointer       tag,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
