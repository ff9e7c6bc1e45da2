/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG XL: a stream of bits, by itself or in boxes. The decoder turns the
 * picture, so the size told here is the one that is stored. Nothing in the
 * stream tells where it ends: whether it is whole is seen by the decoder. */

#include "config.h"

#include "dio-image-header-private.h"

#define BOX_JXLC DIO_FOURCC_BE ('j', 'x', 'l', 'c')
#define BOX_JXLP DIO_FOURCC_BE ('j', 'x', 'l', 'p')

#define SIGNATURE 0xff0a

typedef struct
{
  DioByteReader bytes;
  guint8        byte;
  int           n_left; /* bits of the byte that are not read yet */
} Bits;

/* The lowest bit of a byte comes first, and the lowest of a number too. */
static guint32
read_bits (Bits *self,
           int   n_bits)
{
  guint32 value = 0;

  for (int i = 0; i < n_bits; i++)
    {
      if (self->n_left == 0)
        {
          self->byte = dio_byte_reader_u8 (&self->bytes);
          self->n_left = 8;
        }
      value |= (guint32) (self->byte & 1) << i;
      self->byte >>= 1;
      self->n_left--;
    }

  return value;
}

static guint32
read_side (Bits     *self,
           gboolean  is_small)
{
  static const int n_bits[] = { 9, 13, 18, 30 };

  if (is_small)
    return (read_bits (self, 5) + 1) * 8;

  return read_bits (self, n_bits[read_bits (self, 2)]) + 1;
}

static void
read_size (Bits    *self,
           guint32 *width,
           guint32 *height)
{
  static const struct { int across, down; } ratios[] = {
    { 0, 0 }, { 1, 1 }, { 12, 10 }, { 4, 3 }, { 3, 2 }, { 16, 9 }, { 5, 4 }, { 2, 1 },
  };
  gboolean is_small = read_bits (self, 1);
  guint ratio;

  *height = read_side (self, is_small);
  ratio = read_bits (self, 3);
  if (ratio == 0)
    *width = read_side (self, is_small);
  else
    *width = (guint64) *height * ratios[ratio].across / ratios[ratio].down;
}

static int
read_depth (Bits *self)
{
  static const int integers[] = { 8, 10, 12 };
  static const int floats[] = { 32, 16, 24 };
  gboolean is_float = read_bits (self, 1);
  guint which = read_bits (self, 2);

  if (which == 3)
    return read_bits (self, 6) + 1;

  return is_float ? floats[which] : integers[which];
}

/* Behind a small picture of itself, which hardly any file has, nothing more is
 * looked for. */
static void
read_nature (Bits           *self,
             DioImageHeader *header)
{
  gboolean is_all_default = read_bits (self, 1);
  gboolean has_extra = !is_all_default && read_bits (self, 1);

  if (is_all_default)
    return;

  if (has_extra)
    {
      guint32 width, height;

      /* Which way up. */
      read_bits (self, 3);
      if (read_bits (self, 1))
        read_size (self, &width, &height);
      if (read_bits (self, 1))
        return;
      header->animated = read_bits (self, 1);
      if (header->animated)
        return;
    }

  header->bits = read_depth (self);
}

static gboolean
read_stream (DioByteReader   stream,
             DioImageHeader *header)
{
  Bits bits = { .bytes = stream };
  guint32 width, height;

  if (dio_byte_reader_u16 (&bits.bytes) != SIGNATURE)
    return FALSE;

  read_size (&bits, &width, &height);
  header->width = dio_image_header_clamp_side (width);
  header->height = dio_image_header_clamp_side (height);
  read_nature (&bits, header);

  return !bits.bytes.failed;
}

gboolean
dio_jxl_header_read (DioByteReader   file,
                     DioImageHeader *header)
{
  gboolean has_stream = FALSE;
  DioByteReader body;
  guint32 name;

  if (file.size >= 2 && file.data[0] == 0xff)
    return read_stream (file, header);

  while (dio_box_next (&file, &name, &body))
    {
      if (has_stream || (name != BOX_JXLC && name != BOX_JXLP))
        continue;

      /* Parts of a stream are numbered. */
      if (name == BOX_JXLP)
        dio_byte_reader_skip (&body, 4);
      has_stream = read_stream (dio_byte_reader_slice (&body, dio_byte_reader_left (&body)), header);
      if (!has_stream)
        return FALSE;
    }

  return has_stream && !file.failed;
}
