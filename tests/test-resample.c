/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New sizes keep what they must: flat fields, light, detail that fits, and the
 * very bytes on any number of threads. */

#include "config.h"

#include "dio-resample.h"

#include <math.h>
#include <string.h>

static DioPixels *
make_noise (int width,
            int height,
            int channels)
{
  DioPixels *pixels = dio_pixels_new (width, height, channels);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < height * pixels->stride; i++)
    pixels->data[i] = g_rand_int_range (rand, 0, 256);

  return pixels;
}

static DioBuffer *
make_noise_buffer (int width,
                   int height,
                   int channels)
{
  DioBuffer *buffer = dio_buffer_new (width, height, channels);
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (gsize i = 0; i < dio_buffer_n_pixels (buffer) * channels; i++)
    buffer->data[i] = g_rand_double (rand);

  return buffer;
}

/* Rings that get finer outwards, up to one cycle in @finest pixels. */
static DioBuffer *
make_zone_plate (int    size,
                 double finest)
{
  DioBuffer *buffer = dio_buffer_new (size, size, 1);
  double middle = (size - 1) / 2.0;
  double k = G_PI / (finest * middle);

  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      {
        double r2 = (x - middle) * (x - middle) + (y - middle) * (y - middle);

        *dio_buffer_at (buffer, x, y) = 0.5 + 0.5 * cos (k * r2);
      }

  return buffer;
}

/* How strong the rings are in a square around a place. */
static double
get_energy (const DioBuffer *buffer,
            int              x0,
            int              y0,
            int              size)
{
  double sum = 0.0;

  for (int y = y0; y < y0 + size; y++)
    for (int x = x0; x < x0 + size; x++)
      sum += pow (*dio_buffer_at (buffer, x, y) - 0.5, 2);

  return sum / (size * size);
}

static void
test_resample_constant (void)
{
  const int sizes[][2] = { { 1, 1 }, { 3, 200 }, { 97, 61 }, { 100, 50 }, { 301, 7 } };

  for (int channels = 1; channels <= 8; channels++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
        g_autoptr(DioBuffer) flat = dio_buffer_new (100, 50, channels);
        g_autoptr(DioBuffer) result = NULL;
        g_autoptr(DioBuffer) bilinear = NULL;

        for (gsize j = 0; j < dio_buffer_n_pixels (flat) * channels; j++)
          flat->data[j] = (j % channels + 1) * 0.1f;
        result = dio_buffer_resample (flat, sizes[i][0], sizes[i][1], workers);
        bilinear = dio_buffer_resample_bilinear (flat, sizes[i][0], sizes[i][1], workers);

        g_assert_cmpint (result->width, ==, sizes[i][0]);
        g_assert_cmpint (result->height, ==, sizes[i][1]);
        for (gsize j = 0; j < dio_buffer_n_pixels (result) * channels; j++)
          {
            g_assert_cmpfloat_with_epsilon (result->data[j], (j % channels + 1) * 0.1f, 1e-5);
            g_assert_cmpfloat_with_epsilon (bilinear->data[j], (j % channels + 1) * 0.1f, 1e-6);
          }
      }
}

static void
test_resample_constant_bytes (void)
{
  for (int level = 0; level < 256; level++)
    {
      g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
      g_autoptr(DioPixels) flat = dio_pixels_new (20, 20, 3);
      g_autoptr(DioPixels) result = NULL;

      memset (flat->data, level, 20 * 20 * 3);
      result = dio_pixels_resample (flat, 7, 31, workers);
      for (int i = 0; i < 7 * 31 * 3; i++)
        g_assert_cmpint (result->data[i], ==, level);
    }
}

/* Half the light of white is 188 in sRGB; a mean of bytes would give 128. */
static void
test_resample_in_light (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioPixels) checker = dio_pixels_new (64, 64, 3);
  g_autoptr(DioPixels) half = NULL;

  for (int y = 0; y < 64; y++)
    for (int x = 0; x < 64; x++)
      memset (dio_pixels_row (checker, y) + x * 3, (x + y) % 2 == 0 ? 0 : 255, 3);
  half = dio_pixels_resample (checker, 32, 32, workers);

  for (int y = 4; y < 28; y++)
    for (int x = 4; x < 28; x++)
      g_assert_cmpint (ABS (dio_pixels_row (half, y)[x * 3 + 1] - 188), <=, 1);
}

/* Red beside transparent green: no green may come through. */
static void
test_resample_premultiplied (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  g_autoptr(DioPixels) source = dio_pixels_new (40, 40, 4);
  const int sizes[] = { 13, 20, 79 };

  for (int i = 0; i < 40 * 40; i++)
    {
      gboolean red = i % 40 < 20;
      const guint8 pixel[] = { red ? 200 : 0, red ? 0 : 255, 0, red ? 255 : 0 };

      memcpy (source->data + i * 4, pixel, 4);
    }

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(DioPixels) result = dio_pixels_resample (source, sizes[i], sizes[i], workers);

      for (int j = 0; j < sizes[i] * sizes[i]; j++)
        {
          const guint8 *pixel = result->data + j * 4;

          g_assert_cmpint (pixel[1], ==, 0);
          if (pixel[3] > 8)
            g_assert_cmpint (ABS (pixel[0] - 200), <=, 1);
        }
      g_assert_cmpint (result->data[3], ==, 255);
      g_assert_cmpint (result->data[sizes[i] * 4 - 1], ==, 0);
    }
}

