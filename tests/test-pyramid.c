/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of a picture, and views drawn from them. */

#include "config.h"

#include "dio-pyramid.h"

static DioPixels *
make_noise (int width,
            int height,
            int channels)
{
  DioPixels *pixels = dio_pixels_new (width, height, channels);

  for (gsize i = 0; i < (gsize) height * pixels->stride; i++)
    pixels->data[i] = g_test_rand_int_range (0, 256);

  return pixels;
}

/* Written down as plainly as it can be. */
static guint
mean_of_four (const DioPixels *source,
              int              x,
              int              y,
              int              c)
{
  guint sum = 0;

  for (int i = 0; i < 4; i++)
    {
      int from_x = MIN (x * 2 + i % 2, source->width - 1);
      int from_y = MIN (y * 2 + i / 2, source->height - 1);

      sum += dio_pixels_row (source, from_y)[from_x * source->channels + c];
    }

  return (sum + 2) / 4;
}

static void
test_levels (gconstpointer data)
{
  g_autoptr(DioPyramid) pyramid = NULL;
  const DioPixels *above;

  pyramid = dio_pyramid_new (make_noise (301, GPOINTER_TO_INT (data), 3), 0, NULL);
  g_assert_cmpuint (dio_pyramid_get_n_levels (pyramid), >, 2);

  above = dio_pyramid_get_level (pyramid, 0);
  for (guint i = 1; i < dio_pyramid_get_n_levels (pyramid); i++)
    {
      const DioPixels *level = dio_pyramid_get_level (pyramid, i);

      g_assert_cmpint (level->width, ==, (above->width + 1) / 2);
      g_assert_cmpint (level->height, ==, (above->height + 1) / 2);
      for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++)
          for (int c = 0; c < 3; c++)
            g_assert_cmpuint (dio_pixels_row (level, y)[x * 3 + c], ==, mean_of_four (above, x, y, c));
      above = level;
    }
}

/* A red pixel beside three that are clear does not become dark. */
static void
test_alpha (void)
{
  DioPixels *pixels = dio_pixels_new (128, 128, 4);
  g_autoptr(DioPyramid) pyramid = NULL;
  const guint8 *pixel;

  for (int y = 0; y < 128; y++)
    for (int x = 0; x < 128; x++)
      {
        gboolean is_red = x % 2 == 0 && y % 2 == 0;
        guint8 rgba[4] = { is_red ? 255 : 0, 0, 0, is_red ? 255 : 0 };

        memcpy (dio_pixels_row (pixels, y) + x * 4, rgba, 4);
      }

  pyramid = dio_pyramid_new (pixels, 0, NULL);
  pixel = dio_pixels_row (dio_pyramid_get_level (pyramid, 1), 5) + 5 * 4;
  g_assert_cmpuint (pixel[0], ==, 255);
  g_assert_cmpuint (pixel[3], ==, 64);
}

static void
test_draw_exact (void)
{
  DioView view = { .width = 301, .height = 201, .area_width = 100, .area_height = 80, .zoom = 1 };
  g_autoptr(DioPyramid) pyramid = dio_pyramid_new (make_noise (301, 201, 3), 0, NULL);
  const DioPixels *whole = dio_pyramid_get_level (pyramid, 0);
  g_autoptr(DioPixels) drawn = NULL;
  int x, y;

  /* Pixel for pixel there is nothing in between. */
  dio_view_move_to (&view, 150, 90);
  drawn = dio_pyramid_draw (pyramid, &view, &x, &y);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 0);
  g_assert_cmpint (drawn->width, ==, 100);
  g_assert_cmpint (drawn->height, ==, 80);
  for (int row = 0; row < 80; row++)
    g_assert_cmpmem (dio_pixels_row (drawn, row), 300, dio_pixels_row (whole, row + 50) + 100 * 3, 300);
}

static void
test_draw_squares (void)
{
  DioView view = { .width = 64, .height = 64, .area_width = 80, .area_height = 80, .zoom = 8 };
  g_autoptr(DioPyramid) pyramid = dio_pyramid_new (make_noise (64, 64, 3), 0, NULL);
  const DioPixels *whole = dio_pyramid_get_level (pyramid, 0);
  g_autoptr(DioPixels) drawn = NULL;
  int x, y;

  dio_view_move_to (&view, 20, 30);
  drawn = dio_pyramid_draw (pyramid, &view, &x, &y);
  for (int row = 0; row < 80; row++)
    for (int column = 0; column < 80; column++)
      g_assert_cmpmem (dio_pixels_row (drawn, row) + column * 3, 3,
                       dio_pixels_row (whole, 25 + row / 8) + (15 + column / 8) * 3, 3);
}

static void
test_draw_fitted (void)
{
  DioView view = { .width = 1000, .height = 500, .area_width = 200, .area_height = 200 };
  g_autoptr(DioPyramid) pyramid = dio_pyramid_new (make_noise (1000, 500, 3), 0, NULL);
  g_autoptr(DioPixels) drawn = NULL;
  int x, y;

  dio_view_reset (&view, DIO_VIEW_FIT);
  g_assert_cmpuint (dio_pyramid_choose_level (pyramid, dio_view_get_scale (&view)), ==, 2);
  drawn = dio_pyramid_draw (pyramid, &view, &x, &y);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 50);
  g_assert_cmpint (drawn->width, ==, 200);
  g_assert_cmpint (drawn->height, ==, 100);
}

/* What is too large for the memory is kept smaller, and says the same sizes. */
static void
test_limit (void)
{
  DioPixels *pixels = make_noise (1001, 800, 3);
  g_autoptr(DioPixels) kept = dio_pixels_ref (pixels);
  g_autoptr(DioPyramid) pyramid = dio_pyramid_new (pixels, 1000 * 1000, NULL);
  guint8 rgba[4];

  g_assert_cmpint (dio_pyramid_get_width (pyramid), ==, 1001);
  g_assert_cmpint (dio_pyramid_get_height (pyramid), ==, 800);
  g_assert_cmpint (dio_pyramid_get_level (pyramid, 0)->width, ==, 501);
  g_assert_cmpuint (dio_pyramid_choose_level (pyramid, 1), ==, 0);
  g_assert_cmpuint (dio_pyramid_choose_level (pyramid, 0.25), ==, 1);
  g_assert_true (dio_pyramid_read_pixel (pyramid, 1000, 799, rgba));
  g_assert_cmpuint (rgba[0], ==, mean_of_four (kept, 500, 399, 0));
  g_assert_false (dio_pyramid_read_pixel (pyramid, 1001, 0, rgba));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/pyramid/levels/even", GINT_TO_POINTER (256), test_levels);
  g_test_add_data_func ("/pyramid/levels/odd", GINT_TO_POINTER (177), test_levels);
  g_test_add_func ("/pyramid/alpha", test_alpha);
  g_test_add_func ("/pyramid/draw/exact", test_draw_exact);
  g_test_add_func ("/pyramid/draw/squares", test_draw_squares);
  g_test_add_func ("/pyramid/draw/fitted", test_draw_fitted);
  g_test_add_func ("/pyramid/limit", test_limit);

  return g_test_run ();
}
