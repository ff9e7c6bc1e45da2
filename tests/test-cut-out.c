/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting out, on drawings whose truth is known. */

#include "config.h"

#include <string.h>

#include "cut-out-drawing.h"
#include "dio-cut-out.h"
#include "dio-distance.h"

static DioCutOut *
cut_out (DioPixels *picture,
         guint      n_threads)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (n_threads, NULL);
  g_autoptr(GError) error = NULL;
  DioCutOut *found = dio_cut_out_new (picture, workers, &error);

  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_cmpint (found->rgba->width, ==, picture->width);
  g_assert_cmpint (found->rgba->height, ==, picture->height);
  g_assert_cmpint (found->rgba->channels, ==, 4);

  return found;
}

static void
assert_same_pixels (const DioPixels *a,
                    const DioPixels *b)
{
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  for (int y = 0; y < a->height; y++)
    g_assert_cmpmem (dio_pixels_row (a, y), a->width * 4, dio_pixels_row (b, y), b->width * 4);
}

static double
measure_overlap (const DioPixels *rgba,
                 const guint8    *truth)
{
  gsize both = 0, either = 0;

  for (int y = 0; y < rgba->height; y++)
    for (int x = 0; x < rgba->width; x++)
      {
        gboolean a = dio_pixels_row (rgba, y)[x * 4 + 3] > 127;
        gboolean b = truth[(gsize) y * rgba->width + x] > 127;

        both += a && b;
        either += a || b;
      }

  return both / (double) either;
}

static void
assert_empty (const DioPixels *rgba,
              int              x,
              int              y,
              int              side)
{
  for (int v = y; v < y + side; v++)
    for (int u = x; u < x + side; u++)
      g_assert_cmpint (dio_pixels_row (rgba, v)[u * 4 + 3], ==, 0);
}

/* The backdrop is lighter than the thing: were it left in, half-transparent
 * pixels would be greyer than the thing anywhere is. */
static void
assert_no_fringe (const DioPixels *rgba)
{
  gsize n = 0, n_grey = 0;

  for (int y = 0; y < rgba->height; y++)
    for (int x = 0; x < rgba->width; x++)
      {
        const guint8 *pixel = dio_pixels_row (rgba, y) + x * 4;

        if (pixel[3] < 64 || pixel[3] > 224)
          continue;
        n++;
        n_grey += pixel[1] > 100;
      }

  g_assert_cmpint (n, >, 100);
  g_assert_cmpfloat (n_grey / (double) n, <, 0.1);
}

static void
assert_box (const DioCutOut *found,
            const guint8    *truth)
{
  int width = found->rgba->width;
  int left = width, right = -1, top = -1, bottom = -1;

  for (int y = 0; y < found->rgba->height; y++)
    for (int x = 0; x < width; x++)
      if (truth[(gsize) y * width + x] > 127)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = top < 0 ? y : top;
          bottom = y;
        }

  g_assert_cmpint (ABS (found->x - left), <=, 3);
  g_assert_cmpint (ABS (found->y - top), <=, 3);
  g_assert_cmpint (ABS (found->x + found->box_width - 1 - right), <=, 3);
  g_assert_cmpint (ABS (found->y + found->box_height - 1 - bottom), <=, 3);
}

static void
test_shape (gconstpointer data)
{
  static const int sizes[][2] = { { 1400, 1100 }, { 700, 900 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int width = sizes[i][0];
      int height = sizes[i][1];
      g_autoptr(Drawing) drawing = drawing_new (GPOINTER_TO_INT (data), width, height);
      g_autoptr(DioCutOut) found = cut_out (drawing->picture, 2);

      g_test_message ("%d x %d: %.4f", width, height, measure_overlap (found->rgba, drawing->truth));
      g_assert_cmpfloat (measure_overlap (found->rgba, drawing->truth), >=, 0.98);
      g_assert_cmpint (found->flag, ==, DIO_CUT_OUT_CLEAN);
      assert_box (found, drawing->truth);
      assert_no_fringe (found->rgba);
      assert_empty (found->rgba, 0, 0, 60);
      assert_empty (found->rgba, width - 60, 0, 60);
      assert_empty (found->rgba, 0, height - 60, 60);
      assert_empty (found->rgba, width - 60, height - 60, 60);

      /* A nearly neutral sweep, much lighter than the thing. */
      g_assert_true (found->has_backdrop);
      g_assert_cmpfloat_with_epsilon (found->backdrop[0], 0.62, 0.08);
      g_assert_cmpfloat_with_epsilon (found->backdrop[2], 0.68, 0.08);
    }
}

/* The middle of the ring is not reached from the border. */
static void
test_hole (void)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_RING, 1000, 1000);
  g_autoptr(DioCutOut) found = cut_out (drawing->picture, 2);

  assert_empty (found->rgba, 450, 450, 100);
}

