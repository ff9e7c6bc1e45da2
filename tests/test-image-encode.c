/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written is read back the same, by us and by gdk-pixbuf. */

#include "config.h"

#include "dio-image-decode.h"
#include "dio-image-encode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

static DioPixels *
make_noise (int width,
            int height,
            int channels)
{
  DioPixels *pixels = dio_pixels_new (width, height, channels);
  g_autoptr(GRand) rand = g_rand_new_with_seed (9);

  for (int i = 0; i < height * pixels->stride; i++)
    pixels->data[i] = g_rand_int_range (rand, 0, 256);

  return pixels;
}

static DioPixels *
decode (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_image_decode (bytes, 0, NULL, NULL, &error);

  g_assert_no_error (error);

  return pixels;
}

static DioImageFormat
get_format (GBytes *bytes)
{
  DioImageHeader header;

  g_assert_true (dio_image_header_read (bytes, &header, NULL));

  return header.format;
}

/* libpng checks the sum of every chunk that it is given to keep. */
static GdkPixbuf *
load_with_pixbuf (GBytes *bytes)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr(GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);

  return pixbuf;
}

/* Where a chunk's data begin, or NULL. @nth: which of those with the name. */
static const guint8 *
find_chunk (GBytes     *png,
            const char *name,
            int         nth,
            guint32    *length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);

  for (gsize at = 8; at + 12 <= size; at += *length + 12)
    {
      memcpy (length, data + at, 4);
      *length = GUINT32_FROM_BE (*length);
      if (memcmp (data + at + 4, name, 4) == 0 && nth-- == 0)
        return data + at + 8;
    }

  return NULL;
}

/* Rows may be longer than what is in them. */
static void
assert_same (DioPixels *found,
             DioPixels *wanted)
{
  gsize length = (gsize) wanted->width * wanted->channels;

  g_assert_cmpint (found->width, ==, wanted->width);
  g_assert_cmpint (found->height, ==, wanted->height);
  g_assert_cmpint (found->channels, ==, wanted->channels);
  for (int y = 0; y < wanted->height; y++)
    g_assert_cmpmem (dio_pixels_row (found, y), length, dio_pixels_row (wanted, y), length);
}

static void
test_encode_png_round_trip (void)
{
  for (int channels = 3; channels <= 4; channels++)
    {
      g_autoptr(DioPixels) noise = make_noise (123, 45, channels);
      g_autoptr(GBytes) png = dio_image_encode_png (noise, NULL, NULL);
      g_autoptr(DioPixels) back = decode (png);

      g_assert_cmpint (get_format (png), ==, DIO_IMAGE_FORMAT_PNG);
      assert_same (back, noise);
    }
}

static void
test_encode_png_srgb (void)
{
  g_autoptr(DioPixels) noise = make_noise (5, 5, 3);
  g_autoptr(GBytes) png = dio_image_encode_png (noise, NULL, NULL);
  const guint8 *srgb, *data;
  guint32 length;

  srgb = find_chunk (png, "sRGB", 0, &length);
  g_assert_nonnull (srgb);
  g_assert_cmpint (length, ==, 1);

  /* This one's sum is in every PNG of every scanner. */
  g_assert_cmpmem (srgb, 5, "\0\xae\xce\x1c\xe9", 5);
  g_assert_null (find_chunk (png, "sRGB", 1, &length));
  g_assert_null (find_chunk (png, "iTXt", 0, &length));
  data = find_chunk (png, "IDAT", 0, &length);
  g_assert_true (srgb < data);
}

