/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes by drag or paste from other programs. Files are preferred, since
 * they have names; picture bytes are read as a stream up to a cap, never as a
 * texture, which would lose the file that they are. */

#include "config.h"

#include "dio-drop.h"

#include "dio-error.h"
#include "dio-image-header.h"

#define CHUNK (256 * 1024)

/* In the order they are asked for. */
static const char * const picture_types[] = {
  "image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", NULL
};

typedef struct
{
  /* Given; one of the two */
  GdkDrop      *drop;
  GdkClipboard *clipboard;

  /* Under way */
  char         *address;
  GInputStream *stream;
  GByteArray   *array;
} Read;

void
dio_drop_free (DioDrop *drop)
{
  g_slist_free_full (drop->files, g_object_unref);
  g_clear_pointer (&drop->bytes, g_bytes_unref);
  g_free (drop->address);
  g_free (drop);
}

static void
read_free (Read *read)
{
  g_clear_object (&read->drop);
  g_clear_object (&read->clipboard);
  g_free (read->address);
  g_clear_object (&read->stream);
  g_clear_pointer (&read->array, g_byte_array_unref);
  g_free (read);
}

/* What a drop target should be made with. */
GdkContentFormats *
dio_drop_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_mime_type (builder, "text/uri-list");
  for (guint i = 0; picture_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, picture_types[i]);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
has_files (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
         || gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

static gboolean
has_picture (GdkContentFormats *formats)
{
  for (guint i = 0; picture_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, picture_types[i]))
      return TRUE;

  return FALSE;
}

gboolean
dio_drop_is_welcome (GdkContentFormats *formats)
{
  return has_files (formats) || has_picture (formats);
}

static GdkContentFormats *
get_formats (Read *read)
{
  return read->drop != NULL ? gdk_drop_get_formats (read->drop)
                            : gdk_clipboard_get_formats (read->clipboard);
}

static void
return_bytes (GTask *task)
{
  Read *read = g_task_get_task_data (task);
  DioDrop *drop;

  if (read->array->len == 0)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_INVALID, "Nothing was handed over");
      return;
    }

  drop = g_new0 (DioDrop, 1);
  drop->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&read->array));
  drop->address = g_steal_pointer (&read->address);
  g_task_return_pointer (task, drop, (GDestroyNotify) dio_drop_free);
}

static void
chunk_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_bytes_get_size (bytes) == 0)
    {
      return_bytes (task);
      return;
    }

  g_byte_array_append (read->array, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (read->array->len > DIO_IMAGE_MAX_BYTES)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_INVALID, "More than %d bytes were handed over",
                               DIO_IMAGE_MAX_BYTES);
      return;
    }

  g_input_stream_read_bytes_async (read->stream, CHUNK, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task),
                                   chunk_read_cb, g_object_ref (task));
}

static void
stream_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;

  if (GDK_IS_DROP (source))
    read->stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error);
  else
    read->stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  if (read->stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  read->array = g_byte_array_new ();
  g_input_stream_read_bytes_async (read->stream, CHUNK, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task),
                                   chunk_read_cb, g_object_ref (task));
}

static void
read_picture (GTask *task)
{
  Read *read = g_task_get_task_data (task);

  if (read->drop != NULL)
    gdk_drop_read_async (read->drop, (const char **) picture_types, G_PRIORITY_DEFAULT,
                         g_task_get_cancellable (task), stream_opened_cb, g_object_ref (task));
  else
    gdk_clipboard_read_async (read->clipboard, (const char **) picture_types, G_PRIORITY_DEFAULT,
                              g_task_get_cancellable (task), stream_opened_cb, g_object_ref (task));
}

/* A browser hands over the address of a picture as a “file”, and often the
 * picture too. */
static gboolean
is_web_address (GFile *file)
{
  return g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https");
}

static GSList *
collect_files (const GValue  *value,
               char         **address)
{
  GSList *files = NULL;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    if (!is_web_address (l->data))
      files = g_slist_prepend (files, g_object_ref (l->data));
    else if (*address == NULL)
      *address = g_file_get_uri (l->data);

  return g_slist_reverse (files);
}

static void
files_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Read *read = g_task_get_task_data (task);
  GError *error = NULL;
  const GValue *value;
  GSList *files = NULL;
  DioDrop *drop;

  if (GDK_IS_DROP (source))
    value = gdk_drop_read_value_finish (GDK_DROP (source), result, &error);
  else
    value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL)
    files = collect_files (value, &read->address);

  if (files == NULL && has_picture (get_formats (read)))
    {
      g_clear_error (&error);
      read_picture (task);
      return;
    }

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  drop = g_new0 (DioDrop, 1);
  drop->files = files;
  if (files == NULL)
    drop->address = g_steal_pointer (&read->address);
  g_task_return_pointer (task, drop, (GDestroyNotify) dio_drop_free);
}

static void
read_async (Read                *read,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, read_async);
  g_task_set_task_data (task, read, (GDestroyNotify) read_free);

  if (!has_files (get_formats (read)))
    read_picture (task);
  else if (read->drop != NULL)
    gdk_drop_read_value_async (read->drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT,
                               cancellable, files_read_cb, g_object_ref (task));
  else
    gdk_clipboard_read_value_async (read->clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT,
                                    cancellable, files_read_cb, g_object_ref (task));
}

void
dio_read_drop_async (GdkDrop             *source,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Read *read = g_new0 (Read, 1);

  read->drop = g_object_ref (source);
  read_async (read, cancellable, callback, user_data);
}

void
dio_read_clipboard_async (GdkClipboard        *source,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Read *read = g_new0 (Read, 1);

  read->clipboard = g_object_ref (source);
  read_async (read, cancellable, callback, user_data);
}

DioDrop *
dio_read_drop_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
