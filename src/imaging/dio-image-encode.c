/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to file bytes. gdk-pixbuf encodes; text and colour space are put into
 * the PNG by us, since it can write neither as they should be. */

#include "config.h"

#include "dio-image-encode.h"

#include "dio-byte-reader-private.h"
#include "dio-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* A signature and the first chunk, whose size is fixed. */
#define PNG_HEAD_SIZE 33

#define PNG_MAX_KEY_SIZE 79

/* As the PNG standard has it. Bit by bit, as it only sees a few kilobytes. */
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
add_u32 (GByteArray *png,
         guint32     value)
{
  guint32 bytes = GUINT32_TO_BE (value);

  g_byte_array_append (png, (const guint8 *) &bytes, 4);
}

static void
add_chunk (GByteArray *png,
           const char *name,
           const char *data,
           gsize       size)
{
  guint start;

  add_u32 (png, size);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) name, 4);
  g_byte_array_append (png, (const guint8 *) data, size);
  add_u32 (png, compute_checksum (png->data + start, png->len - start));
}

static void
add_text (GByteArray *png,
          const char *key,
          const char *value)
{
  g_autoptr(GString) chunk = g_string_new (key);
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_return_if_fail (chunk->len >= 1 && chunk->len <= PNG_MAX_KEY_SIZE);

  /* The key's end, not compressed (two bytes), no language, no translated key. */
  g_string_append_len (chunk, "\0\0\0\0\0", 5);
  g_string_append (chunk, valid);
  add_chunk (png, "iTXt", chunk->str, chunk->len);
}

/* In the order of the keys: the same picture and text give the same file. */
static void
add_texts (GByteArray *png,
           GHashTable *text)
{
  g_autoptr(GList) keys = g_list_sort (g_hash_table_get_keys (text), (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    add_text (png, l->data, g_hash_table_lookup (text, l->data));
}

/* Other versions of the encoder may write the chunk, which may be there once. */
static gboolean
has_chunk (DioByteReader png,
           guint32       wanted)
{
  dio_byte_reader_skip (&png, 8);

  while (!png.failed)
    {
      guint32 length = dio_byte_reader_u32 (&png);
      guint32 name = dio_byte_reader_u32 (&png);

      if (name == wanted)
        return TRUE;
      dio_byte_reader_skip (&png, (guint64) length + 4);
    }

  return FALSE;
}

/* The pixbuf borrows the pixels. */
static GdkPixbuf *
wrap_pixels (const DioPixels *pixels)
{
  return gdk_pixbuf_new_from_data (pixels->data, GDK_COLORSPACE_RGB, pixels->channels == 4, 8,
                                   pixels->width, pixels->height, pixels->stride, NULL, NULL);
}

/* As it is shown on screen, where colours are mixed as they are stored. */
static DioPixels *
flatten_over_white (const DioPixels *pixels)
{
  DioPixels *flat = dio_pixels_new (pixels->width, pixels->height, 3);

  for (int y = 0; y < pixels->height; y++)
    {
      const guint8 *in = dio_pixels_row (pixels, y);
      guint8 *out = dio_pixels_row (flat, y);

      for (int x = 0; x < pixels->width; x++, in += 4, out += 3)
        for (int c = 0; c < 3; c++)
          out[c] = (in[c] * in[3] + 255 * (255 - in[3]) + 127) / 255;
    }

  return flat;
}

static gboolean
save_pixels (const DioPixels *pixels,
             const char      *format,
             const char      *option,
             const char      *value,
             char           **buffer,
             gsize           *size,
             GError         **error)
{
  g_autoptr(GdkPixbuf) pixbuf = wrap_pixels (pixels);
  g_autoptr(GError) local_error = NULL;
  char *keys[] = { (char *) option, NULL };
  char *values[] = { (char *) value, NULL };

  if (gdk_pixbuf_save_to_bufferv (pixbuf, buffer, size, format, keys, values, &local_error))
    return TRUE;

  g_debug ("%s: %s", format, local_error->message);
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "A picture of %d x %d pixels could not be encoded as %s",
               pixels->width, pixels->height, format);

  return FALSE;
}

/**
 * dio_image_encode_png:
 * @pixels: a picture
 * @text: (nullable) (element-type utf8 utf8): texts to keep in the file, by key;
 *   a key has 1 to 79 letters of ASCII
 * @error: return location for an error, or %NULL
 *
 * Says in the file that its colours are sRGB.
 *
 * Returns: (transfer full): the bytes of a file
 */
GBytes *
dio_image_encode_png (const DioPixels *pixels,
                      GHashTable      *text,
                      GError         **error)
{
  g_autofree char *saved = NULL;
  gsize size;
  GByteArray *png;

  /* The usual level takes five times as long to save a seventh of the bytes. */
  if (!save_pixels (pixels, "png", "compression", "1", &saved, &size, error))
    return NULL;

  if (size < PNG_HEAD_SIZE || memcmp (saved + 12, "IHDR", 4) != 0)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_STORAGE, "The encoder did not write a PNG file");
      return NULL;
    }

  png = g_byte_array_sized_new (size + 1024);
  g_byte_array_append (png, (const guint8 *) saved, PNG_HEAD_SIZE);
  if (!has_chunk (dio_byte_reader_init ((const guint8 *) saved, size, FALSE), DIO_FOURCC_BE ('s', 'R', 'G', 'B')))
    add_chunk (png, "sRGB", "\0", 1);
  if (text != NULL)
    add_texts (png, text);
  g_byte_array_append (png, (const guint8 *) saved + PNG_HEAD_SIZE, size - PNG_HEAD_SIZE);

  return g_byte_array_free_to_bytes (png);
}

/**
 * dio_image_encode_jpeg:
 * @pixels: a picture; what is transparent becomes white
 * @quality: 0 to 100
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full): the bytes of a file
 */
GBytes *
dio_image_encode_jpeg (const DioPixels *pixels,
                       int              quality,
                       GError         **error)
{
  g_autofree char *value = g_strdup_printf ("%d", CLAMP (quality, 0, 100));
  g_autoptr(DioPixels) flat = NULL;
  char *saved = NULL;
  gsize size;

  /* From four channels some versions of the encoder make what others cannot read. */
  if (pixels->channels == 4)
    flat = flatten_over_white (pixels);

  if (!save_pixels (flat != NULL ? flat : pixels, "jpeg", "quality", value, &saved, &size, error))
    return NULL;

  return g_bytes_new_take (saved, size);
}
