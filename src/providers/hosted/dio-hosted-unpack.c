/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a checked picture file of what came from a provider: in a thread, and
 * without a second copy of it in memory. */

#include "config.h"

#include "hosted/dio-hosted-unpack.h"

#include "dio-error.h"
#include "dio-image-check.h"

#include <glib/gstdio.h>
#include <string.h>

#define BLOCK (64 * 1024)

void
dio_hosted_unpack_free (DioHostedUnpack *self)
{
  g_free (self->path);
  g_free (self->text);
  g_free (self->text_path);
  g_free (self);
}

static GOutputStream *
create_file (const char  *path,
             GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) local_error = NULL;
  GFileOutputStream *stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &local_error);

  if (stream == NULL)
    g_propagate_error (error, dio_error_from_io (local_error, "A picture could not be written"));

  return G_OUTPUT_STREAM (stream);
}

/* What stands before the base64 of a data URI. */
static gsize
skip_prefix (const char *text,
             gsize       size)
{
  const char *comma;

  if (size < 5 || g_ascii_strncasecmp (text, "data:", 5) != 0)
    return 0;

  comma = memchr (text, ',', size);

  return comma != NULL ? (gsize) (comma - text) + 1 : size;
}

static gboolean
decode_text (const char     *text,
             gsize           size,
             GOutputStream  *output,
             GCancellable   *cancellable,
             GError        **error)
{
  guint8 block[BLOCK / 4 * 3 + 3];
  int state = 0;
  guint save = 0;

  for (gsize at = skip_prefix (text, size); at < size; at += BLOCK)
    {
      gsize n = g_base64_decode_step (text + at, MIN (BLOCK, size - at), block, &state, &save);

      if (!g_output_stream_write_all (output, block, n, NULL, cancellable, error))
        return FALSE;
    }

  return g_output_stream_close (output, cancellable, error);
}

static gboolean
write_decoded (DioHostedUnpack  *self,
               const char       *text,
               gsize             size,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr(GOutputStream) output = create_file (self->path, error);
  g_autoptr(GError) local_error = NULL;

  if (output == NULL)
    return FALSE;
  if (decode_text (text, size, output, cancellable, &local_error))
    return TRUE;

  g_propagate_error (error, dio_error_from_io (local_error, "A picture could not be written"));

  return FALSE;
}

static GMappedFile *
map_file (const char  *path,
          GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  GMappedFile *file = g_mapped_file_new (path, FALSE, &local_error);

  if (file == NULL)
    g_propagate_error (error, dio_error_from_io (local_error, "A picture could not be read"));

  return file;
}

static gboolean
decode (DioHostedUnpack  *self,
        GCancellable     *cancellable,
        GError          **error)
{
  g_autoptr(GMappedFile) file = NULL;

  if (self->text != NULL)
    return write_decoded (self, self->text, strlen (self->text), cancellable, error);
  if (self->text_path == NULL)
    return TRUE;

  file = map_file (self->text_path, error);

  return file != NULL &&
         write_decoded (self, g_mapped_file_get_contents (file), g_mapped_file_get_length (file), cancellable, error);
}

/* A drawing is no picture that a model has made, and may reach for other files. */
static gboolean
is_taken (const DioImageHeader  *header,
          GError               **error)
{
  if (header->format != DIO_IMAGE_FORMAT_SVG && header->format != DIO_IMAGE_FORMAT_TIFF)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_REPLY, "What came is of a kind that is not taken: %s",
               dio_image_format_get_name (header->format));

  return FALSE;
}

static gboolean
check (DioHostedUnpack  *self,
       GError          **error)
{
  g_autoptr(GMappedFile) file = map_file (self->path, error);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) local_error = NULL;
  DioImageHeader header;

  if (file == NULL)
    return FALSE;

  bytes = g_mapped_file_get_bytes (file);
  if (!dio_image_check_whole (bytes, &header, &local_error))
    {
      self->is_hopeless = dio_image_header_is_too_large (&header);
      g_set_error (error, DIO_ERROR, DIO_ERROR_REPLY, "What came is no whole picture: %s", local_error->message);
      return FALSE;
    }

  self->extension = dio_image_format_get_extension (header.format);
  self->width = header.orientation >= 5 ? header.height : header.width;
  self->height = header.orientation >= 5 ? header.width : header.height;

  return is_taken (&header, error);
}

/**
 * dio_hosted_unpack:
 * @self: what came
 * @cancellable: (nullable): ends it
 * @error: return location for %DIO_ERROR_REPLY where it is no whole picture within
 *   our limits, %DIO_ERROR_STORAGE
 *
 * Blocks: for worker threads. Nothing but a checked picture is left behind.
 *
 * Returns: whether there is a picture in its file
 */
gboolean
dio_hosted_unpack (DioHostedUnpack  *self,
                   GCancellable     *cancellable,
                   GError          **error)
{
  gboolean is_good = decode (self, cancellable, error) && check (self, error);

  if (self->text_path != NULL)
    g_unlink (self->text_path);
  if (!is_good)
    g_unlink (self->path);

  return is_good;
}
