/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a PNG: plain, packed, or in any language. */

#include "config.h"

#include "dio-image-texts-private.h"

#include <string.h>

#define SIGNATURE_SIZE 8
#define CHECKSUM_SIZE  4
#define MAX_KEY_SIZE   79
/* More than any program writes; each may unpack to a thousand times its size. */
#define MAX_TEXTS      64

#define CHUNK_EXIF DIO_FOURCC_BE ('e', 'X', 'I', 'f')
#define CHUNK_IEND DIO_FOURCC_BE ('I', 'E', 'N', 'D')
#define CHUNK_ITXT DIO_FOURCC_BE ('i', 'T', 'X', 't')
#define CHUNK_TEXT DIO_FOURCC_BE ('t', 'E', 'X', 't')
#define CHUNK_ZTXT DIO_FOURCC_BE ('z', 'T', 'X', 't')

/* Returns: (transfer full) (nullable): the string up to the next zero */
static char *
take_string (DioByteReader *chunk,
             gsize          max_size)
{
  const guint8 *start = chunk->data + chunk->position;
  const guint8 *end = memchr (start, 0, dio_byte_reader_left (chunk));

  if (end == NULL || (gsize) (end - start) > max_size)
    {
      chunk->failed = TRUE;
      return NULL;
    }
  dio_byte_reader_skip (chunk, end - start + 1);

  return g_strndup ((const char *) start, end - start);
}

/* Returns: (transfer full) (nullable): what was packed, unless it is damaged or
 * longer than any text: a few kilobytes can hold gigabytes */
static GByteArray *
unpack (DioByteReader packed)
{
  g_autoptr(GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr(GByteArray) text = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED)
    {
      guint8 unpacked[4096];
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (G_CONVERTER (unpacker),
                                    packed.data + packed.position, dio_byte_reader_left (&packed),
                                    unpacked, sizeof unpacked, G_CONVERTER_INPUT_AT_END,
                                    &n_read, &n_written, NULL);
      dio_byte_reader_skip (&packed, n_read);
      g_byte_array_append (text, unpacked, n_written);
      if (result == G_CONVERTER_ERROR || text->len > DIO_IMAGE_TEXT_MAX_SIZE)
        return NULL;
    }

  return g_steal_pointer (&text);
}

/* The standard has Latin-1, programs write UTF-8 all the same. */
static void
add_plain (GHashTable *texts,
           const char *key,
           const char *text,
           gsize       size)
{
  g_autofree char *converted = NULL;
  gsize length;

  if (size > DIO_IMAGE_TEXT_MAX_SIZE || g_utf8_validate (text, size, NULL))
    {
      dio_image_texts_add (texts, key, text, size);
      return;
    }

  converted = g_convert (text, size, "UTF-8", "ISO-8859-1", NULL, &length, NULL);
  if (converted != NULL)
    dio_image_texts_add (texts, key, converted, length);
}

static void
read_international (DioByteReader  chunk,
                    const char    *key,
                    GHashTable    *texts)
{
  gboolean is_packed = dio_byte_reader_u8 (&chunk) != 0;
  g_autofree char *language = NULL;
  g_autofree char *translated = NULL;
  g_autoptr(GByteArray) unpacked = NULL;

  dio_byte_reader_skip (&chunk, 1);
  language = take_string (&chunk, chunk.size);
  translated = language != NULL ? take_string (&chunk, chunk.size) : NULL;
  if (translated == NULL)
    return;

  if (!is_packed)
    dio_image_texts_add (texts, key, (const char *) chunk.data + chunk.position, dio_byte_reader_left (&chunk));
  else if ((unpacked = unpack (chunk)) != NULL)
    dio_image_texts_add (texts, key, (const char *) unpacked->data, unpacked->len);
}

static void
read_text (guint32        name,
           DioByteReader  chunk,
           GHashTable    *texts)
{
  g_autofree char *key = take_string (&chunk, MAX_KEY_SIZE);
  g_autofree char *valid = key != NULL ? g_utf8_make_valid (key, -1) : NULL;
  g_autoptr(GByteArray) unpacked = NULL;

  if (valid == NULL)
    return;

  if (name == CHUNK_ITXT)
    read_international (chunk, valid, texts);
  else if (name == CHUNK_TEXT)
    add_plain (texts, valid, (const char *) chunk.data + chunk.position, dio_byte_reader_left (&chunk));
  else
    {
      dio_byte_reader_skip (&chunk, 1);
      unpacked = chunk.failed ? NULL : unpack (chunk);
      if (unpacked != NULL)
        add_plain (texts, valid, (const char *) unpacked->data, unpacked->len);
    }
}

/**
 * dio_png_read_texts:
 * @file: a PNG whose header could be read
 * @texts: gets the texts
 */
void
dio_png_read_texts (DioByteReader  file,
                    GHashTable    *texts)
{
  guint32 name = 0;
  guint n_texts = 0;

  dio_byte_reader_skip (&file, SIGNATURE_SIZE);

  while (name != CHUNK_IEND && n_texts < MAX_TEXTS)
    {
      guint32 length = dio_byte_reader_u32 (&file);
      DioByteReader chunk;

      name = dio_byte_reader_u32 (&file);
      chunk = dio_byte_reader_slice (&file, length);
      dio_byte_reader_skip (&file, CHECKSUM_SIZE);
      if (file.failed)
        return;

      if (name == CHUNK_TEXT || name == CHUNK_ZTXT || name == CHUNK_ITXT)
        {
          read_text (name, chunk, texts);
          n_texts++;
        }
      else if (name == CHUNK_EXIF)
        dio_exif_read_texts (chunk, texts);
    }
}
