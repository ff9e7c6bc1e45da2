/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where two pictures differ, on pictures of which that is known. */

#include "config.h"

#include "dio-difference.h"

static DioPyramid *
make_plain (int    width,
            int    height,
            guint8 red,
            guint8 green,
            guint8 blue)
{
  DioPixels *pixels = dio_pixels_new (width, height, 3);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = dio_pixels_row (pixels, y) + x * 3;

        pixel[0] = red;
        pixel[1] = green;
        pixel[2] = blue;
      }

  return dio_pyramid_new (pixels, 0, NULL);
}

static DioView
make_view (const DioPyramid *pyramid)
{
  DioView view = {
    .width = dio_pyramid_get_width (pyramid),
    .height = dio_pyramid_get_height (pyramid),
    .area_width = 60,
    .area_height = 60,
  };

  dio_view_reset (&view, DIO_VIEW_FIT);
  return view;
}

static void
assert_pixel (const DioPixels *pixels,
              int              x,
              int              y,
              guint            red,
              guint            green,
              guint            blue)
{
  const guint8 *pixel = dio_pixels_row (pixels, y) + x * 4;

  g_assert_cmpuint (pixel[0], ==, red);
  g_assert_cmpuint (pixel[1], ==, green);
  g_assert_cmpuint (pixel[2], ==, blue);
  g_assert_cmpuint (pixel[3], ==, 255);
}

static DioPixels *
draw (DioPyramid *first,
      DioPyramid *second,
      double      gain,
      gboolean    is_false_colour,
      int        *x,
      int        *y)
{
  DioDifference how = { gain, is_false_colour };
  DioView first_view = make_view (first);
  DioView second_view = make_view (second);

  dio_view_follow (&second_view, &first_view, DIO_VIEW_LINK_RELATIVE);
  return dio_difference_draw (first, &first_view, second, &second_view, &how, x, y);
}

/* Of other sizes, and still the same place is compared with the same. */
static void
test_gain (void)
{
  g_autoptr(DioPyramid) first = make_plain (300, 300, 100, 50, 20);
  g_autoptr(DioPyramid) second = make_plain (150, 150, 90, 55, 20);
  g_autoptr(DioPixels) plain = NULL;
  g_autoptr(DioPixels) loud = NULL;
  int x, y;

  plain = draw (first, second, 1, FALSE, &x, &y);
  g_assert_cmpint (plain->width, ==, 60);
  assert_pixel (plain, 30, 30, 10, 5, 0);
  loud = draw (first, second, 40, FALSE, &x, &y);
  assert_pixel (loud, 0, 59, 255, 200, 0);
}

static void
test_false_colour (void)
{
  g_autoptr(DioPyramid) first = make_plain (100, 100, 10, 10, 10);
  g_autoptr(DioPyramid) same = make_plain (100, 100, 10, 10, 10);
  g_autoptr(DioPyramid) other = make_plain (100, 100, 10, 10, 61);
  g_autoptr(DioPixels) nothing = NULL;
  g_autoptr(DioPixels) all = NULL;
  g_autoptr(DioPixels) step = NULL;
  int x, y;

  nothing = draw (first, same, 8, TRUE, &x, &y);
  assert_pixel (nothing, 5, 5, 0, 0, 0);
  step = draw (first, other, 1, TRUE, &x, &y);
  assert_pixel (step, 5, 5, 38, 60, 190);
  all = draw (first, other, 5, TRUE, &x, &y);
  assert_pixel (all, 5, 5, 255, 255, 255);
}

/* A wide and a tall picture: grey where there is only one of them. */
static void
test_other_shape (void)
{
  g_autoptr(DioPyramid) wide = make_plain (200, 100, 0, 0, 0);
  g_autoptr(DioPyramid) tall = make_plain (100, 200, 40, 0, 0);
  g_autoptr(DioPixels) pixels = NULL;
  int x, y;

  pixels = draw (wide, tall, 1, FALSE, &x, &y);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 0);
  assert_pixel (pixels, 30, 30, 40, 0, 0);
  assert_pixel (pixels, 2, 30, 119, 118, 123);
  assert_pixel (pixels, 30, 2, 119, 118, 123);
  g_assert_cmpuint (dio_pixels_row (pixels, 1)[1 * 4 + 3], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/difference/gain", test_gain);
  g_test_add_func ("/difference/false-colour", test_false_colour);
  g_test_add_func ("/difference/other-shape", test_other_shape);

  return g_test_run ();
}
