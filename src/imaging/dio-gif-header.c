/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GIF: a screen, then blocks, each in pieces of at most 255 bytes. */

#include "config.h"

#include "dio-image-header-private.h"

enum
{
  BLOCK_EXTENSION = 0x21,
  BLOCK_IMAGE     = 0x2c,
  BLOCK_TRAILER   = 0x3b,
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

static void
skip_image (DioByteReader *file)
{
  dio_byte_reader_skip (file, 8);
  skip_colour_table (file, dio_byte_reader_u8 (file));
  dio_byte_reader_skip (file, 1);
  skip_pieces (file);
}

gboolean
dio_gif_header_read (DioByteReader   file,
                     DioImageHeader *header)
{
  int n_images = 0;
  int flags;

  file.little_endian = TRUE;
  dio_byte_reader_skip (&file, 6);
  header->width = dio_byte_reader_u16 (&file);
  header->height = dio_byte_reader_u16 (&file);
  flags = dio_byte_reader_u8 (&file);
  dio_byte_reader_skip (&file, 2);
  skip_colour_table (&file, flags);

  /* Many writers forget the trailer: a whole first image is enough. */
  while (!file.failed && n_images < 2 && dio_byte_reader_left (&file) > 0)
    {
      int block = dio_byte_reader_u8 (&file);

      if (block == BLOCK_IMAGE)
        {
          n_images++;
          if (n_images == 1)
            skip_image (&file);
        }
      else if (block == BLOCK_EXTENSION)
        {
          dio_byte_reader_skip (&file, 1);
          skip_pieces (&file);
        }
      else if (block == BLOCK_TRAILER || n_images > 0)
        break;
      else
        return FALSE;
    }
  header->animated = n_images > 1;

  /* What is cut short after the first image does not concern us. */
  return n_images > 1 || (n_images == 1 && !file.failed);
}
