/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts that a picture's file holds. What is damaged is passed over: the
 * picture is of use without it. */

#include "config.h"

#include "dio-image-texts-private.h"

#include "dio-image-header-private.h"
#include "dio-xmp-private.h"

#include <string.h>

#define MAX_TEXTS 64

#define CHUNK_EXIF DIO_FOURCC_LE ('E', 'X', 'I', 'F')
#define CHUNK_XMP  DIO_FOURCC_LE ('X', 'M', 'P', ' ')

#define MARKER_APP1 0xe1
#define MARKER_SOS  0xda
#define MARKER_EOI  0xd9

static const char exif_name[6] = "Exif\0";

static gboolean
begins_with (const DioByteReader *block,
             const char          *name,
             gsize                size)
{
  return block->size >= size && memcmp (block->data, name, size) == 0;
}

static void
read_exif (DioByteReader  block,
           GHashTable    *texts)
{
  if (begins_with (&block, exif_name, sizeof exif_name))
    dio_byte_reader_skip (&block, sizeof exif_name);
  dio_exif_read_texts (dio_byte_reader_slice (&block, dio_byte_reader_left (&block)), texts);
}

static void
read_jpeg (DioByteReader  file,
           GHashTable    *texts)
{
  int marker;

  dio_byte_reader_skip (&file, 2);

  while ((marker = dio_jpeg_find_marker (&file)) != 0 && marker != MARKER_SOS && marker != MARKER_EOI)
    {
      guint length = dio_jpeg_has_segment (marker) ? dio_byte_reader_u16 (&file) : 2;
      DioByteReader segment = dio_byte_reader_slice (&file, length - 2);

      if (file.failed)
        return;
      if (marker != MARKER_APP1)
        continue;

      if (begins_with (&segment, DIO_XMP_JPEG_KEY, sizeof DIO_XMP_JPEG_KEY))
        dio_image_texts_add (texts, DIO_XMP_PNG_KEY, (const char *) segment.data + sizeof DIO_XMP_JPEG_KEY,
                             segment.size - sizeof DIO_XMP_JPEG_KEY);
      else if (begins_with (&segment, exif_name, sizeof exif_name))
        read_exif (segment, texts);
    }
}

static void
read_webp (DioByteReader  file,
           GHashTable    *texts)
{
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

      if (length % 2 == 1 && dio_byte_reader_left (&chunks) > 0)
        dio_byte_reader_skip (&chunks, 1);
      if (chunks.failed)
        return;

      if (name == CHUNK_EXIF)
        read_exif (chunk, texts);
      else if (name == CHUNK_XMP)
        dio_image_texts_add (texts, DIO_XMP_PNG_KEY, (const char *) chunk.data, chunk.size);
    }
}

/**
 * dio_image_texts_add:
 * @texts: gets it
 * @key: its name; what came first under that name stays
 * @text: its bytes
 * @size: how many
 */
void
dio_image_texts_add (GHashTable *texts,
                     const char *key,
                     const char *text,
                     gsize       size)
{
  if (size == 0 || size > DIO_IMAGE_TEXT_MAX_SIZE || g_hash_table_size (texts) >= MAX_TEXTS ||
      g_hash_table_contains (texts, key))
    return;

  g_hash_table_insert (texts, g_strdup (key), g_utf8_make_valid (text, size));
}

/**
 * dio_image_texts_read:
 * @file: a picture file of anybody
 *
 * Returns: (transfer full) (element-type utf8 utf8): texts in UTF-8 by their names
 */
GHashTable *
dio_image_texts_read (GBytes *file)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  DioByteReader reader = dio_byte_reader_init (data, size, FALSE);
  DioImageHeader header;

  if (!dio_image_header_read (file, &header, NULL))
    return texts;

  if (header.format == DIO_IMAGE_FORMAT_PNG)
    dio_png_read_texts (reader, texts);
  else if (header.format == DIO_IMAGE_FORMAT_JPEG)
    read_jpeg (reader, texts);
  else if (header.format == DIO_IMAGE_FORMAT_WEBP)
    read_webp (reader, texts);

  return texts;
}
