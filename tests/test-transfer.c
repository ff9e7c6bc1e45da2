/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sRGB bytes to light and back: exact for bytes, close to the standard between. */

#include "config.h"

#include "dio-transfer.h"

#include <math.h>

static DioPixels *
make_ramp (int channels)
{
  DioPixels *pixels = dio_pixels_new (256, 40, channels);

  for (int y = 0; y < pixels->height; y++)
    for (int x = 0; x < 256; x++)
      for (int c = 0; c < channels; c++)
        dio_pixels_row (pixels, y)[x * channels + c] = (x + c * 85 + y) & 255;

  return pixels;
}

static double
to_srgb (double linear)
{
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - 0.055;
}

static void
assert_same (const DioPixels *a,
             const DioPixels *b)
{
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->channels, ==, b->channels);
  for (int y = 0; y < a->height; y++)
    g_assert_cmpmem (dio_pixels_row (a, y), a->width * a->channels,
                     dio_pixels_row (b, y), b->width * b->channels);
}

static void
test_transfer_bytes_round_trip (void)
{
  for (int channels = 3; channels <= 4; channels++)
    {
      g_autoptr(DioWorkers) workers = dio_workers_new (3, NULL);
      g_autoptr(DioPixels) ramp = make_ramp (channels);
      g_autoptr(DioBuffer) linear = dio_pixels_to_linear (ramp, workers);
      g_autoptr(DioPixels) back = dio_linear_to_pixels (linear, workers);

      assert_same (ramp, back);
    }
}

static void
test_transfer_alpha_is_not_light (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  g_autoptr(DioPixels) pixels = dio_pixels_new (1, 1, 4);
  g_autoptr(DioBuffer) linear = NULL;

  for (int c = 0; c < 4; c++)
    pixels->data[c] = 128;
  linear = dio_pixels_to_linear (pixels, workers);

  g_assert_cmpfloat_with_epsilon (linear->data[0], 0.215861, 1e-5);
  g_assert_cmpfloat_with_epsilon (linear->data[3], 128 / 255.0, 1e-6);
}

/* The tables' straight pieces stay far below a quarter of a byte's step. */
static void
test_transfer_close_to_the_standard (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioBuffer) buffer = dio_buffer_new (1000, 100, 5);
  gsize n = dio_buffer_n_pixels (buffer);

  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 5; c++)
      buffer->data[i * 5 + c] = (double) i / (n - 1);

  dio_buffer_delinearise (buffer, workers);
  for (gsize i = 0; i < n; i++)
    {
      double linear = (double) i / (n - 1);

      g_assert_cmpfloat_with_epsilon (buffer->data[i * 5 + 2], to_srgb (linear), 2e-5);
      g_assert_cmpfloat_with_epsilon (buffer->data[i * 5 + 3], linear, 1e-7);
    }

  dio_buffer_linearise (buffer, workers);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (buffer->data[i * 5], (double) i / (n - 1), 2e-5);
}

static void
test_transfer_clamps (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  g_autoptr(DioBuffer) linear = dio_buffer_new (2, 1, 4);
  const float given[] = { -0.5f, 1.5f, NAN, 2.0f, INFINITY, -INFINITY, 0.0f, -1.0f };
  const guint8 wanted[] = { 0, 255, 0, 255, 255, 0, 0, 0 };
  g_autoptr(DioPixels) pixels = NULL;

  memcpy (linear->data, given, sizeof given);
  pixels = dio_linear_to_pixels (linear, workers);

  g_assert_cmpmem (pixels->data, 8, wanted, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer/bytes-round-trip", test_transfer_bytes_round_trip);
  g_test_add_func ("/transfer/alpha-is-not-light", test_transfer_alpha_is_not_light);
  g_test_add_func ("/transfer/close-to-the-standard", test_transfer_close_to_the_standard);
  g_test_add_func ("/transfer/clamps", test_transfer_clamps);

  return g_test_run ();
}
