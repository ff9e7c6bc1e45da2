/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances against a search through every marked pixel. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-distance.h"
#include "dio-random.h"

static double
measure_plainly (const guint8 *mask,
                 int           width,
                 int           height,
                 int           x,
                 int           y)
{
  double nearest = DIO_DISTANCE_NONE;

  for (int v = 0; v < height; v++)
    for (int u = 0; u < width; u++)
      if (mask[v * width + u])
        nearest = MIN (nearest, hypot (u - x, v - y));

  return nearest;
}

static void
check_mask (const guint8 *mask,
            int           width,
            int           height)
{
  g_autofree float *first = g_new (float, width * height);

  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr(DioWorkers) workers = dio_workers_new (n_threads, NULL);
      g_autofree float *distance = g_new (float, width * height);
      gsize size = sizeof (float) * width * height;

      dio_distance_transform (mask, width, height, distance, workers);
      if (n_threads == 1)
        memcpy (first, distance, size);
      else
        g_assert_cmpmem (distance, size, first, size);
    }

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double wanted = measure_plainly (mask, width, height, x, y);

        g_assert_cmpfloat_with_epsilon (first[y * width + x], wanted, wanted * 1e-6 + 1e-9);
      }
}

static void
test_random (void)
{
  static const int sizes[][2] = { { 60, 45 }, { 1, 30 }, { 30, 1 }, { 1, 1 }, { 131, 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int sparse = 2; sparse < 1000; sparse *= 4)
      {
        int n = sizes[i][0] * sizes[i][1];
        g_autofree guint8 *mask = g_new0 (guint8, n);

        for (int k = 0; k < n; k++)
          mask[k] = dio_random_unit (3, k, sparse) * sparse < 1.0f;
        check_mask (mask, sizes[i][0], sizes[i][1]);
      }
}

static void
test_none_and_all (void)
{
  guint8 mask[12 * 7];

  memset (mask, 0, sizeof mask);
  check_mask (mask, 12, 7);
  memset (mask, 1, sizeof mask);
  check_mask (mask, 12, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/distance/random", test_random);
  g_test_add_func ("/distance/none-and-all", test_none_and_all);

  return g_test_run ();
}
