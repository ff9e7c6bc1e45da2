/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WebP: RIFF chunks, padded to even lengths. */

#include "config.h"

#include "dio-image-header-private.h"

#include <string.h>

#define CHUNK_ANMF DIO_FOURCC_LE ('A', 'N', 'M', 'F')
#define CHUNK_EXIF DIO_FOURCC_LE ('E', 'X', 'I', 'F')
#define CHUNK_VP8  DIO_FOURCC_LE ('V', 'P', '8', ' ')
#define CHUNK_VP8L DIO_FOURCC_LE ('V', 'P', '8', 'L')
#define CHUNK_VP8X DIO_FOURCC_LE ('V', 'P', '8', 'X')

#define FLAG_FILM 0x02

static gboolean
read_lossy (DioByteReader  *chunk,
            DioImageHeader *header)
{
  dio_byte_reader_skip (chunk, 3);
  if (dio_byte_reader_u24 (chunk) != 0x2a019d)
    return FALSE;

  /* The upper two bits ask for enlarging, which no decoder does. */
  header->width = dio_byte_reader_u16 (chunk) & 0x3fff;
  header->height = dio_byte_reader_u16 (chunk) & 0x3fff;

  return !chunk->failed;
}

static gboolean
read_lossless (DioByteReader  *chunk,
               DioImageHeader *header)
{
  guint32 sizes;

  if (dio_byte_reader_u8 (chunk) != 0x2f)
    return FALSE;

  sizes = dio_byte_reader_u32 (chunk);
  header->width = (sizes & 0x3fff) + 1;
  header->height = (sizes >> 14 & 0x3fff) + 1;

  return !chunk->failed;
}

static gboolean
read_canvas (DioByteReader  *chunk,
             DioImageHeader *header,
             gboolean       *is_film)
{
  *is_film = (dio_byte_reader_u8 (chunk) & FLAG_FILM) != 0;
  dio_byte_reader_skip (chunk, 3);
  header->width = dio_byte_reader_u24 (chunk) + 1;
  header->height = dio_byte_reader_u24 (chunk) + 1;

  return !chunk->failed;
}

/* Some writers put JPEG's name before the block. */
static void
read_exif (DioByteReader  *chunk,
           DioImageHeader *header)
{
  if (chunk->size >= 6 && memcmp (chunk->data, "Exif\0", 6) == 0)
    dio_byte_reader_skip (chunk, 6);
  header->orientation = dio_tiff_read_orientation (dio_byte_reader_slice (chunk, dio_byte_reader_left (chunk)));
}

gboolean
dio_webp_header_read (DioByteReader   file,
                      DioImageHeader *header)
{
  gboolean has_size = FALSE;
  gboolean is_film = FALSE;
  int n_images = 0;
  int n_frames = 0;
  DioByteReader chunks;

  file.little_endian = TRUE;
  dio_byte_reader_skip (&file, 4);
  chunks = dio_byte_reader_slice (&file, dio_byte_reader_u32 (&file));
  dio_byte_reader_skip (&chunks, 4);

  while (!chunks.failed && dio_byte_reader_left (&chunks) > 0)
    {
      guint32 name = dio_byte_reader_u32 (&chunks);
      guint32 length = dio_byte_reader_u32 (&chunks);
      DioByteReader chunk = dio_byte_reader_slice (&chunks, length);

      /* The last chunk is often left without its padding. */
      if (length % 2 == 1 && dio_byte_reader_left (&chunks) > 0)
        dio_byte_reader_skip (&chunks, 1);

      if (name == CHUNK_VP8X && !has_size)
        has_size = read_canvas (&chunk, header, &is_film);
      else if (name == CHUNK_VP8 && !has_size)
        has_size = read_lossy (&chunk, header);
      else if (name == CHUNK_VP8L && !has_size)
        has_size = read_lossless (&chunk, header);
      else if (name == CHUNK_EXIF)
        read_exif (&chunk, header);

      if (name == CHUNK_VP8 || name == CHUNK_VP8L)
        n_images++;
      else if (name == CHUNK_ANMF)
        n_frames++;
      if (!has_size)
        return FALSE;
    }
  header->animated = n_frames > 1;

  return !chunks.failed && (is_film ? n_frames : n_images) > 0;
}
