/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Window means against a plain sum, and blurs against what a Gaussian keeps. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-blur.h"
#include "dio-random.h"

static void
fill_with_noise (float *data,
                 gsize  n)
{
  for (gsize i = 0; i < n; i++)
    data[i] = dio_random_unit (11, (guint32) i, 0);
}

static double
mean_plainly (const float *plane,
              int          width,
              int          height,
              int          x,
              int          y,
              int          radius)
{
  double sum = 0.0;
  int n = 0;

  for (int v = MAX (0, y - radius); v <= MIN (height - 1, y + radius); v++)
    for (int u = MAX (0, x - radius); u <= MIN (width - 1, x + radius); u++, n++)
      sum += plane[v * width + u];

  return sum / n;
}

static void
check_box_mean (int width,
                int height,
                int radius)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  gsize n = (gsize) width * height;
  g_autofree float *source = g_new (float, n);
  g_autofree float *target = g_new (float, n);
  g_autofree float *scratch = g_new (float, n);

  fill_with_noise (source, n);
  dio_box_mean (source, target, width, height, radius, scratch, workers);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      g_assert_cmpfloat_with_epsilon (target[y * width + x], mean_plainly (source, width, height, x, y, radius), 2e-6);

  /* In place. */
  dio_box_mean (source, source, width, height, radius, scratch, workers);
  g_assert_cmpmem (source, n * sizeof (float), target, n * sizeof (float));
}

static void
test_box_mean (void)
{
  check_box_mean (73, 51, 4);
  check_box_mean (73, 51, 0);
  check_box_mean (1, 40, 3);
  check_box_mean (40, 1, 3);
  check_box_mean (5, 9, 30);
  check_box_mean (1, 1, 2);
}

/* A single bright pixel must spread with the variance that was asked for. */
static void
test_variance (gconstpointer data)
{
  double sigma = GPOINTER_TO_INT (data) / 10.0;
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  int side = 2 * (int) ceil (6 * sigma) + 21;
  g_autoptr(DioBuffer) buffer = dio_buffer_new (side, side, 1);
  double mass = 0.0, across = 0.0, down = 0.0;

  memset (buffer->data, 0, dio_buffer_n_pixels (buffer) * sizeof (float));
  dio_buffer_at (buffer, side / 2, side / 2)[0] = 1.0f;
  dio_buffer_blur (buffer, sigma, workers);

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        double v = dio_buffer_at (buffer, x, y)[0];

        mass += v;
        across += v * (x - side / 2) * (x - side / 2);
        down += v * (y - side / 2) * (y - side / 2);
      }

  g_assert_cmpfloat_with_epsilon (mass, 1.0, 1e-4);
  g_assert_cmpfloat_with_epsilon (sqrt (across), sigma, 0.12 * sigma + 0.05);
  g_assert_cmpfloat_with_epsilon (across, down, 1e-3 * across);
}

static void
test_channels_stay_apart (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioBuffer) buffer = dio_buffer_new (90, 70, 3);
  g_autoptr(DioBuffer) plane = dio_buffer_new (90, 70, 1);

  fill_with_noise (buffer->data, dio_buffer_n_pixels (buffer) * 3);
  for (gsize i = 0; i < dio_buffer_n_pixels (buffer); i++)
    plane->data[i] = buffer->data[i * 3 + 1];

  dio_buffer_blur (buffer, 3.0, workers);
  dio_buffer_blur (plane, 3.0, workers);

  for (gsize i = 0; i < dio_buffer_n_pixels (buffer); i++)
    g_assert_cmpfloat (buffer->data[i * 3 + 1], ==, plane->data[i]);
}

/* Nothing of a bright half may be left over in a black one. */
static void
test_black_stays_black (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  g_autoptr(DioBuffer) buffer = dio_buffer_new (16, 4000, 1);

  for (int y = 0; y < 4000; y++)
    for (int x = 0; x < 16; x++)
      dio_buffer_at (buffer, x, y)[0] = y < 2000 ? 1.0f + 0.1f * (y % 7) : 0.0f;

  dio_buffer_blur (buffer, 9.0, workers);

  for (int y = 2100; y < 4000; y++)
    g_assert_cmpfloat (fabsf (dio_buffer_at (buffer, 3, y)[0]), <, 1e-9f);
}

static void
test_threads (void)
{
  g_autoptr(DioBuffer) first = NULL;

  for (guint n_threads = 1; n_threads <= 8; n_threads++)
    {
      g_autoptr(DioWorkers) workers = dio_workers_new (n_threads, NULL);
      g_autoptr(DioBuffer) buffer = dio_buffer_new (203, 157, 4);
      gsize size = dio_buffer_n_pixels (buffer) * 4 * sizeof (float);

      fill_with_noise (buffer->data, dio_buffer_n_pixels (buffer) * 4);
      dio_buffer_blur (buffer, 5.5, workers);
      if (first == NULL)
        first = g_steal_pointer (&buffer);
      else
        g_assert_cmpmem (buffer->data, size, first->data, size);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/blur/box-mean", test_box_mean);
  g_test_add_data_func ("/blur/variance/0.8", GINT_TO_POINTER (8), test_variance);
  g_test_add_data_func ("/blur/variance/2.5", GINT_TO_POINTER (25), test_variance);
  g_test_add_data_func ("/blur/variance/20", GINT_TO_POINTER (200), test_variance);
  g_test_add_func ("/blur/channels-stay-apart", test_channels_stay_apart);
  g_test_add_func ("/blur/black-stays-black", test_black_stays_black);
  g_test_add_func ("/blur/threads", test_threads);

  return g_test_run ();
}