static void
test_encode_png_text (void)
{
  g_autoptr(DioPixels) noise = make_noise (17, 9, 4);
  g_autoptr(GHashTable) text = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(DioPixels) back = NULL;
  const guint8 *chunk;
  guint32 length;

  g_hash_table_insert (text, (char *) "Software", (char *) "Diorama");
  g_hash_table_insert (text, (char *) "Description", (char *) "Eine Uhr — auf Moos 🌱");
  g_hash_table_insert (text, (char *) "Broken", (char *) "a\xff" "b");
  png = dio_image_encode_png (noise, text, NULL);
  again = dio_image_encode_png (noise, text, NULL);
  g_assert_true (g_bytes_equal (png, again));

  /* Sorted by key, the text after five bytes that say: plain, no language. */
  chunk = find_chunk (png, "iTXt", 0, &length);
  g_assert_cmpmem (chunk, length, "Broken\0\0\0\0\0a\xef\xbf\xbd" "b", 16);
  chunk = find_chunk (png, "iTXt", 1, &length);
  g_assert_cmpmem (chunk, 16, "Description\0\0\0\0\0", 16);
  g_assert_cmpmem (chunk + 16, length - 16, "Eine Uhr — auf Moos 🌱", strlen ("Eine Uhr — auf Moos 🌱"));
  chunk = find_chunk (png, "iTXt", 2, &length);
  g_assert_cmpmem (chunk, length, "Software\0\0\0\0\0Diorama", 20);

  pixbuf = load_with_pixbuf (png);
  g_assert_cmpstr (gdk_pixbuf_get_option (pixbuf, "tEXt::Software"), ==, "Diorama");
  g_assert_cmpstr (gdk_pixbuf_get_option (pixbuf, "tEXt::Description"), ==, "Eine Uhr — auf Moos 🌱");

  back = decode (png);
  assert_same (back, noise);
}

static void
test_encode_jpeg (void)
{
  g_autoptr(DioPixels) flat = dio_pixels_new (64, 48, 3);
  g_autoptr(DioPixels) noise = make_noise (64, 48, 3);
  g_autoptr(GBytes) jpeg = NULL;
  g_autoptr(GBytes) low = dio_image_encode_jpeg (noise, 20, NULL);
  g_autoptr(GBytes) high = dio_image_encode_jpeg (noise, 95, NULL);
  g_autoptr(DioPixels) back = NULL;

  for (int i = 0; i < 64 * 48; i++)
    memcpy (flat->data + i * 3, (const guint8[]) { 30, 160, 220 }, 3);
  jpeg = dio_image_encode_jpeg (flat, 90, NULL);
  back = decode (jpeg);

  g_assert_cmpint (get_format (jpeg), ==, DIO_IMAGE_FORMAT_JPEG);
  g_assert_cmpint (back->width, ==, 64);
  g_assert_cmpint (back->height, ==, 48);
  for (int i = 0; i < 64 * 48 * 3; i++)
    g_assert_cmpint (ABS (back->data[i] - flat->data[i]), <=, 3);
  g_assert_cmpint (g_bytes_get_size (low) * 2, <, g_bytes_get_size (high));
}

/* Transparent becomes white, half transparent half as white. */
static void
test_encode_jpeg_over_white (void)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (48, 16, 4);
  g_autoptr(GBytes) jpeg = NULL;
  g_autoptr(DioPixels) back = NULL;

  for (int i = 0; i < 48 * 16; i++)
    memcpy (pixels->data + i * 4, (const guint8[]) { 0, 0, 0, i % 48 / 16 * 255 / 2 }, 4);
  jpeg = dio_image_encode_jpeg (pixels, 100, NULL);
  back = decode (jpeg);

  g_assert_cmpint (back->channels, ==, 3);
  g_assert_cmpint (ABS (dio_pixels_row (back, 8)[8 * 3] - 255), <=, 3);
  g_assert_cmpint (ABS (dio_pixels_row (back, 8)[24 * 3 + 1] - 128), <=, 3);
  g_assert_cmpint (ABS (dio_pixels_row (back, 8)[40 * 3 + 2] - 0), <=, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image-encode/png-round-trip", test_encode_png_round_trip);
  g_test_add_func ("/image-encode/png-srgb", test_encode_png_srgb);
  g_test_add_func ("/image-encode/png-text", test_encode_png_text);
  g_test_add_func ("/image-encode/jpeg", test_encode_jpeg);
  g_test_add_func ("/image-encode/jpeg-over-white", test_encode_jpeg_over_white);

  return g_test_run ();
}
