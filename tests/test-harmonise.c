/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject goes some way towards the scene, and stays what it is. */

#include "config.h"

#include <math.h>

#include "dio-harmonise.h"
#include "dio-oklab.h"
#include "dio-random.h"

#define SIDE 64

/* A scene of one colour with some change of tone. */
static DioScene *
make_scene (float       red,
            float       green,
            float       blue,
            DioWorkers *workers)
{
  g_autoptr(DioBuffer) linear = dio_buffer_new (256, 256, 3);

  for (int i = 0; i < 256 * 256; i++)
    {
      float tone = 0.6f + 0.8f * dio_random_unit (1, i, 0);

      linear->data[i * 3] = red * tone;
      linear->data[i * 3 + 1] = green * tone;
      linear->data[i * 3 + 2] = blue * tone;
    }

  return dio_scene_new (linear, workers);
}

static DioBuffer *
make_subject (float red,
              float green,
              float blue)
{
  DioBuffer *subject = dio_buffer_new (SIDE, SIDE, 4);

  for (int i = 0; i < SIDE * SIDE; i++)
    {
      float tone = 0.7f + 0.6f * dio_random_unit (2, i, 0);

      subject->data[i * 4] = red * tone;
      subject->data[i * 4 + 1] = green * tone;
      subject->data[i * 4 + 2] = blue * tone;
      subject->data[i * 4 + 3] = 1.0f;
    }

  return subject;
}

static void
get_mean (const DioBuffer *subject,
          double          *mean)
{
  mean[0] = mean[1] = mean[2] = 0.0;
  for (int i = 0; i < SIDE * SIDE; i++)
    {
      float lab[3];

      dio_oklab_from_linear (subject->data + i * 4, lab);
      for (int c = 0; c < 3; c++)
        mean[c] += lab[c] / (SIDE * SIDE);
    }
}

static DioBuffer *
grade (const DioScene  *scene,
       const DioBuffer *subject,
       double           amount)
{
  static const DioPlacement place = { .cx = 0.5, .baseline = 0.85, .width = 0.4, .height = 0.4 };
  DioCutOut cut_out = { .has_backdrop = TRUE, .backdrop = { 0.7f, 0.7f, 0.7f } };
  DioBuffer *graded = dio_buffer_copy (subject);
  DioGrade how;

  dio_grade_measure (&how, scene, subject, &cut_out, &place, amount);
  for (int i = 0; i < SIDE * SIDE; i++)
    dio_grade_apply (&how, graded->data + i * 4);

  return graded;
}

static void
test_harmonise_moves_towards_scene (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);
  g_autoptr(DioScene) scene = make_scene (0.05f, 0.06f, 0.12f, workers);
  g_autoptr(DioBuffer) subject = make_subject (0.5f, 0.5f, 0.5f);
  g_autoptr(DioBuffer) graded = grade (scene, subject, 1.0);
  g_autoptr(DioBuffer) half = grade (scene, subject, 0.5);
  g_autoptr(DioBuffer) none = grade (scene, subject, 0.0);
  double before[3], after[3], halfway[3], same[3];

  get_mean (subject, before);
  get_mean (graded, after);
  get_mean (half, halfway);
  get_mean (none, same);

  /* Darker and bluer, half as much for half the amount, not at all for none. */
  g_assert_cmpfloat (after[0], <, before[0] - 0.08);
  g_assert_cmpfloat (after[2], <, before[2] - 0.01);
  g_assert_cmpfloat (halfway[0], <, before[0] - 0.03);
  g_assert_cmpfloat (halfway[0], >, after[0] + 0.02);
  for (int c = 0; c < 3; c++)
    g_assert_cmpfloat_with_epsilon (same[c], before[c], 0.004);
}

static double
get_hue (const double *lab)
{
  return atan2 (lab[2], lab[1]) * 180.0 / G_PI;
}

/* Strong colours under light of any colour: red stays red, orange orange. */
static void
test_harmonise_keeps_hue (void)
{
  static const float lights[][3] = {
    { 0.05f, 0.20f, 0.04f }, { 0.10f, 0.20f, 0.60f }, { 0.70f, 0.30f, 0.05f }, { 0.40f, 0.15f, 0.45f }, { 0.80f, 0.65f, 0.35f },
  };
  static const float colours[][3] = {
    { 0.60f, 0.03f, 0.02f }, { 0.80f, 0.25f, 0.01f }, { 0.02f, 0.25f, 0.30f }, { 0.10f, 0.40f, 0.05f },
  };
  g_autoptr(DioWorkers) workers = dio_workers_new (2, NULL);

  for (guint l = 0; l < G_N_ELEMENTS (lights); l++)
    for (guint c = 0; c < G_N_ELEMENTS (colours); c++)
      {
        g_autoptr(DioScene) scene = make_scene (lights[l][0], lights[l][1], lights[l][2], workers);
        g_autoptr(DioBuffer) subject = make_subject (colours[c][0], colours[c][1], colours[c][2]);
        g_autoptr(DioBuffer) graded = grade (scene, subject, 1.0);
        double before[3], after[3];

        get_mean (subject, before);
        get_mean (graded, after);
        g_test_message ("light %u colour %u: hue %.1f to %.1f", l, c, get_hue (before), get_hue (after));
        g_assert_cmpfloat (fabs (get_hue (after) - get_hue (before)), <, 8.0);
        g_assert_cmpfloat (hypot (after[1], after[2]), >, 0.5 * hypot (before[1], before[2]));
      }
}

static void
test_harmonise_grey_scene (void)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  g_autoptr(DioScene) scene = make_scene (0.3f, 0.3f, 0.3f, workers);
  g_autoptr(DioBuffer) subject = make_subject (0.60f, 0.03f, 0.02f);
  g_autoptr(DioBuffer) graded = grade (scene, subject, 1.0);
  g_autoptr(DioBuffer) in_studio = NULL;
  double before[3], after[3], studio[3];

  scene->is_studio = TRUE;
  in_studio = grade (scene, subject, 1.0);
  get_mean (subject, before);
  get_mean (graded, after);
  get_mean (in_studio, studio);

  /* In a grey photo a red thing is grey; on grey paper it is red. */
  g_assert_cmpfloat (hypot (after[1], after[2]), <, 0.1 * hypot (before[1], before[2]));
  g_assert_cmpfloat (hypot (studio[1], studio[2]), >, 0.8 * hypot (before[1], before[2]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/harmonise/moves-towards-scene", test_harmonise_moves_towards_scene);
  g_test_add_func ("/harmonise/keeps-hue", test_harmonise_keeps_hue);
  g_test_add_func ("/harmonise/grey-scene", test_harmonise_grey_scene);

  return g_test_run ();
}
