/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a picture file beside the picture, and the file without it. Parts
 * of a file are kept by name and everything else is left behind: what nobody
 * has heard of yet may tell where a photo was taken as well. */

#include "config.h"

#include "dio-metadata-private.h"

#include "dio-image-header-private.h"

#include <string.h>

typedef void (*Walk) (DioByteReader  file,
                      DioMetadata   *metadata);

static Walk
get_walk (DioImageFormat format)
{
  switch (format)
    {
    case DIO_IMAGE_FORMAT_JPEG:
      return dio_jpeg_metadata_walk;
    case DIO_IMAGE_FORMAT_PNG:
      return dio_png_metadata_walk;
    case DIO_IMAGE_FORMAT_WEBP:
      return dio_webp_metadata_walk;
    case DIO_IMAGE_FORMAT_GIF:
    case DIO_IMAGE_FORMAT_TIFF:
    case DIO_IMAGE_FORMAT_HEIF:
    case DIO_IMAGE_FORMAT_AVIF:
    case DIO_IMAGE_FORMAT_JXL:
    case DIO_IMAGE_FORMAT_SVG:
    default:
      return NULL;
    }
}

/* Files of the other kinds are only ever decoded. The names that blocks of
 * metadata begin with are enough to tell that something was left behind. */
static gboolean
mentions_metadata (DioByteReader file)
{
  static const char *const names[] = { "Exif", "xpacket", "8BIM", "<metadata" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (memmem (file.data, file.size, names[i], strlen (names[i])) != NULL)
      return TRUE;

  return FALSE;
}

static DioByteReader
open_file (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return dio_byte_reader_init (data, size, FALSE);
}

/**
 * dio_metadata_read:
 * @bytes: a file
 * @header: what it says of itself
 *
 * Returns: (transfer full): what it holds, without @kept
 */
DioMetadata *
dio_metadata_read (GBytes               *bytes,
                   const DioImageHeader *header)
{
  DioMetadata *self = g_new0 (DioMetadata, 1);
  DioByteReader file = open_file (bytes);
  Walk walk = get_walk (header->format);

  self->profile = g_byte_array_new ();
  if (walk != NULL)
    walk (file, self);
  else if (header->format == DIO_IMAGE_FORMAT_TIFF)
    self->found = dio_tiff_has_metadata (file);
  else
    self->found = mentions_metadata (file);

  return self;
}

/**
 * dio_metadata_strip:
 * @bytes: a JPEG, PNG or WebP file that is not wrapped
 * @header: what it says of itself
 *
 * The picture's own data is copied as it is. Profiles are left behind too: only
 * for files whose colours are sRGB.
 *
 * Returns: (transfer full): a file with the same picture and nothing else
 */
GBytes *
dio_metadata_strip (GBytes               *bytes,
                    const DioImageHeader *header)
{
  g_autoptr(DioMetadata) metadata = g_new0 (DioMetadata, 1);
  Walk walk = get_walk (header->format);

  g_return_val_if_fail (walk != NULL, NULL);

  metadata->kept = g_byte_array_sized_new (g_bytes_get_size (bytes));
  metadata->profile = g_byte_array_new ();
  walk (open_file (bytes), metadata);

  return g_byte_array_free_to_bytes (g_steal_pointer (&metadata->kept));
}

/**
 * dio_metadata_free:
 * @self: (transfer full): what a file holds
 *
 * Frees it.
 */
void
dio_metadata_free (DioMetadata *self)
{
  g_clear_pointer (&self->kept, g_byte_array_unref);
  g_byte_array_unref (self->profile);
  g_free (self);
}