/* How much there is where there should be nothing, @away from the thing. */
static int
count_left_over (const Drawing   *drawing,
                 const DioPixels *rgba,
                 int              away)
{
  int width = rgba->width;
  int height = rgba->height;
  g_autofree guint8 *mask = g_new (guint8, (gsize) width * height);
  g_autofree float *distance = g_new (float, (gsize) width * height);
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  int n = 0;

  for (gsize i = 0; i < (gsize) width * height; i++)
    mask[i] = drawing->truth[i] > 0;
  dio_distance_transform (mask, width, height, distance, workers);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += distance[(gsize) y * width + x] > away && dio_pixels_row (rgba, y)[x * 4 + 3] > 40;

  return n;
}

/* The backdrop between the sail and the rope has a little of the sail's colour,
 * and the rope is all that parts it from the backdrop outside. */
static void
test_sail (void)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_SAIL, 1200, 1200);
  g_autoptr(DioCutOut) found = cut_out (drawing->picture, 2);

  g_test_message ("%.4f, left over %d", measure_overlap (found->rgba, drawing->truth), count_left_over (drawing, found->rgba, 10));
  g_assert_cmpfloat (measure_overlap (found->rgba, drawing->truth), >=, 0.97);
  g_assert_cmpint (count_left_over (drawing, found->rgba, 10), ==, 0);
  g_assert_cmpint (found->flag, ==, DIO_CUT_OUT_CLEAN);
}

/* The shadow under a foot has an edge of its own. */
static void
test_foot (void)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_POT, 1200, 1200);
  g_autoptr(DioCutOut) found = cut_out (drawing->picture, 2);

  g_test_message ("%.4f, left over %d", measure_overlap (found->rgba, drawing->truth), count_left_over (drawing, found->rgba, 10));
  g_assert_cmpfloat (measure_overlap (found->rgba, drawing->truth), >=, 0.98);
  g_assert_cmpint (count_left_over (drawing, found->rgba, 10), ==, 0);
  g_assert_cmpint (found->flag, ==, DIO_CUT_OUT_CLEAN);
}

static void
test_own_alpha (void)
{
  g_autoptr(DioPixels) picture = drawing_plain (300, 200, 4, 255);
  g_autoptr(DioCutOut) found = NULL;
  g_autoptr(DioPixels) before = drawing_plain (300, 200, 4, 0);

  for (int y = 0; y < 200; y++)
    for (int x = 0; x < 300; x++)
      {
        guint8 *pixel = dio_pixels_row (picture, y) + x * 4;

        pixel[0] = (guint8) (x + y);
        pixel[1] = (guint8) (3 * x);
        pixel[3] = x >= 40 && x < 90 && y >= 30 && y < 170 ? 200 : 0;
      }
  for (int y = 0; y < 200; y++)
    memcpy (dio_pixels_row (before, y), dio_pixels_row (picture, y), 300 * 4);

  found = cut_out (picture, 2);
  g_assert_cmpint (found->flag, ==, DIO_CUT_OUT_OWN_ALPHA);
  g_assert_false (found->has_backdrop);
  g_assert_cmpint (found->x, ==, 40);
  g_assert_cmpint (found->y, ==, 30);
  g_assert_cmpint (found->box_width, ==, 50);
  g_assert_cmpint (found->box_height, ==, 140);
  assert_same_pixels (found->rgba, before);
}

/* Fewer than 0.5 % of the pixels: stray transparency, not a cut-out. */
static void
test_little_alpha (void)
{
  g_autoptr(DioPixels) picture = drawing_plain (400, 300, 4, 255);
  g_autoptr(DioCutOut) below = NULL;
  g_autoptr(DioCutOut) at = NULL;

  for (int i = 0; i < 599; i++)
    dio_pixels_row (picture, i / 300)[i % 300 * 4 + 3] = 249;
  below = cut_out (picture, 1);
  g_assert_cmpint (below->flag, !=, DIO_CUT_OUT_OWN_ALPHA);

  dio_pixels_row (picture, 200)[3] = 249;
  at = cut_out (picture, 1);
  g_assert_cmpint (at->flag, ==, DIO_CUT_OUT_OWN_ALPHA);
}

static void
test_busy (void)
{
  static const int sizes[][2] = { { 1200, 800 }, { 300, 300 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(DioPixels) picture = drawing_busy (sizes[i][0], sizes[i][1]);
      g_autoptr(DioCutOut) found = cut_out (picture, 2);

      g_assert_cmpint (found->flag, ==, DIO_CUT_OUT_BUSY_BACKDROP);
      g_assert_cmpint (found->box_width, >, 0);
      g_assert_cmpint (found->box_height, >, 0);
    }
}

/* Downwards the thing takes on the backdrop's colour: where it ends is anybody's
 * guess. */
static void
test_check_edges (void)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_DISC, 900, 900);
  g_autoptr(DioCutOut) found = NULL;

  for (int y = 300; y < 900; y++)
    for (int x = 0; x < 900; x++)
      {
        guint8 *pixel = dio_pixels_row (drawing->picture, y) + x * 3;
        const guint8 *behind = dio_pixels_row (drawing->picture, y) + 30;
        int fading = MIN (y - 300, 300);

        for (int c = 0; c < 3 && drawing->truth[y * 900 + x] > 0; c++)
          pixel[c] = (guint8) ((pixel[c] * (300 - fading) + behind[c] * fading) / 300);
      }

  found = cut_out (drawing->picture, 2);
  g_assert_cmpint (found->flag, !=, DIO_CUT_OUT_CLEAN);
}

