/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the parts of a PNG that gdk-pixbuf cannot write as they should be. */

#include "config.h"

#include "dio-png-chunk-private.h"

#define MAX_KEY_SIZE 79

/* As the PNG standard has it. Bit by bit, as it only sees some kilobytes. */
static guint32
compute_checksum (const guint8 *data,
                  gsize         size)
{
  guint32 checksum = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      checksum ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        checksum = checksum & 1 ? checksum >> 1 ^ 0xedb88320 : checksum >> 1;
    }

  return checksum ^ 0xffffffff;
}

static void
append_u32 (GByteArray *png,
            guint32     value)
{
  guint32 bytes = GUINT32_TO_BE (value);

  g_byte_array_append (png, (const guint8 *) &bytes, 4);
}

/**
 * dio_png_append_chunk:
 * @png: gets the chunk
 * @name: four letters
 * @data: what is in it
 * @size: how many bytes
 */
void
dio_png_append_chunk (GByteArray *png,
                      const char *name,
                      const char *data,
                      gsize       size)
{
  guint start;

  append_u32 (png, size);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) name, 4);
  g_byte_array_append (png, (const guint8 *) data, size);
  append_u32 (png, compute_checksum (png->data + start, png->len - start));
}

/**
 * dio_png_append_text:
 * @png: gets the text, as a chunk "iTXt": in UTF-8
 * @key: 1 to 79 letters of ASCII
 * @value: the text
 */
void
dio_png_append_text (GByteArray *png,
                     const char *key,
                     const char *value)
{
  g_autoptr(GString) chunk = g_string_new (key);
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_return_if_fail (chunk->len >= 1 && chunk->len <= MAX_KEY_SIZE);

  /* The key's end, not compressed (two bytes), no language, no translated key. */
  g_string_append_len (chunk, "\0\0\0\0\0", 5);
  g_string_append (chunk, valid);
  dio_png_append_chunk (png, "iTXt", chunk->str, chunk->len);
}

/**
 * dio_png_append_plain_text:
 * @png: gets the text
 * @key: 1 to 79 letters of ASCII
 * @value: the text
 *
 * As a chunk "tEXt" where it can be: ImageMagick 6 reads no others.
 */
void
dio_png_append_plain_text (GByteArray *png,
                           const char *key,
                           const char *value)
{
  g_autofree char *converted = g_convert (value, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
  g_autoptr(GString) chunk = NULL;

  if (converted == NULL)
    {
      dio_png_append_text (png, key, value);
      return;
    }

  chunk = g_string_new (key);
  g_return_if_fail (chunk->len >= 1 && chunk->len <= MAX_KEY_SIZE);
  g_string_append_c (chunk, '\0');
  g_string_append (chunk, converted);
  dio_png_append_chunk (png, "tEXt", chunk->str, chunk->len);
}
