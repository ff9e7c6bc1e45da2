/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files, good and bad, for the tests of the command line. What our own
 * encoder does not write is put together here byte by byte. */

#include "config.h"

#include "cli-pictures.h"

#include "cut-out-drawing.h"
#include "dio-image-encode.h"

#include <string.h>

#define GIF_SIDE 32

static GBytes *
encode (DioPixels *pixels,
        gboolean   jpeg)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = jpeg ? dio_image_encode_jpeg (pixels, 90, &error)
                       : dio_image_encode_png (pixels, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

/* A red disc before a plain backdrop. */
GBytes *
picture_subject (int side)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_DISC, side, side);

  return encode (drawing->picture, FALSE);
}

/* A sky above a darker ground. */
GBytes *
picture_scene (int width,
               int height)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (width, height, 3);

  for (int y = 0; y < height; y++)
    {
      guint8 *row = dio_pixels_row (pixels, y);
      gboolean is_sky = y < height * 6 / 10;

      for (int x = 0; x < width; x++)
        {
          row[3 * x] = is_sky ? 120 + 60 * y / height : 90 + (x * 7 + y * 13) % 16;
          row[3 * x + 1] = is_sky ? 160 + 40 * y / height : 110 + (x * 5 + y * 11) % 16;
          row[3 * x + 2] = is_sky ? 220 : 60;
        }
    }

  return encode (pixels, TRUE);
}

GBytes *
picture_truncated_jpeg (void)
{
  g_autoptr(GBytes) whole = picture_scene (320, 240);

  return g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
}

static guint32
compute_crc (const guint8 *data,
             gsize         size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }

  return ~crc;
}

static void
append_big_endian (GByteArray *file,
                   guint32     number)
{
  guint32 bytes = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *) &bytes, sizeof bytes);
}

static void
append_chunk (GByteArray   *file,
              const char   *type,
              const guint8 *data,
              guint         size)
{
  guint start;

  append_big_endian (file, size);
  start = file->len;
  g_byte_array_append (file, (const guint8 *) type, 4);
  if (size > 0)
    g_byte_array_append (file, data, size);
  append_big_endian (file, compute_crc (file->data + start, file->len - start));
}

static GByteArray *
begin_png (int width,
           int height,
           int bits)
{
  GByteArray *file = g_byte_array_new ();
  g_autoptr(GByteArray) header = g_byte_array_new ();
  /* Depth; RGB; the only compression, filter and no interlacing. */
  const guint8 rest[] = { bits, 2, 0, 0, 0 };

  append_big_endian (header, width);
  append_big_endian (header, height);
  g_byte_array_append (header, rest, sizeof rest);

  g_byte_array_append (file, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (file, "IHDR", header->data, header->len);

  return file;
}

static GBytes *
compress (const GByteArray *rows)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, rows->data, rows->len, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
picture_png_16_bit (void)
{
  const int side = 64;
  GByteArray *file = begin_png (side, side, 16);
  g_autoptr(GByteArray) rows = g_byte_array_new ();
  g_autoptr(GBytes) data = NULL;

  for (int y = 0; y < side; y++)
    {
      g_byte_array_append (rows, (const guint8 *) "\0", 1);
      for (int x = 0; x < side; x++)
        {
          gboolean inside = (x - 32) * (x - 32) + (y - 32) * (y - 32) < 400;
          const guint8 pixel[6] = { inside ? 200 : 230, x, inside ? 40 : 230, y, inside ? 30 : 230, 0 };

          g_byte_array_append (rows, pixel, sizeof pixel);
        }
    }

  data = compress (rows);
  append_chunk (file, "IDAT", g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  append_chunk (file, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (file);
}

/* What a bomb looks like: a few bytes that claim to be gigabytes. */
GBytes *
picture_png_header (int width,
                    int height)
{
  GByteArray *file = begin_png (width, height, 8);
  g_autoptr(GByteArray) rows = g_byte_array_new ();
  g_autoptr(GBytes) data = NULL;

  g_byte_array_set_size (rows, 4096);
  memset (rows->data, 0, rows->len);
  data = compress (rows);
  append_chunk (file, "IDAT", g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  append_chunk (file, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (file);
}

typedef struct
{
  GByteArray *bytes;
  guint       bits;
  guint       n_bits;
} BitWriter;

static void
write_bits (BitWriter *writer,
            guint      code,
            guint      n)
{
  writer->bits |= code << writer->n_bits;
  writer->n_bits += n;
  while (writer->n_bits >= 8)
    {
      g_byte_array_append (writer->bytes, &(guint8) { writer->bits & 0xff }, 1);
      writer->bits >>= 8;
      writer->n_bits -= 8;
    }
}

/* LZW without compressing: the table is cleared before codes grow beyond 3 bits. */
static GByteArray *
pack_frame (int shift)
{
  BitWriter writer = { .bytes = g_byte_array_new () };

  for (int i = 0; i < GIF_SIDE * GIF_SIDE; i++)
    {
      int x = i % GIF_SIDE - 16 - shift;
      int y = i / GIF_SIDE - 16;

      if (i % 2 == 0)
        write_bits (&writer, 4, 3);
      write_bits (&writer, x * x + y * y < 64 ? 1 : 0, 3);
    }
  write_bits (&writer, 5, 3);
  write_bits (&writer, 0, 7);

  return writer.bytes;
}

static void
append_frame (GByteArray *file,
              int         shift)
{
  static const guint8 head[] = {
    0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, GIF_SIDE, 0, GIF_SIDE, 0, 0, 2
  };
  g_autoptr(GByteArray) packed = pack_frame (shift);

  g_byte_array_append (file, head, sizeof head);
  for (guint i = 0; i < packed->len; i += 255)
    {
      guint8 size = MIN (255, packed->len - i);

      g_byte_array_append (file, &size, 1);
      g_byte_array_append (file, packed->data + i, size);
    }
  g_byte_array_append (file, (const guint8 *) "\0", 1);
}

GBytes *
picture_animated_gif (void)
{
  static const guint8 head[] = {
    'G', 'I', 'F', '8', '9', 'a', GIF_SIDE, 0, GIF_SIDE, 0, 0x81, 0, 0,
    235, 235, 235, 200, 40, 30, 0, 0, 0, 0, 0, 0
  };
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, head, sizeof head);
  append_frame (file, 0);
  append_frame (file, 4);
  g_byte_array_append (file, (const guint8 *) ";", 1);

  return g_byte_array_free_to_bytes (file);
}
