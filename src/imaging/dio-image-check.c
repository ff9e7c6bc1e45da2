/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells whether a picture file is whole, without decoding it: the structure to
 * its end, as dio_image_header_read() walks it for every kind, and for PNG, which
 * has them, the checksums of what is in it. */

#include "config.h"

#include "dio-image-check.h"

#include "dio-byte-reader-private.h"
#include "dio-crc.h"
#include "dio-error.h"

#define SIGNATURE_SIZE 8
#define NAME_SIZE      4

/* The structure is known to be sound. */
static gboolean
check_png (DioByteReader file)
{
  guint32 name;

  dio_byte_reader_skip (&file, SIGNATURE_SIZE);

  do
    {
      guint32 length = dio_byte_reader_u32 (&file);
      DioByteReader chunk = dio_byte_reader_slice (&file, NAME_SIZE + (guint64) length);
      guint32 sum = dio_byte_reader_u32 (&file);

      if (file.failed || dio_crc32 (chunk.data, chunk.size) != sum)
        return FALSE;

      name = dio_byte_reader_u32 (&chunk);
    }
  while (name != DIO_FOURCC_BE ('I', 'E', 'N', 'D'));

  return TRUE;
}

/**
 * dio_image_header_is_too_large:
 * @header: of a picture, sound or not
 *
 * Returns: whether it would never be decoded
 */
gboolean
dio_image_header_is_too_large (const DioImageHeader *header)
{
  return MAX (header->width, header->height) > DIO_IMAGE_MAX_SIDE ||
         (gint64) header->width * header->height > DIO_IMAGE_MAX_PIXELS;
}

/**
 * dio_image_check_whole:
 * @bytes: a file
 * @header: (out caller-allocates): what it says of itself, as far as it could be read
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Finds what was cut short, and changed on the way where the kind of file lets
 * that be seen. What a decoder would make of it is not looked at.
 *
 * Returns: whether @bytes are a whole picture that may be decoded
 */
gboolean
dio_image_check_whole (GBytes          *bytes,
                       DioImageHeader  *header,
                       GError         **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_return_val_if_fail (bytes != NULL && header != NULL, FALSE);

  if (!dio_image_header_read (bytes, header, error))
    return FALSE;

  if (header->format == DIO_IMAGE_FORMAT_PNG && !check_png (dio_byte_reader_init (data, size, FALSE)))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The PNG file is damaged: a checksum does not fit");
      return FALSE;
    }

  return TRUE;
}