static void
test_threads (gconstpointer data)
{
  g_autoptr(Drawing) drawing = drawing_new (GPOINTER_TO_INT (data), 1300, 1000);
  g_autoptr(DioCutOut) first = cut_out (drawing->picture, 1);
  static const guint teams[] = { 2, 3, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      g_autoptr(DioCutOut) found = cut_out (drawing->picture, teams[i]);

      assert_same_pixels (found->rgba, first->rgba);
      g_assert_cmpint (found->flag, ==, first->flag);
      g_assert_cmpmem (found->backdrop, sizeof found->backdrop, first->backdrop, sizeof first->backdrop);
    }
}

static gpointer
cancel_later (gpointer data)
{
  GCancellable *cancellable = data;

  g_usleep (GPOINTER_TO_UINT (g_object_get_data (data, "delay")));
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
check_cancelled (DioPixels       *picture,
                 guint            delay,
                 const DioCutOut *whole)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(DioWorkers) workers = dio_workers_new (3, cancellable);
  g_autoptr(DioCutOut) found = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread;

  g_object_set_data (G_OBJECT (cancellable), "delay", GUINT_TO_POINTER (delay));
  thread = g_thread_new ("cancel", cancel_later, cancellable);
  if (delay == 0)
    g_thread_join (g_steal_pointer (&thread));

  found = dio_cut_out_new (picture, workers, &error);
  if (thread != NULL)
    g_thread_join (thread);

  if (delay == 0)
    g_assert_null (found);
  if (found == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    assert_same_pixels (found->rgba, whole->rgba);
}

/* Whenever it happens: the whole cut-out or none of it. */
static void
test_cancel (void)
{
  g_autoptr(Drawing) drawing = drawing_new (DRAWING_RING, 900, 900);
  g_autoptr(DioCutOut) whole = cut_out (drawing->picture, 2);

  for (guint i = 0; i < 24; i++)
    check_cancelled (drawing->picture, i * 3000, whole);
}

static void
check_degenerate (DioPixels     *picture,
                  DioCutOutFlag  flag)
{
  g_autoptr(DioCutOut) found = cut_out (picture, 2);

  g_assert_cmpint (found->flag, ==, flag);
  g_assert_cmpint (found->x, ==, 0);
  g_assert_cmpint (found->y, ==, 0);
  g_assert_cmpint (found->box_width, ==, picture->width);
  g_assert_cmpint (found->box_height, ==, picture->height);
}

static void
test_degenerate (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 2, 2000 }, { 2000, 2 }, { 3, 3 }, { 1, 700 }, { 640, 480 }, { 1500, 40 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int channels = 3; channels <= 4; channels++)
      {
        g_autoptr(DioPixels) white = drawing_plain (sizes[i][0], sizes[i][1], channels, 255);

        check_degenerate (white, DIO_CUT_OUT_BUSY_BACKDROP);
      }

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(DioPixels) clear = drawing_plain (sizes[i][0], sizes[i][1], 4, 0);
      g_autoptr(DioPixels) black = drawing_plain (sizes[i][0], sizes[i][1], 3, 0);
      g_autoptr(DioPixels) noise = drawing_busy (sizes[i][0], sizes[i][1]);
      g_autoptr(DioCutOut) found = cut_out (noise, 2);

      check_degenerate (clear, DIO_CUT_OUT_CHECK_EDGES);
      check_degenerate (black, DIO_CUT_OUT_BUSY_BACKDROP);
      g_assert_cmpint (found->box_width, >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/cut-out/disc", GINT_TO_POINTER (DRAWING_DISC), test_shape);
  g_test_add_data_func ("/cut-out/ring", GINT_TO_POINTER (DRAWING_RING), test_shape);
  g_test_add_data_func ("/cut-out/comb", GINT_TO_POINTER (DRAWING_COMB), test_shape);
  g_test_add_func ("/cut-out/hole", test_hole);
  g_test_add_func ("/cut-out/sail", test_sail);
  g_test_add_func ("/cut-out/foot", test_foot);
  g_test_add_func ("/cut-out/own-alpha", test_own_alpha);
  g_test_add_func ("/cut-out/little-alpha", test_little_alpha);
  g_test_add_func ("/cut-out/busy", test_busy);
  g_test_add_func ("/cut-out/check-edges", test_check_edges);
  g_test_add_data_func ("/cut-out/threads/comb", GINT_TO_POINTER (DRAWING_COMB), test_threads);
  g_test_add_data_func ("/cut-out/threads/sail", GINT_TO_POINTER (DRAWING_SAIL), test_threads);
  g_test_add_data_func ("/cut-out/threads/pot", GINT_TO_POINTER (DRAWING_POT), test_threads);
  g_test_add_func ("/cut-out/cancel", test_cancel);
  g_test_add_func ("/cut-out/degenerate", test_degenerate);

  return g_test_run ();
}
