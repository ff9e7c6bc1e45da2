/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours move to those of the other picture, and to no others. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "dio-oklab.h"
#include "dio-palette.h"
#include "dio-random.h"

#define N 8000

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float left = *(const float *) a;
  float right = *(const float *) b;

  return (left > right) - (left < right);
}

/* The mean way that points must go along a few lines to become the others. */
static double
get_distance (const DioBuffer *one,
              const DioBuffer *other)
{
  g_autofree float *a = g_new (float, N);
  g_autofree float *b = g_new (float, N);
  double sum = 0.0;

  for (int line = 0; line < 12; line++)
    {
      float axis[3];
      float length;

      for (int c = 0; c < 3; c++)
        axis[c] = dio_random_unit (77, line, c) - 0.5f;
      length = sqrtf (axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
      for (int i = 0; i < N; i++)
        {
          a[i] = b[i] = 0.0f;
          for (int c = 0; c < 3; c++)
            {
              a[i] += one->data[i * 3 + c] * axis[c] / length;
              b[i] += other->data[i * 3 + c] * axis[c] / length;
            }
        }
      qsort (a, N, sizeof (float), compare_floats);
      qsort (b, N, sizeof (float), compare_floats);
      for (int i = 0; i < N; i++)
        sum += fabsf (a[i] - b[i]);
    }

  return sum / (12.0 * N);
}

/* A green and blue picture. */
static DioBuffer *
make_landscape (void)
{
  DioBuffer *picture = dio_buffer_new (128, 128, 3);

  for (int y = 0; y < 128; y++)
    for (int x = 0; x < 128; x++)
      {
        float *rgb = dio_buffer_at (picture, x, y);
        float noise = dio_random_unit (5, x, y);

        rgb[0] = y < 64 ? 0.10f + 0.1f * noise : 0.05f;
        rgb[1] = y < 64 ? 0.30f + 0.3f * noise : 0.20f + 0.1f * noise;
        rgb[2] = y < 64 ? 0.80f : 0.04f + 0.05f * x / 128.0f;
      }

  return picture;
}

/* A pale picture in warm tones. */
static DioBuffer *
make_pale (void)
{
  DioBuffer *picture = dio_buffer_new (128, 128, 3);

  for (int i = 0; i < 128 * 128; i++)
    {
      float *rgb = picture->data + i * 3;
      float tone = 0.3f + 0.65f * dio_random_unit (6, i, 0);

      rgb[0] = tone;
      rgb[1] = tone * (0.82f + 0.1f * dio_random_unit (6, i, 1));
      rgb[2] = tone * 0.70f;
    }

  return picture;
}

static DioBuffer *
recolour (guint n_threads)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (n_threads, NULL);
  g_autoptr(DioBuffer) pale = make_pale ();
  DioBuffer *picture = make_landscape ();
  g_autoptr(DioBuffer) from = dio_palette_sample (picture, N, 1);
  g_autoptr(DioBuffer) to = dio_palette_sample (pale, N, 2);
  g_autoptr(DioPalette) palette = dio_palette_new (from, to, 3, workers);

  dio_palette_apply (palette, picture, 1.0, workers);

  return picture;
}

static void
test_palette_distance_falls (void)
{
  g_autoptr(DioBuffer) before = make_landscape ();
  g_autoptr(DioBuffer) after = recolour (2);
  g_autoptr(DioBuffer) pale = make_pale ();
  g_autoptr(DioBuffer) a = dio_palette_sample (before, N, 1);
  g_autoptr(DioBuffer) b = dio_palette_sample (after, N, 1);
  g_autoptr(DioBuffer) c = dio_palette_sample (pale, N, 2);

  g_test_message ("%.4f to %.4f", get_distance (a, c), get_distance (b, c));
  g_assert_cmpfloat (get_distance (b, c), <, 0.35 * get_distance (a, c));
}

/* Green highlights in a picture taken to a pale one were this engine's first fault. */
static void
test_palette_no_other_colours (void)
{
  g_autoptr(DioBuffer) after = recolour (2);
  g_autoptr(DioBuffer) pale = make_pale ();
  double strongest = 0.0;

  for (int i = 0; i < 128 * 128; i++)
    {
      float lab[3];

      dio_oklab_from_linear (pale->data + i * 3, lab);
      strongest = MAX (strongest, hypot (lab[1], lab[2]));
    }
  for (int i = 0; i < 128 * 128; i++)
    {
      float lab[3];

      dio_oklab_from_linear (after->data + i * 3, lab);
      g_assert_cmpfloat (hypot (lab[1], lab[2]), <, strongest * 1.25 + 0.02);
    }
}

static void
test_palette_any_team (void)
{
  g_autoptr(DioBuffer) one = recolour (1);

  for (guint n = 2; n <= 5; n++)
    {
      g_autoptr(DioBuffer) other = recolour (n);

      g_assert_cmpmem (one->data, 128 * 128 * 3 * sizeof (float), other->data, 128 * 128 * 3 * sizeof (float));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/palette/distance-falls", test_palette_distance_falls);
  g_test_add_func ("/palette/no-other-colours", test_palette_no_other_colours);
  g_test_add_func ("/palette/any-team", test_palette_any_team);

  return g_test_run ();
}
