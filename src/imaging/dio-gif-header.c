/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GIF: a screen, then blocks, each in pieces of at most 255 bytes. */

#include "config.h"

#include "dio-image-header-private.h"

enum
{
  BLOCK_EXTENSION = 0x21,
  BLOCK_IMAGE     = 0x2c,
};

static void
skip_colour_table (DioByteReader *file,
                   int            flags)
{
  if (flags & 0x80)
    dio_byte_reader_skip (file, 3 << ((flags & 7) + 1));
}

static void
skip_pieces (DioByteReader *file)
{
  int length;

  while ((length = dio_byte_reader_u8 (file)) != 0)
    dio_byte_reader_skip (file, length);
}

/* gdk-pixbuf 2.42 stumbles over images without pixels or beyond the screen. */
static void
skip_image (DioByteReader        *file,
            const DioImageHeader *screen)
{
  int x = dio_byte_reader_u16 (file);
  int y = dio_byte_reader_u16 (file);
  int width = dio_byte_reader_u16 (file);
  int height = dio_byte_reader_u16 (file);

  if (width == 0 || height == 0 || x + width > screen->width || y + height > screen->height)
    file->failed = TRUE;

  skip_colour_table (file, dio_byte_reader_u8 (file));
  dio_byte_reader_skip (file, 1);
  skip_pieces (file);
}

static void
read_screen (DioByteReader  *file,
             DioImageHeader *header)
{
  int flags;

  file->little_endian = TRUE;
  dio_byte_reader_skip (file, 6);
  header->width = dio_byte_reader_u16 (file);
  header->height = dio_byte_reader_u16 (file);
  flags = dio_byte_reader_u8 (file);
  dio_byte_reader_skip (file, 2);
  skip_colour_table (file, flags);
}

/* Leaves the reader behind the first byte of the next image. */
static gboolean
find_image (DioByteReader *file)
{
  while (!file->failed && dio_byte_reader_left (file) > 0)
    {
      int block = dio_byte_reader_u8 (file);

      if (block == BLOCK_IMAGE)
        return TRUE;
      if (block != BLOCK_EXTENSION)
        return FALSE;

      dio_byte_reader_skip (file, 1);
      skip_pieces (file);
    }

  return FALSE;
}

/* Many writers forget the trailer, and what is cut short behind the first image
 * does not concern us: a whole first image is enough. */
gboolean
dio_gif_header_read (DioByteReader   file,
                     DioImageHeader *header)
{
  gboolean is_whole;

  read_screen (&file, header);
  if (!find_image (&file))
    return FALSE;

  skip_image (&file, header);
  is_whole = !file.failed;
  header->animated = find_image (&file);

  return is_whole;
}

/**
 * dio_gif_find_first_end:
 * @file: a GIF whose header could be read
 *
 * Returns: the offset at which its first image ends
 */
gsize
dio_gif_find_first_end (DioByteReader file)
{
  DioImageHeader header;

  read_screen (&file, &header);
  find_image (&file);
  skip_image (&file, &header);

  return file.position;
}
