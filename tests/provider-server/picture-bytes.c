/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of pictures, changed without their pixels. */

#include "config.h"

#include "picture-bytes.h"

#include "dio-image-decode.h"
#include "dio-image-encode.h"

#include <string.h>

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define PNG_HEADER    33 /* signature and IHDR */

static guint32
find_crc (const guint8 *data,
          gsize         size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }

  return ~crc;
}

static void
append_number (GByteArray *array,
               guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (array, (guint8 *) &big, 4);
}

static void
append_chunk (GByteArray   *array,
              const char   *type,
              const guint8 *data,
              gsize         size)
{
  guint start;

  append_number (array, size);
  start = array->len;
  g_byte_array_append (array, (const guint8 *) type, 4);
  g_byte_array_append (array, data, size);
  append_number (array, find_crc (array->data + start, size + 4));
}

static void
append_comment (GByteArray *array,
                const char *mark)
{
  guint16 size = GUINT16_TO_BE (strlen (mark) + 2);

  g_byte_array_append (array, (const guint8 *) "\xff\xfe", 2);
  g_byte_array_append (array, (guint8 *) &size, 2);
  g_byte_array_append (array, (const guint8 *) mark, strlen (mark));
}

/**
 * picture_bytes_mark:
 * @bytes: a PNG or a JPEG; others stay as they are
 * @mark: a short word that makes it another file with the same pixels
 *
 * Returns: (transfer full): the file with @mark in it
 */
GBytes *
picture_bytes_mark (GBytes     *bytes,
                    const char *mark)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean is_png = size > PNG_HEADER && memcmp (data, PNG_SIGNATURE, 8) == 0;
  gboolean is_jpeg = size > 2 && data[0] == 0xff && data[1] == 0xd8;
  gsize split = is_png ? PNG_HEADER : 2;
  GByteArray *array;

  if (!is_png && !is_jpeg)
    return g_bytes_ref (bytes);

  array = g_byte_array_sized_new (size + 100);
  g_byte_array_append (array, data, split);
  if (is_png)
    {
      g_autofree char *text = g_strconcat ("Comment", "!", mark, NULL);
      gsize length = strlen (text);

      text[strlen ("Comment")] = '\0';
      append_chunk (array, "tEXt", (const guint8 *) text, length);
    }
  else
    {
      append_comment (array, mark);
    }
  g_byte_array_append (array, data + split, size - split);

  return g_byte_array_free_to_bytes (array);
}

/**
 * picture_bytes_change_type:
 * @bytes: a picture
 * @error: return location for an error
 *
 * Returns: (transfer full): of a PNG the same as a JPEG, of any other as a PNG
 */
GBytes *
picture_bytes_change_type (GBytes  *bytes,
                           GError **error)
{
  g_autoptr(DioPixels) pixels = dio_image_decode (bytes, 0, NULL, NULL, error);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (pixels == NULL)
    return NULL;

  return data[0] == 0x89 ? dio_image_encode_jpeg (pixels, 90, error) : dio_image_encode_png (pixels, NULL, error);
}

/* A PNG that says it is 60000 x 60000, and goes on with what may be pixels. */
GBytes *
picture_bytes_make_huge (void)
{
  static const guint8 header[] = { 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0 };
  g_autofree guint8 *filling = g_malloc0 (4096);
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, (const guint8 *) PNG_SIGNATURE, 8);
  append_chunk (array, "IHDR", header, sizeof header);
  append_chunk (array, "IDAT", filling, 4096);
  append_chunk (array, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (array);
}