static void
test_resample_same_size_is_identity (void)
{
  for (int channels = 3; channels <= 4; channels++)
    {
      g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
      g_autoptr(DioPixels) noise = make_noise (150, 33, channels);
      g_autoptr(DioPixels) same = NULL;

      for (int i = 3; channels == 4 && i < 150 * 33 * 4; i += 4)
        noise->data[i] |= 1;
      same = dio_pixels_resample (noise, 150, 33, workers);
      g_assert_cmpmem (noise->data, 150 * 33 * channels, same->data, 150 * 33 * channels);
    }
}

/* Rings that are too fine for the new size vanish, others keep their strength. */
static void
test_resample_zone_plate (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioBuffer) plate = make_zone_plate (512, 2.0);
  g_autoptr(DioBuffer) small = dio_buffer_resample (plate, 128, 128, workers);
  g_autoptr(DioBuffer) back = dio_buffer_resample (small, 512, 512, workers);

  /* Across the middle the rings have a cycle in more than 10 pixels. */
  g_assert_cmpfloat (get_energy (small, 60, 60, 8), >, 0.9 * get_energy (plate, 240, 240, 32));
  g_assert_cmpfloat (get_energy (back, 240, 240, 32), >, 0.9 * get_energy (plate, 240, 240, 32));

  /* Near the edge they have less than a pixel of the new size. */
  g_assert_cmpfloat (get_energy (plate, 0, 240, 32), >, 0.1);
  g_assert_cmpfloat (get_energy (small, 2, 60, 8), <, 0.002);
}

/* Enlarging a smooth wave keeps it where it was: no shift by half a pixel. */
static void
test_resample_keeps_place (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioBuffer) wave = dio_buffer_new (80, 60, 2);
  g_autoptr(DioBuffer) lanczos = NULL;
  g_autoptr(DioBuffer) bilinear = NULL;

  for (int y = 0; y < 60; y++)
    for (int x = 0; x < 80; x++)
      {
        dio_buffer_at (wave, x, y)[0] = sin ((x + 0.5) / 80 * 4 * G_PI);
        dio_buffer_at (wave, x, y)[1] = cos ((y + 0.5) / 60 * 4 * G_PI);
      }
  lanczos = dio_buffer_resample (wave, 240, 170, workers);
  bilinear = dio_buffer_resample_bilinear (wave, 240, 170, workers);

  for (int y = 12; y < 158; y++)
    for (int x = 12; x < 228; x++)
      {
        double across = sin ((x + 0.5) / 240 * 4 * G_PI);
        double down = cos ((y + 0.5) / 170 * 4 * G_PI);

        g_assert_cmpfloat_with_epsilon (dio_buffer_at (lanczos, x, y)[0], across, 0.004);
        g_assert_cmpfloat_with_epsilon (dio_buffer_at (lanczos, x, y)[1], down, 0.004);
        g_assert_cmpfloat_with_epsilon (dio_buffer_at (bilinear, x, y)[0], across, 0.01);
        g_assert_cmpfloat_with_epsilon (dio_buffer_at (bilinear, x, y)[1], down, 0.01);
      }
}

static void
test_resample_bilinear_stays_in_range (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (3, NULL);
  g_autoptr(DioBuffer) noise = make_noise_buffer (37, 23, 3);
  g_autoptr(DioBuffer) large = dio_buffer_resample_bilinear (noise, 200, 150, workers);

  for (gsize i = 0; i < dio_buffer_n_pixels (large) * 3; i++)
    {
      g_assert_cmpfloat (large->data[i], >=, 0.0f);
      g_assert_cmpfloat (large->data[i], <=, 1.0f);
    }

  /* The corners are half a new pixel outside of the outermost old centres. */
  g_assert_cmpfloat (large->data[0], ==, noise->data[0]);
  g_assert_cmpfloat (dio_buffer_at (large, 199, 149)[2], ==, dio_buffer_at (noise, 36, 22)[2]);
}

static void
test_resample_one_pixel (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioPixels) pixel = dio_pixels_new (1, 1, 4);
  g_autoptr(DioPixels) large = NULL;
  g_autoptr(DioPixels) back = NULL;
  const guint8 wanted[] = { 10, 20, 30, 255 };

  memcpy (pixel->data, wanted, 4);
  large = dio_pixels_resample (pixel, 500, 3, workers);
  for (int i = 0; i < 500 * 3; i++)
    g_assert_cmpmem (large->data + i * 4, 4, wanted, 4);
  back = dio_pixels_resample (large, 1, 1, workers);
  g_assert_cmpmem (back->data, 4, wanted, 4);
}

