/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files into pyramids, off the main thread. The thread gets a file or its
 * bytes; it knows no widget. */

#include "config.h"

#include "dio-pyramid-loader.h"

#include "dio-image-decode.h"

typedef struct
{
  /* Given; one of the two */
  GFile  *file;
  GBytes *bytes;

  gsize   max_bytes;
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->file);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Load *load = task_data;
  DioPyramid *pyramid = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (load->bytes == NULL)
    load->bytes = dio_image_read_file (load->file, cancellable, &error);
  if (load->bytes != NULL)
    pyramid = dio_pyramid_decode (load->bytes, load->max_bytes, cancellable, &error);

  if (pyramid == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pyramid, (GDestroyNotify) dio_pyramid_unref);
}

/* Of the file, or of the bytes where there are any; see dio_pyramid_new() for
 * @max_bytes. */
void
dio_load_pyramid_async (GFile               *file,
                        GBytes              *bytes,
                        gsize                max_bytes,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  if (bytes != NULL)
    load->bytes = g_bytes_ref (bytes);
  else
    load->file = g_object_ref (file);
  load->max_bytes = max_bytes;

  g_task_set_source_tag (task, dio_load_pyramid_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_thread);
}

DioPyramid *
dio_load_pyramid_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_load_pyramid_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
