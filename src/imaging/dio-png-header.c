/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PNG: chunks of length, name, data and checksum, from IHDR to IEND. */

#include "config.h"

#include "dio-image-header-private.h"

#define SIGNATURE_SIZE 8
#define CHECKSUM_SIZE  4

static gboolean
read_ihdr (DioByteReader  *chunk,
           DioImageHeader *header)
{
  header->width = dio_image_header_clamp_side (dio_byte_reader_u32 (chunk));
  header->height = dio_image_header_clamp_side (dio_byte_reader_u32 (chunk));
  header->bits = dio_byte_reader_u8 (chunk);

  return !chunk->failed && chunk->size == 13;
}

gboolean
dio_png_header_read (DioByteReader   file,
                     DioImageHeader *header)
{
  gboolean has_data = FALSE;
  guint32 name;

  dio_byte_reader_skip (&file, SIGNATURE_SIZE);

  do
    {
      guint32 length = dio_byte_reader_u32 (&file);
      DioByteReader chunk;

      name = dio_byte_reader_u32 (&file);
      chunk = dio_byte_reader_slice (&file, length);
      dio_byte_reader_skip (&file, CHECKSUM_SIZE);
      if (file.failed)
        return FALSE;

      if (header->width == 0 && name != DIO_FOURCC_BE ('I', 'H', 'D', 'R'))
        return FALSE;
      if (name == DIO_FOURCC_BE ('I', 'H', 'D', 'R') && !read_ihdr (&chunk, header))
        return FALSE;
      if (header->width == 0)
        return TRUE; /* refused for its size */

      if (name == DIO_FOURCC_BE ('a', 'c', 'T', 'L'))
        header->animated = dio_byte_reader_u32 (&chunk) > 1;
      else if (name == DIO_FOURCC_BE ('e', 'X', 'I', 'f'))
        header->orientation = dio_tiff_read_orientation (chunk);
      else if (name == DIO_FOURCC_BE ('I', 'D', 'A', 'T'))
        has_data = TRUE;
    }
  while (name != DIO_FOURCC_BE ('I', 'E', 'N', 'D'));

  return has_data;
}
