/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a list a result is that is known by its id only. */

#include "config.h"

#include "dio-result-list.h"

#include "dio-error.h"

static void
result_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResult) found = dio_library_load_result_finish (DIO_LIBRARY (source), result, &error);

  if (found != NULL)
    g_task_return_pointer (task, g_steal_pointer (&found), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * dio_result_list_find_async:
 * @self: a list
 * @id: of a result
 * @callback: called with the answer
 * @user_data: data for @callback
 */
void
dio_result_list_find_async (DioResultList       *self,
                            const char          *id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIO_IS_RESULT_LIST (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_result_list_find_async);
  dio_library_load_result_async (dio_result_list_get_library (self), id, result_loaded_cb, task);
}

/**
 * dio_result_list_find_finish:
 * @self: a list
 * @result: what the callback was given
 * @position: (out): where it is now
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND where the list does not have it, or
 *   %DIO_ERROR_STORAGE
 */
gboolean
dio_result_list_find_finish (DioResultList  *self,
                             GAsyncResult   *result,
                             guint          *position,
                             GError        **error)
{
  g_autoptr(DioResult) found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_result_list_find_async), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  if (dio_result_list_find (self, dio_result_get_number (found), position))
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The list does not have %s", dio_result_get_id (found));

  return FALSE;
}