static void
test_resample_any_number_of_threads (void)
{
  const guint teams[] = { 2, 3, 8 };
  const int sizes[][2] = { { 333, 77 }, { 50, 201 } };
  g_autoptr(DioPixels) noise = make_noise (201, 158, 4);
  g_autoptr(DioBuffer) buffer = make_noise_buffer (201, 158, 5);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int width = sizes[i][0];
      int height = sizes[i][1];
      gsize n = (gsize) width * height;
      g_autoptr(DioWorkers) alone = dio_workers_new (1, NULL);
      g_autoptr(DioPixels) pixels = dio_pixels_resample (noise, width, height, alone);
      g_autoptr(DioBuffer) lanczos = dio_buffer_resample (buffer, width, height, alone);
      g_autoptr(DioBuffer) bilinear = dio_buffer_resample_bilinear (buffer, width, height, alone);

      for (guint j = 0; j < G_N_ELEMENTS (teams); j++)
        {
          g_autoptr(DioWorkers) team = dio_workers_new (teams[j], NULL);
          g_autoptr(DioPixels) pixels2 = dio_pixels_resample (noise, width, height, team);
          g_autoptr(DioBuffer) lanczos2 = dio_buffer_resample (buffer, width, height, team);
          g_autoptr(DioBuffer) bilinear2 = dio_buffer_resample_bilinear (buffer, width, height, team);

          g_assert_cmpmem (pixels->data, n * 4, pixels2->data, n * 4);
          g_assert_cmpmem (lanczos->data, n * 20, lanczos2->data, n * 20);
          g_assert_cmpmem (bilinear->data, n * 20, bilinear2->data, n * 20);
        }
    }
}

/* Around the picture lies what is not its own. */
#define MARGIN (3 * 4096 + 100)

static void
assert_margins_and_free (gpointer data)
{
  guint8 *block = data;
  gsize size = MARGIN + 901 * 700 * 3;

  for (gsize i = 0; i < MARGIN; i++)
    {
      g_assert_cmpuint (block[i], ==, 0xa5);
      g_assert_cmpuint (block[size + i], ==, 0x5a);
    }

  g_free (block);
}

static DioPixels *
copy_between_margins (const DioPixels *pixels)
{
  gsize size = (gsize) pixels->stride * pixels->height;
  guint8 *block = g_malloc (size + 2 * MARGIN);

  memset (block, 0xa5, MARGIN);
  memcpy (block + MARGIN, pixels->data, size);
  memset (block + MARGIN + size, 0x5a, MARGIN);

  return dio_pixels_new_for (block + MARGIN, pixels->width, pixels->height, pixels->channels, pixels->stride,
                             assert_margins_and_free, block);
}

/* What is given up is given up late enough, and is no more than the picture. */
static void
test_resample_last (void)
{
  const guint teams[] = { 1, 2, 5 };
  const int sizes[][2] = { { 766, 595 }, { 40, 31 }, { 1000, 777 }, { 901, 700 } };
  g_autoptr(DioPixels) noise = make_noise (901, 700, 3);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (teams); j++)
      {
        g_autoptr(DioWorkers) team = dio_workers_new (teams[j], NULL);
        g_autoptr(DioPixels) kept = dio_pixels_resample (noise, sizes[i][0], sizes[i][1], team);
        g_autoptr(DioPixels) last =
          dio_pixels_resample_last (copy_between_margins (noise), sizes[i][0], sizes[i][1], team);

        g_assert_cmpmem (kept->data, (gsize) kept->stride * kept->height,
                         last->data, (gsize) last->stride * last->height);
      }
}

static void
test_resample_fit_size (void)
{
  const struct
  {
    int width, height, max_side, fit_width, fit_height;
  } cases[] = {
    { 4000, 3000, 1024, 1024, 768 },
    { 3000, 4000, 1024, 768, 1024 },
    { 640, 480, 1024, 640, 480 },
    { 1024, 1024, 1024, 1024, 1024 },
    { 30000, 10, 256, 256, 1 },
    { 1, 1, 1, 1, 1 },
    { 3, 2, 1, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int width, height;

      dio_fit_size (cases[i].width, cases[i].height, cases[i].max_side, &width, &height);
      g_assert_cmpint (width, ==, cases[i].fit_width);
      g_assert_cmpint (height, ==, cases[i].fit_height);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/resample/constant", test_resample_constant);
  g_test_add_func ("/resample/constant-bytes", test_resample_constant_bytes);
  g_test_add_func ("/resample/in-light", test_resample_in_light);
  g_test_add_func ("/resample/premultiplied", test_resample_premultiplied);
  g_test_add_func ("/resample/same-size-is-identity", test_resample_same_size_is_identity);
  g_test_add_func ("/resample/zone-plate", test_resample_zone_plate);
  g_test_add_func ("/resample/keeps-place", test_resample_keeps_place);
  g_test_add_func ("/resample/bilinear-stays-in-range", test_resample_bilinear_stays_in_range);
  g_test_add_func ("/resample/one-pixel", test_resample_one_pixel);
  g_test_add_func ("/resample/any-number-of-threads", test_resample_any_number_of_threads);
  g_test_add_func ("/resample/last", test_resample_last);
  g_test_add_func ("/resample/fit-size", test_resample_fit_size);

  return g_test_run ();
}
