/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OKLab against its published values, and there and back. */

#include "config.h"

#include "dio-oklab.h"
#include "dio-random.h"

static void
test_cube_root (void)
{
  for (int i = 1; i < 200000; i++)
    {
      double x = (double) i * i * 1e-10;
      double wanted = cbrt ((float) x);

      g_assert_cmpfloat_with_epsilon (dio_cube_root ((float) x), wanted, wanted * 3e-7);
      g_assert_cmpfloat (dio_cube_root ((float) -x), ==, -dio_cube_root ((float) x));
    }

  g_assert_cmpfloat (fabsf (dio_cube_root (0.0f)), <=, 1.1e-6f);
}

/* From the table in Ottosson's page, by way of sRGB's primaries. */
static void
test_known_colours (void)
{
  static const struct
  {
    float rgb[3];
    float lab[3];
  } colours[] = {
    { { 1.0f, 1.0f, 1.0f }, { 1.0f, 0.0f, 0.0f } },
    { { 0.0f, 0.0f, 0.0f }, { 0.0f, 0.0f, 0.0f } },
    { { 1.0f, 0.0f, 0.0f }, { 0.62796f, 0.22486f, 0.12585f } },
    { { 0.0f, 1.0f, 0.0f }, { 0.86644f, -0.23389f, 0.17950f } },
    { { 0.0f, 0.0f, 1.0f }, { 0.45201f, -0.03246f, -0.31153f } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      float lab[3];

      dio_oklab_from_linear (colours[i].rgb, lab);
      for (int c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (lab[c], colours[i].lab[c], 1e-4);
    }
}

static void
test_there_and_back (gconstpointer data)
{
  int channels = GPOINTER_TO_INT (data);
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioBuffer) linear = dio_buffer_new (67, 41, channels);
  g_autoptr(DioBuffer) lab = NULL;
  g_autoptr(DioBuffer) back = NULL;

  for (gsize i = 0; i < dio_buffer_n_pixels (linear) * channels; i++)
    linear->data[i] = dio_random_unit (5, (guint32) i, 0);

  lab = dio_linear_to_oklab (linear, workers);
  back = dio_oklab_to_linear (lab, workers);

  g_assert_cmpint (back->channels, ==, 3);
  for (gsize i = 0; i < dio_buffer_n_pixels (linear); i++)
    for (int c = 0; c < 3; c++)
      g_assert_cmpfloat_with_epsilon (back->data[i * 3 + c], linear->data[i * channels + c], 2e-5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oklab/cube-root", test_cube_root);
  g_test_add_func ("/oklab/known-colours", test_known_colours);
  g_test_add_data_func ("/oklab/there-and-back/rgb", GINT_TO_POINTER (3), test_there_and_back);
  g_test_add_data_func ("/oklab/there-and-back/rgba", GINT_TO_POINTER (4), test_there_and_back);

  return g_test_run ();
}
