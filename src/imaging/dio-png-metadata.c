/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a PNG beside the picture. */

#include "config.h"

#include "dio-metadata-private.h"

#include <gio/gio.h>
#include <string.h>

#define SIGNATURE_SIZE 8
#define CHECKSUM_SIZE  4

#define CHUNK_IEND DIO_FOURCC_BE ('I', 'E', 'N', 'D')
#define CHUNK_ICCP DIO_FOURCC_BE ('i', 'C', 'C', 'P')

/* Larger profiles are not for pictures of people. */
#define MAX_PROFILE_SIZE (4 * 1024 * 1024)

/* The picture, its colours and the shape of its pixels. An animation is left
 * without its frames: what remains is the picture that most programs show. */
static gboolean
is_picture (guint32 name)
{
  static const guint32 names[] = {
    DIO_FOURCC_BE ('I', 'H', 'D', 'R'), DIO_FOURCC_BE ('P', 'L', 'T', 'E'),
    DIO_FOURCC_BE ('I', 'D', 'A', 'T'), CHUNK_IEND,
    DIO_FOURCC_BE ('t', 'R', 'N', 'S'), DIO_FOURCC_BE ('s', 'R', 'G', 'B'),
    DIO_FOURCC_BE ('g', 'A', 'M', 'A'), DIO_FOURCC_BE ('c', 'H', 'R', 'M'),
    DIO_FOURCC_BE ('s', 'B', 'I', 'T'), DIO_FOURCC_BE ('b', 'K', 'G', 'D'),
    DIO_FOURCC_BE ('p', 'H', 'Y', 's'),
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] == name)
      return TRUE;

  return FALSE;
}

/* A name, one byte for the method, and what is packed. A damaged profile comes
 * out as far as it goes, and is found unusable. */
static void
unpack_profile (DioByteReader  chunk,
                GByteArray    *profile)
{
  g_autoptr(GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  const guint8 *end = memchr (chunk.data, 0, chunk.size);
  GConverterResult result = G_CONVERTER_CONVERTED;

  if (end == NULL)
    return;
  dio_byte_reader_skip (&chunk, end - chunk.data + 2);

  while (result == G_CONVERTER_CONVERTED && !chunk.failed && profile->len < MAX_PROFILE_SIZE)
    {
      guint8 unpacked[4096];
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (G_CONVERTER (unpacker),
                                    chunk.data + chunk.position, dio_byte_reader_left (&chunk),
                                    unpacked, sizeof unpacked, G_CONVERTER_INPUT_AT_END,
                                    &n_read, &n_written, NULL);
      if (result == G_CONVERTER_ERROR)
        return;

      dio_byte_reader_skip (&chunk, n_read);
      g_byte_array_append (profile, unpacked, n_written);
    }
}

/**
 * dio_png_metadata_walk:
 * @file: a PNG whose header could be read
 * @metadata: gathers what is in it
 */
void
dio_png_metadata_walk (DioByteReader  file,
                       DioMetadata   *metadata)
{
  guint32 name;

  dio_metadata_keep (metadata, dio_byte_reader_take (&file, SIGNATURE_SIZE), SIGNATURE_SIZE);

  do
    {
      gsize start = file.position;
      guint32 length = dio_byte_reader_u32 (&file);
      DioByteReader chunk;

      name = dio_byte_reader_u32 (&file);
      chunk = dio_byte_reader_slice (&file, length);
      dio_byte_reader_skip (&file, CHECKSUM_SIZE);
      if (file.failed)
        return;

      if (is_picture (name))
        dio_metadata_keep (metadata, file.data + start, file.position - start);
      else if (name == CHUNK_ICCP && metadata->profile->len == 0)
        unpack_profile (chunk, metadata->profile);
      else
        metadata->found = TRUE;
    }
  while (name != CHUNK_IEND);

  metadata->found |= dio_byte_reader_left (&file) > 0;
}
