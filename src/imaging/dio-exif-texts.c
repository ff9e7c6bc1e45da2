/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of an EXIF block in which programs put what a picture was made with. */

#include "config.h"

#include "dio-image-texts-private.h"

#include <string.h>

#define TAG_MAKE         271
#define TAG_MODEL        272
#define TAG_EXIF         34665
#define TAG_USER_COMMENT 37510

#define MAX_ENTRIES 512

/* Says how the rest of a comment is to be read. */
#define ENCODING_SIZE 8

static DioByteReader
slice_at (const DioByteReader *tiff,
          guint32              offset,
          guint32              size)
{
  DioByteReader whole = *tiff;

  whole.failed = FALSE;
  dio_byte_reader_seek (&whole, offset);

  return dio_byte_reader_slice (&whole, size);
}

static gboolean
is_little_endian (const guint8 *text,
                  gsize         size,
                  gboolean      fallback)
{
  gsize n_little = 0;
  gsize n_big = 0;

  /* The standard does not say which; most letters have one byte that is zero. */
  for (gsize i = 0; i + 1 < size; i += 2)
    {
      n_big += text[i] == 0;
      n_little += text[i + 1] == 0;
    }

  return n_little != n_big ? n_little > n_big : fallback;
}

static void
add_comment (GHashTable    *texts,
             DioByteReader  comment)
{
  const guint8 *encoding = dio_byte_reader_take (&comment, ENCODING_SIZE);
  gsize size = dio_byte_reader_left (&comment);
  g_autofree char *converted = NULL;
  const guint8 *text;
  gsize length;

  if (encoding == NULL)
    return;

  text = encoding + ENCODING_SIZE;
  if (memcmp (encoding, "UNICODE", ENCODING_SIZE) != 0)
    {
      dio_image_texts_add (texts, DIO_IMAGE_TEXT_COMMENT, (const char *) text, size);
      return;
    }

  if (size > DIO_IMAGE_TEXT_MAX_SIZE)
    return;
  converted = g_convert ((const char *) text, size - size % 2, "UTF-8",
                         is_little_endian (text, size, comment.little_endian) ? "UTF-16LE" : "UTF-16BE",
                         NULL, &length, NULL);
  if (converted != NULL)
    dio_image_texts_add (texts, DIO_IMAGE_TEXT_COMMENT, converted, length);
}

static void
add_ascii (GHashTable    *texts,
           const char    *key,
           DioByteReader  text)
{
  const guint8 *end = text.data != NULL ? memchr (text.data, 0, text.size) : NULL;

  if (!text.failed)
    dio_image_texts_add (texts, key, (const char *) text.data, end != NULL ? (gsize) (end - text.data) : text.size);
}

/* Returns: where the directory of EXIF itself is, or 0 */
static guint32
read_directory (const DioByteReader *tiff,
                guint32              offset,
                GHashTable          *texts)
{
  DioByteReader directory = *tiff;
  guint32 exif = 0;
  guint n_entries;

  dio_byte_reader_seek (&directory, offset);
  n_entries = dio_byte_reader_u16 (&directory);

  for (guint i = 0; i < MIN (n_entries, MAX_ENTRIES) && !directory.failed; i++)
    {
      guint16 tag = dio_byte_reader_u16 (&directory);
      guint32 count;
      guint32 value;

      dio_byte_reader_skip (&directory, 2);
      count = dio_byte_reader_u32 (&directory);
      value = dio_byte_reader_u32 (&directory);

      /* Texts of up to four bytes stand in the entry, and are of no use. */
      if (tag == TAG_EXIF)
        exif = value;
      else if (count > 4 && tag == TAG_USER_COMMENT)
        add_comment (texts, slice_at (tiff, value, count));
      else if (count > 4 && tag == TAG_MAKE)
        add_ascii (texts, DIO_IMAGE_TEXT_MAKE, slice_at (tiff, value, count));
      else if (count > 4 && tag == TAG_MODEL)
        add_ascii (texts, DIO_IMAGE_TEXT_MODEL, slice_at (tiff, value, count));
    }

  return exif;
}

/**
 * dio_exif_read_texts:
 * @tiff: an EXIF block, from its byte order mark
 * @texts: gets the texts
 */
void
dio_exif_read_texts (DioByteReader  tiff,
                     GHashTable    *texts)
{
  guint16 order = dio_byte_reader_u16 (&tiff);
  guint32 exif;
  guint32 first;

  tiff.little_endian = order == 0x4949;
  if ((order != 0x4949 && order != 0x4d4d) || dio_byte_reader_u16 (&tiff) != 42)
    return;

  first = dio_byte_reader_u32 (&tiff);
  exif = read_directory (&tiff, first, texts);
  if (exif != 0)
    read_directory (&tiff, exif, texts);
}
