/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thumbnails fit, keep what is transparent, and come from any kind of size. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-thumbnail.h"

#include <string.h>

static DioPixels *
make_plain (int           width,
            int           height,
            int           channels,
            const guint8 *colour)
{
  DioPixels *pixels = dio_pixels_new (width, height, channels);

  for (int i = 0; i < width * height; i++)
    memcpy (pixels->data + i * channels, colour, channels);

  return pixels;
}

static DioPixels *
make_thumbnail (GBytes *bytes,
                int     max_side)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_thumbnail_make (bytes, max_side, NULL, &error);

  g_assert_no_error (error);

  return pixels;
}

static void
test_thumbnail_fits (void)
{
  const struct
  {
    int width, height, max_side, fit_width, fit_height;
  } cases[] = {
    { 900, 600, 256, 256, 171 },
    { 600, 900, 256, 171, 256 },
    { 900, 600, 120, 120, 80 },
    { 200, 100, 256, 200, 100 },
    { 1000, 2, 100, 100, 1 },
    { 1, 1, 64, 1, 1 },
  };
  const guint8 colour[] = { 200, 120, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DioPixels) plain = make_plain (cases[i].width, cases[i].height, 3, colour);
      g_autoptr(GBytes) png = dio_image_encode_png (plain, NULL, NULL);
      g_autoptr(GBytes) jpeg = dio_image_encode_jpeg (plain, 95, NULL);
      g_autoptr(DioPixels) from_png = make_thumbnail (png, cases[i].max_side);
      g_autoptr(DioPixels) from_jpeg = make_thumbnail (jpeg, cases[i].max_side);

      g_assert_cmpint (from_png->width, ==, cases[i].fit_width);
      g_assert_cmpint (from_png->height, ==, cases[i].fit_height);
      g_assert_cmpint (MAX (from_jpeg->width, from_jpeg->height), ==, MAX (cases[i].fit_width, cases[i].fit_height));
      for (int c = 0; c < 3; c++)
        {
          g_assert_cmpint (from_png->data[c], ==, colour[c]);
          g_assert_cmpint (ABS (from_jpeg->data[c] - colour[c]), <=, 4);
        }
    }
}

static void
test_thumbnail_keeps_alpha (void)
{
  const guint8 colour[] = { 10, 200, 90, 100 };
  g_autoptr(DioPixels) plain = make_plain (300, 300, 4, colour);
  g_autoptr(GBytes) png = dio_image_encode_png (plain, NULL, NULL);
  g_autoptr(DioPixels) thumbnail = make_thumbnail (png, 50);

  g_assert_cmpint (thumbnail->channels, ==, 4);
  g_assert_cmpint (thumbnail->width, ==, 50);
  for (int i = 0; i < 50 * 50; i++)
    g_assert_cmpmem (thumbnail->data + i * 4, 4, colour, 4);
}

static void
test_thumbnail_refuses (void)
{
  g_autoptr(GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_thumbnail_make (text, 100, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_thumbnail_cancelled (void)
{
  const guint8 colour[] = { 1, 2, 3 };
  g_autoptr(DioPixels) plain = make_plain (300, 300, 3, colour);
  g_autoptr(GBytes) png = dio_image_encode_png (plain, NULL, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dio_thumbnail_make (png, 100, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thumbnail/fits", test_thumbnail_fits);
  g_test_add_func ("/thumbnail/keeps-alpha", test_thumbnail_keeps_alpha);
  g_test_add_func ("/thumbnail/refuses", test_thumbnail_refuses);
  g_test_add_func ("/thumbnail/cancelled", test_thumbnail_cancelled);

  return g_test_run ();
}
