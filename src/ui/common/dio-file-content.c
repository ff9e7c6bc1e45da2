/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a file for the clipboard and for drags: read once another program
 * wants them, and never held as a whole. */

#include "config.h"

#include "dio-file-content.h"

struct _DioFileContent
{
  GdkContentProvider parent_instance;

  /* Construct-only; owned */
  GFile *file;
  char  *mime_type;
};

G_DEFINE_FINAL_TYPE (DioFileContent, dio_file_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
dio_file_content_ref_formats (GdkContentProvider *provider)
{
  DioFileContent *self = DIO_FILE_CONTENT (provider);

  return gdk_content_formats_new ((const char *[]) { self->mime_type }, 1);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GFileInputStream) input = g_file_read_finish (G_FILE (source), result, &error);

  if (input == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_output_stream_splice_async (g_task_get_task_data (task), G_INPUT_STREAM (input),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, g_task_get_priority (task),
                                g_task_get_cancellable (task), spliced_cb, g_object_ref (task));
}

static void
dio_file_content_write_mime_type_async (GdkContentProvider  *provider,
                                        const char          *mime_type,
                                        GOutputStream       *stream,
                                        int                  io_priority,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  DioFileContent *self = DIO_FILE_CONTENT (provider);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dio_file_content_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  if (!g_str_equal (mime_type, self->mime_type))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no %s", mime_type);
  else
    g_file_read_async (self->file, io_priority, cancellable, opened_cb, g_object_ref (task));
}

static gboolean
dio_file_content_write_mime_type_finish (GdkContentProvider  *provider,
                                         GAsyncResult        *result,
                                         GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dio_file_content_finalize (GObject *object)
{
  DioFileContent *self = DIO_FILE_CONTENT (object);

  g_clear_object (&self->file);
  g_free (self->mime_type);

  G_OBJECT_CLASS (dio_file_content_parent_class)->finalize (object);
}

static void
dio_file_content_class_init (DioFileContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dio_file_content_finalize;
  provider_class->ref_formats = dio_file_content_ref_formats;
  provider_class->write_mime_type_async = dio_file_content_write_mime_type_async;
  provider_class->write_mime_type_finish = dio_file_content_write_mime_type_finish;
}

static void
dio_file_content_init (DioFileContent *self)
{
}

GdkContentProvider *
dio_file_content_new (GFile      *file,
                      const char *mime_type)
{
  DioFileContent *self = g_object_new (DIO_TYPE_FILE_CONTENT, NULL);

  self->file = g_object_ref (file);
  self->mime_type = g_strdup (mime_type);

  return GDK_CONTENT_PROVIDER (self);
}
