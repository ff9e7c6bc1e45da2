/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the bytes of a file that a person chose, and refuses what is none by its
 * nature, or too much. */

#include "config.h"

#include "dio-read-file.h"

#include "dio-error.h"

#define CHUNK (256 * 1024)

static gboolean
refuse_large (guint64   size,
              guint     most,
              GError  **error)
{
  if (size <= most)
    return FALSE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The file is larger than %u megabytes",
               most / (1024 * 1024));

  return TRUE;
}

/* A pipe would be waited for without end, a device has none. */
static gboolean
check_nature (GFileInfo  *info,
              guint       most,
              GError    **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (type == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "It is a folder, not a file");
      return FALSE;
    }

  if (type != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "It is not a regular file");
      return FALSE;
    }

  return !refuse_large (g_file_info_get_size (info), most, error);
}

static GByteArray *
read_stream (GInputStream  *stream,
             guint          most,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GByteArray) array = g_byte_array_new ();

  for (;;)
    {
      guint size = array->len;
      gssize n_read;

      g_byte_array_set_size (array, size + CHUNK);
      n_read = g_input_stream_read (stream, array->data + size, CHUNK, cancellable, error);
      if (n_read < 0)
        return NULL;
      g_byte_array_set_size (array, size + n_read);
      if (n_read == 0)
        return g_steal_pointer (&array);

      /* The file may have grown since it was looked at. */
      if (refuse_large (array->len, most, error))
        return NULL;
    }
}

static GByteArray *
read_array (GFile         *file,
            guint          most,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GFileInfo) info = NULL;
  g_autoptr(GFileInputStream) stream = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL || !check_nature (info, most, error))
    return NULL;

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  return read_stream (G_INPUT_STREAM (stream), most, cancellable, error);
}

/**
 * dio_read_file:
 * @file: a file that a person chose
 * @most: how many bytes are taken
 * @cancellable: (nullable): ends the reading
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads. Little more than @most is ever read.
 *
 * Returns: (transfer full): all its bytes, at least one
 */
GBytes *
dio_read_file (GFile         *file,
               guint          most,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GByteArray) array = read_array (file, most, cancellable, &local_error);

  if (array == NULL)
    {
      g_propagate_error (error, dio_error_from_io (local_error, "The file could not be read"));
      return NULL;
    }

  if (array->len == 0)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The file is empty");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
