/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a WebP beside the picture. */

#include "config.h"

#include "dio-metadata-private.h"

#include <string.h>

#define CHUNK_ALPH DIO_FOURCC_LE ('A', 'L', 'P', 'H')
#define CHUNK_ANMF DIO_FOURCC_LE ('A', 'N', 'M', 'F')
#define CHUNK_ICCP DIO_FOURCC_LE ('I', 'C', 'C', 'P')
#define CHUNK_VP8  DIO_FOURCC_LE ('V', 'P', '8', ' ')
#define CHUNK_VP8L DIO_FOURCC_LE ('V', 'P', '8', 'L')
#define CHUNK_VP8X DIO_FOURCC_LE ('V', 'P', '8', 'X')

#define FLAG_ALPHA  0x10
#define CANVAS_SIZE 10

static void
keep_u32 (DioMetadata *metadata,
          guint32      value)
{
  guint32 bytes = GUINT32_TO_LE (value);

  dio_metadata_keep (metadata, (const guint8 *) &bytes, 4);
}

static void
keep_chunk (DioMetadata  *metadata,
            guint32       name,
            const guint8 *data,
            gsize         size)
{
  static const guint8 padding;

  keep_u32 (metadata, name);
  keep_u32 (metadata, size);
  dio_metadata_keep (metadata, data, size);
  dio_metadata_keep (metadata, &padding, size % 2);
}

static void
walk_chunk (DioMetadata   *metadata,
            guint32        name,
            DioByteReader  chunk)
{
  if (name == CHUNK_VP8X && chunk.size >= CANVAS_SIZE)
    {
      guint8 canvas[CANVAS_SIZE] = { 0 };

      /* Only the flag for what is kept; of the rest, the sizes. */
      canvas[0] = chunk.data[0] & FLAG_ALPHA;
      memcpy (canvas + 4, chunk.data + 4, CANVAS_SIZE - 4);
      metadata->found |= chunk.size > CANVAS_SIZE;
      keep_chunk (metadata, name, canvas, sizeof canvas);
    }
  else if (name == CHUNK_ALPH || name == CHUNK_VP8 || name == CHUNK_VP8L)
    keep_chunk (metadata, name, chunk.data, chunk.size);
  else if (name == CHUNK_ICCP && metadata->profile->len == 0)
    g_byte_array_append (metadata->profile, chunk.data, chunk.size);
  else if (name == CHUNK_ANMF)
    metadata->wrapped = TRUE;
  else
    metadata->found = TRUE;
}

static void
finish_file (GByteArray *kept)
{
  guint32 size = GUINT32_TO_LE (kept->len - 8);

  memcpy (kept->data + 4, &size, 4);
}

/**
 * dio_webp_metadata_walk:
 * @file: a WebP whose header could be read
 * @metadata: gathers what is in it
 */
void
dio_webp_metadata_walk (DioByteReader  file,
                        DioMetadata   *metadata)
{
  DioByteReader chunks;

  file.little_endian = TRUE;
  dio_byte_reader_skip (&file, 4);
  chunks = dio_byte_reader_slice (&file, dio_byte_reader_u32 (&file));
  dio_byte_reader_skip (&chunks, 4);
  dio_metadata_keep (metadata, (const guint8 *) "RIFFsizeWEBP", 12);

  while (!chunks.failed && dio_byte_reader_left (&chunks) > 0)
    {
      guint32 name = dio_byte_reader_u32 (&chunks);
      guint32 length = dio_byte_reader_u32 (&chunks);
      DioByteReader chunk = dio_byte_reader_slice (&chunks, length);

      /* The last chunk is often left without its padding. */
      if (length % 2 == 1 && dio_byte_reader_left (&chunks) > 0)
        dio_byte_reader_skip (&chunks, 1);
      if (!chunks.failed)
        walk_chunk (metadata, name, chunk);
    }

  metadata->found |= dio_byte_reader_left (&file) > 0;
  if (metadata->kept != NULL)
    finish_file (metadata->kept);
}
