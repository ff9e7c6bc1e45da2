/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo that the library keeps, by its content, without waiting for the disk. */

#include "config.h"

#include "dio-kept-photo.h"

typedef struct
{
  DioLibrary *library; /* (owned) (nullable): NULL once the photo is read */
  char       *hash;    /* (owned) */
} Loading;

static void
loading_free (Loading *loading)
{
  g_clear_object (&loading->library);
  g_free (loading->hash);
  g_free (loading);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Loading *loading = task_data;
  GBytes *bytes;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  bytes = dio_library_load_reference (loading->library, loading->hash, &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* The thread may be the last to hold its own task, so that one holds nothing of
 * the main thread any more by now. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Loading *loading = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  GBytes *bytes;

  g_clear_object (&loading->library);
  bytes = g_task_propagate_pointer (G_TASK (result), &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dio_kept_photo_load_async:
 * @library: an open library
 * @hash: the content hash of a photo
 * @cancellable: (nullable): to stop it
 * @callback: called when it is read, or is not kept
 * @user_data: data for @callback
 */
void
dio_kept_photo_load_async (DioLibrary          *library,
                           const char          *hash,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  g_autoptr(GTask) work = NULL;
  Loading *loading;

  g_return_if_fail (DIO_IS_LIBRARY (library));
  g_return_if_fail (hash != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_kept_photo_load_async);

  loading = g_new0 (Loading, 1);
  loading->library = g_object_ref (library);
  loading->hash = g_strdup (hash);
  work = g_task_new (NULL, cancellable, loaded_cb, task);
  g_task_set_source_tag (work, dio_kept_photo_load_async);
  g_task_set_task_data (work, loading, (GDestroyNotify) loading_free);
  g_task_run_in_thread (work, load_thread);
}

/**
 * dio_kept_photo_load_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the photo's bytes; %NULL with %DIO_ERROR_NOT_FOUND
 *   where they are not kept
 */
GBytes *
dio_kept_photo_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_kept_photo_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
