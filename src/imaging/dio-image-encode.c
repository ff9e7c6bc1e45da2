/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to file bytes. gdk-pixbuf encodes; text and colour space are put into
 * the PNG by us, since it can write neither as they should be. */

#include "config.h"

#include "dio-image-encode.h"

#include "dio-byte-reader-private.h"
#include "dio-error.h"
#include "dio-png-chunk-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* A signature and the first chunk, whose size is fixed. */
#define PNG_HEAD_SIZE 33

/* What is gathered of a file while it is encoded. */
typedef struct
{
  GByteArray *bytes;
  gsize       max_size;
  gboolean    is_too_large;
} Sink;

/* In the order of the keys: the same picture and text give the same file. */
static void
add_texts (GByteArray *png,
           GHashTable *text)
{
  g_autoptr(GList) keys = g_list_sort (g_hash_table_get_keys (text), (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    dio_png_append_text (png, l->data, g_hash_table_lookup (text, l->data));
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
sink_write_cb (const char  *data,
               gsize        size,
               GError     **error,
               gpointer     user_data)
{
  Sink *sink = user_data;

  sink->is_too_large = size > sink->max_size - sink->bytes->len;
  if (sink->is_too_large)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The file would be too large");
      return FALSE;
    }
  g_byte_array_append (sink->bytes, (const guint8 *) data, size);

  return TRUE;
}

/* NULL without an error where the file is larger than @max_size. */
static GByteArray *
save_pixels (const DioPixels  *pixels,
             const char       *format,
             const char       *option,
             const char       *value,
             gsize             max_size,
             GError          **error)
{
  g_autoptr(GdkPixbuf) pixbuf = wrap_pixels (pixels);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GError) local_error = NULL;
  Sink sink = { bytes, max_size };
  char *keys[] = { (char *) option, NULL };
  char *values[] = { (char *) value, NULL };

  if (gdk_pixbuf_save_to_callbackv (pixbuf, sink_write_cb, &sink, format, keys, values, &local_error))
    return g_steal_pointer (&bytes);

  if (!sink.is_too_large)
    {
      g_debug ("%s: %s", format, local_error->message);
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "A picture of %d x %d pixels could not be encoded as %s",
                   pixels->width, pixels->height, format);
    }

  return NULL;
}

/* Puts our chunks behind the first one. */
static gboolean
complete_png (GByteArray  *png,
              GHashTable  *text,
              GError     **error)
{
  g_autoptr(GByteArray) chunks = g_byte_array_new ();
  gsize size = png->len;

  if (size < PNG_HEAD_SIZE || memcmp (png->data + 12, "IHDR", 4) != 0)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_STORAGE, "The encoder did not write a PNG file");
      return FALSE;
    }

  if (!has_chunk (dio_byte_reader_init (png->data, size, FALSE), DIO_FOURCC_BE ('s', 'R', 'G', 'B')))
    dio_png_append_chunk (chunks, "sRGB", "\0", 1);
  if (text != NULL)
    add_texts (chunks, text);

  if (chunks->len == 0)
    return TRUE;

  g_byte_array_set_size (png, size + chunks->len);
  memmove (png->data + PNG_HEAD_SIZE + chunks->len, png->data + PNG_HEAD_SIZE, size - PNG_HEAD_SIZE);
  memcpy (png->data + PNG_HEAD_SIZE, chunks->data, chunks->len);

  return TRUE;
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
  return dio_image_encode_png_within (pixels, text, G_MAXUINT, error);
}

/**
 * dio_image_encode_png_within:
 * @pixels: a picture
 * @text: (nullable) (element-type utf8 utf8): see dio_image_encode_png()
 * @max_size: how large the file may become
 * @error: return location for an error, or %NULL
 *
 * Gives up as soon as the file is too large.
 *
 * Returns: (transfer full) (nullable): the bytes of a file, or %NULL, without an
 *   error where it is too large
 */
GBytes *
dio_image_encode_png_within (const DioPixels *pixels,
                             GHashTable      *text,
                             gsize            max_size,
                             GError         **error)
{
  /* The usual level takes five times as long to save a seventh of the bytes. */
  g_autoptr(GByteArray) png = save_pixels (pixels, "png", "compression", "1", max_size, error);

  if (png == NULL || !complete_png (png, text, error) || png->len > max_size)
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
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
  return dio_image_encode_jpeg_within (pixels, quality, G_MAXUINT, error);
}

/**
 * dio_image_encode_jpeg_within:
 * @pixels: a picture; what is transparent becomes white
 * @quality: 0 to 100
 * @max_size: how large the file may become
 * @error: return location for an error, or %NULL
 *
 * Gives up as soon as the file is too large.
 *
 * Returns: (transfer full) (nullable): the bytes of a file, or %NULL, without an
 *   error where it is too large
 */
GBytes *
dio_image_encode_jpeg_within (const DioPixels *pixels,
                              int              quality,
                              gsize            max_size,
                              GError         **error)
{
  g_autofree char *value = g_strdup_printf ("%d", CLAMP (quality, 0, 100));
  g_autoptr(DioPixels) flat = NULL;
  GByteArray *jpeg;

  /* From four channels some versions of the encoder make what others cannot read. */
  if (pixels->channels == 4)
    flat = flatten_over_white (pixels);

  jpeg = save_pixels (flat != NULL ? flat : pixels, "jpeg", "quality", value, max_size, error);

  return jpeg != NULL ? g_byte_array_free_to_bytes (jpeg) : NULL;
}
