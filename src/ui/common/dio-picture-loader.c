/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures into textures, off the main thread. The thread gets bytes or a path
 * and a size, and gives a texture; it knows no widget. */

#include "config.h"

#include "dio-picture-loader.h"

#include "dio-image-decode.h"
#include "dio-texture.h"
#include "dio-thumbnail.h"

typedef struct
{
  /* Given; one of the two */
  GFile  *file;
  GBytes *bytes;

  /* Longest side of the texture, or 0 for the picture as it is */
  int     max_side;
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->file);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

static DioPixels *
decode (GBytes       *bytes,
        int           max_side,
        GCancellable *cancellable,
        GError      **error)
{
  DioDecodeNotes notes;

  if (max_side > 0)
    return dio_thumbnail_make (bytes, max_side, cancellable, error);

  return dio_image_decode (bytes, 0, &notes, cancellable, error);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Load *load = task_data;
  g_autoptr(DioPixels) pixels = NULL;
  GError *error = NULL;

  /* A cell that was scrolled away before its turn costs nothing. */
  if (g_task_return_error_if_cancelled (task))
    return;

  if (load->bytes == NULL)
    load->bytes = dio_image_read_file (load->file, cancellable, &error);
  if (load->bytes != NULL)
    pixels = decode (load->bytes, load->max_side, cancellable, &error);

  if (pixels == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, dio_texture_new (pixels), g_object_unref);
}

static void
load_async (Load                *load,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_thread);
}

void
dio_load_file_async (GFile               *file,
                     int                  max_side,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Load *load = g_new0 (Load, 1);

  load->file = g_object_ref (file);
  load->max_side = max_side;
  load_async (load, cancellable, callback, user_data);
}

void
dio_load_bytes_async (GBytes              *bytes,
                      int                  max_side,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Load *load = g_new0 (Load, 1);

  load->bytes = g_bytes_ref (bytes);
  load->max_side = max_side;
  load_async (load, cancellable, callback, user_data);
}

GdkTexture *
dio_load_picture_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
