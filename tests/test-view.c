/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a picture is looked at: fitting, moving, zooming, following. */

#include "config.h"

#include "dio-view.h"

#include <math.h>

#define assert_near(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-6)

static DioView
make_view (int        width,
           int        height,
           DioViewFit fit)
{
  DioView view = { .width = width, .height = height, .area_width = 400, .area_height = 300 };

  dio_view_reset (&view, fit);
  return view;
}

static void
test_fit (void)
{
  DioView view = make_view (4000, 2000, DIO_VIEW_FIT);

  assert_near (dio_view_get_scale (&view), 0.1);
  view = make_view (3000, 2000, DIO_VIEW_FILL);
  assert_near (dio_view_get_scale (&view), 0.15);

  view = make_view (40, 30, DIO_VIEW_WHOLE);
  assert_near (dio_view_get_scale (&view), 1);
  view.fit = DIO_VIEW_FIT;
  assert_near (dio_view_get_scale (&view), 10);
}

static void
test_zoom_keeps_place (void)
{
  DioView view = make_view (4000, 3000, DIO_VIEW_FIT);
  double before_x, before_y, after_x, after_y;

  dio_view_find_pixel (&view, 100, 70, &before_x, &before_y);
  dio_view_zoom_at (&view, 0.5, 100, 70);
  dio_view_find_pixel (&view, 100, 70, &after_x, &after_y);
  assert_near (before_x, after_x);
  assert_near (before_y, after_y);
  assert_near (dio_view_get_scale (&view), 0.5);

  /* Not beyond the picture, and not smaller than all of it. */
  dio_view_move_to (&view, -1000, 99999);
  assert_near (view.center_x, 400);
  assert_near (view.center_y, 2700);
  dio_view_zoom_at (&view, 0.0001, 0, 0);
  assert_near (dio_view_get_scale (&view), 0.1);
  assert_near (view.center_x, 2000);
}

static void
test_follow_relative (void)
{
  DioView leader = make_view (4096, 4096, DIO_VIEW_FIT);
  DioView view = make_view (2048, 2048, DIO_VIEW_FIT);

  dio_view_zoom_at (&leader, 0.5, 30, 40);
  dio_view_follow (&view, &leader, DIO_VIEW_LINK_RELATIVE);
  assert_near (dio_view_get_scale (&view), 1.0);
  assert_near (view.center_x, leader.center_x / 2);
  assert_near (view.center_y, leader.center_y / 2);

  dio_view_reset (&leader, DIO_VIEW_FILL);
  dio_view_follow (&view, &leader, DIO_VIEW_LINK_RELATIVE);
  g_assert_cmpfloat (view.zoom, ==, 0);
  g_assert_cmpint (view.fit, ==, DIO_VIEW_FILL);
}

static void
test_follow_pixel (void)
{
  DioView leader = make_view (4096, 4096, DIO_VIEW_FIT);
  DioView view = make_view (2048, 2048, DIO_VIEW_FIT);

  dio_view_zoom_at (&leader, 2, 200, 150);
  dio_view_move_to (&leader, 900, 1000);
  dio_view_follow (&view, &leader, DIO_VIEW_LINK_PIXEL);
  assert_near (dio_view_get_scale (&view), 2);
  assert_near (view.center_x, 900);
  assert_near (view.center_y, 1000);
}

/* Whoever follows there and back is where they were, unless an edge was met. */
static void
test_follow_back (void)
{
  for (int i = 0; i < 200; i++)
    {
      DioView first = make_view (g_test_rand_int_range (500, 5000), g_test_rand_int_range (500, 5000), DIO_VIEW_FILL);
      DioView second = make_view (g_test_rand_int_range (500, 5000), g_test_rand_int_range (500, 5000), DIO_VIEW_FILL);
      DioView back;

      dio_view_zoom_at (&first, dio_view_get_scale (&first) * 3, 200, 150);
      back = first;
      dio_view_follow (&second, &first, DIO_VIEW_LINK_RELATIVE);
      dio_view_follow (&back, &second, DIO_VIEW_LINK_RELATIVE);
      assert_near (dio_view_get_scale (&back), dio_view_get_scale (&first));
      assert_near (back.center_x, first.center_x);
      assert_near (back.center_y, first.center_y);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/view/fit", test_fit);
  g_test_add_func ("/view/zoom-keeps-place", test_zoom_keeps_place);
  g_test_add_func ("/view/follow-relative", test_follow_relative);
  g_test_add_func ("/view/follow-pixel", test_follow_pixel);
  g_test_add_func ("/view/follow-back", test_follow_back);

  return g_test_run ();
}
