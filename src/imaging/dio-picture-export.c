/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the library as a file elsewhere. What need not be compressed anew
 * is not: its picture stays what it is to the last bit. */

#include "config.h"

#include "dio-picture-export.h"

#include "dio-error.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-image-texts-private.h"
#include "dio-metadata-private.h"
#include "dio-picture-inscribe-private.h"
#include "dio-xmp-private.h"

#include <string.h>

#define GOOD_QUALITY 90

typedef struct
{
  GFile            *source;  /* (owned) */
  GFile            *target;  /* (owned) */
  DioExportOptions  options;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->source);
  g_object_unref (export->target);
  g_free (export);
}

static DioImageFormat
get_image_format (DioExportFormat format)
{
  switch (format)
    {
    case DIO_EXPORT_JPEG:
      return DIO_IMAGE_FORMAT_JPEG;
    case DIO_EXPORT_WEBP:
      return DIO_IMAGE_FORMAT_WEBP;
    case DIO_EXPORT_PNG:
    default:
      return DIO_IMAGE_FORMAT_PNG;
    }
}

static gboolean
may_stay (const DioImageHeader   *header,
          const DioExportOptions *options)
{
  return header->format == get_image_format (options->format) &&
         (options->format == DIO_EXPORT_PNG || options->quality == 0);
}

/* Returns: (transfer full) (nullable): @bytes without what is not picture; NULL
 * where the picture would not look the same without */
static GBytes *
strip (GBytes               *bytes,
       const DioImageHeader *header)
{
  g_autoptr(DioMetadata) metadata = dio_metadata_read (bytes, header);

  if (metadata->profile->len > 0 || metadata->wrapped || header->orientation != 1 || header->animated)
    return NULL;

  return dio_metadata_strip (bytes, header);
}

static GBytes *
join (GPtrArray *pieces)
{
  GByteArray *joined = g_byte_array_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (pieces, i), &size);

      g_byte_array_append (joined, data, size);
    }

  return g_byte_array_free_to_bytes (joined);
}

/* Returns: (transfer full): @encoded with what @bytes tells of how it was made; as
 * it is where that tells nothing, or there is no place for it */
static GBytes *
take_packet_along (GBytes *bytes,
                   GBytes *encoded)
{
  g_autoptr(GHashTable) texts = dio_image_texts_read (bytes);
  const char *packet = g_hash_table_lookup (texts, DIO_XMP_PNG_KEY);
  g_autoptr(GPtrArray) pieces = packet != NULL ? dio_picture_inscribe (encoded, packet, NULL, NULL) : NULL;

  return pieces != NULL ? join (pieces) : g_bytes_ref (encoded);
}

static GBytes *
encode (const DioPixels         *pixels,
        const DioExportOptions  *options,
        GError                 **error)
{
  int quality = options->quality > 0 ? MIN (options->quality, 100) : GOOD_QUALITY;

  switch (options->format)
    {
    case DIO_EXPORT_JPEG:
      return dio_image_encode_jpeg (pixels, quality, error);
    case DIO_EXPORT_WEBP:
      return dio_image_encode_webp (pixels, quality, error);
    case DIO_EXPORT_PNG:
    default:
      return dio_image_encode_png (pixels, NULL, error);
    }
}

static GBytes *
encode_anew (GBytes                  *bytes,
             const DioExportOptions  *options,
             GCancellable            *cancellable,
             GError                 **error)
{
  g_autoptr(DioPixels) pixels = dio_image_decode (bytes, 0, NULL, cancellable, error);
  g_autoptr(GBytes) encoded = NULL;

  if (pixels == NULL)
    return NULL;

  encoded = encode (pixels, options, error);
  if (encoded == NULL || !options->keeps_metadata)
    return g_steal_pointer (&encoded);

  return take_packet_along (bytes, encoded);
}

/**
 * dio_export_format_get_extension:
 * @format: a format
 *
 * Returns: the extension of its file names, without the dot
 */
const char *
dio_export_format_get_extension (DioExportFormat format)
{
  return dio_image_format_get_extension (get_image_format (format));
}

/**
 * dio_picture_export:
 * @bytes: a picture file
 * @options: what the new file is to be
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full) (nullable): the new file
 */
GBytes *
dio_picture_export (GBytes                  *bytes,
                    const DioExportOptions  *options,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  DioImageHeader header;
  GBytes *stripped;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (!dio_image_header_read (bytes, &header, error))
    return NULL;

  if (!may_stay (&header, options))
    return encode_anew (bytes, options, cancellable, error);
  if (options->keeps_metadata)
    return g_bytes_ref (bytes);

  stripped = strip (bytes, &header);

  return stripped != NULL ? stripped : encode_anew (bytes, options, cancellable, error);
}

/* Under the new name whole or not at all, as far as the file system can. */
static gboolean
write_target (GFile         *target,
              GBytes        *bytes,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_replace_contents (target, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, &local_error))
    return TRUE;

  g_propagate_error (error, dio_error_from_io (local_error, "The picture could not be written"));

  return FALSE;
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) exported = NULL;
  GError *error = NULL;

  bytes = dio_image_read_file (export->source, cancellable, &error);
  if (bytes != NULL)
    exported = dio_picture_export (bytes, &export->options, cancellable, &error);

  if (exported == NULL || !write_target (export->target, exported, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * dio_picture_export_async:
 * @source: a picture file
 * @target: the new file; one that is there is replaced
 * @options: what it is to be
 * @cancellable: (nullable): ends the work
 * @callback: called when it is written, or cannot be
 * @user_data: data for @callback
 */
void
dio_picture_export_async (GFile                   *source,
                          GFile                   *target,
                          const DioExportOptions  *options,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  g_task_set_source_tag (task, dio_picture_export_async);
  export->source = g_object_ref (source);
  export->target = g_object_ref (target);
  export->options = *options;
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  g_task_run_in_thread (task, export_thread);
}

/**
 * dio_picture_export_finish:
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_INVALID, %DIO_ERROR_NOT_FOUND or
 *   %DIO_ERROR_STORAGE
 *
 * Returns: whether the file is there
 */
gboolean
dio_picture_export_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_picture_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
