/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures and words on one page, as HTML and as a picture. */

#include "config.h"

#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-sheet.h"

static GBytes *
make_red (void)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (600, 300, 3);

  for (int y = 0; y < pixels->height; y++)
    for (int x = 0; x < pixels->width; x++)
      {
        guint8 *pixel = dio_pixels_row (pixels, y) + x * 3;

        pixel[0] = 200;
        pixel[1] = pixel[2] = 10;
      }

  return dio_image_encode_png (pixels, NULL, NULL);
}

static DioSheet *
make_sheet (void)
{
  const char *names[] = { "A", "B", NULL };
  const char *values[] = { "42 · sent", "<script>alert(1)</script>", NULL };
  DioSheet *sheet = dio_sheet_new ("A & B");
  g_autoptr(GBytes) red = make_red ();
  g_autoptr(GFile) missing = g_file_new_for_path ("/nowhere/at/all.png");

  dio_sheet_add_picture (sheet, "A · \"quoted\" <b>", NULL, red);
  dio_sheet_add_picture (sheet, "B", missing, NULL);
  dio_sheet_set_unread (sheet, "Gone & lost");
  dio_sheet_set_columns (sheet, names);
  dio_sheet_add_row (sheet, "Seed", values);

  return sheet;
}

static void
test_html (void)
{
  g_autoptr(DioSheet) sheet = make_sheet ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = dio_sheet_to_html (sheet, NULL, &error);
  g_autofree char *page = NULL;

  g_assert_no_error (error);
  page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (page, "<h1>A &amp; B</h1>"));
  g_assert_nonnull (strstr (page, "<td>42 · sent</td>"));
  g_assert_nonnull (strstr (page, "data:image/jpeg;base64,"));
  g_assert_nonnull (strstr (page, "<p>Gone &amp; lost</p>"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "<b>"));
  g_assert_null (strstr (page, "src=\"/"));
  g_assert_null (strstr (page, "nowhere"));
}

static void
test_png (void)
{
  g_autoptr(DioSheet) sheet = make_sheet ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = dio_sheet_to_png (sheet, NULL, &error);
  g_autoptr(DioPixels) pixels = NULL;
  const guint8 *pixel;

  g_assert_no_error (error);
  pixels = dio_image_decode (bytes, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pixels->width, ==, 2 * 32 + 2 * 480 + 20);
  pixel = dio_pixels_row (pixels, 32 + 44 + 240) + (32 + 240) * 3;
  g_assert_cmpuint (pixel[0], ==, 200);
  g_assert_cmpuint (pixel[1], ==, 10);
  pixel = dio_pixels_row (pixels, 32 + 44 + 240) + (32 + 500 + 240) * 3;
  g_assert_cmpuint (pixel[0], <, 255);
  g_assert_cmpuint (pixel[0], ==, pixel[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheet/html", test_html);
  g_test_add_func ("/sheet/png", test_png);

  return g_test_run ();
}
