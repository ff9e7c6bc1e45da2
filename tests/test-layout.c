/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things are put: inside, apart, and where the words say. */

#include "config.h"

#include <math.h>

#include "dio-layout.h"
#include "dio-vocabulary.h"

static const DioCompositorInput inputs[] = {
  { DIO_ROLE_SUBJECT, "bear", "1", NULL },
  { DIO_ROLE_SUBJECT, "mug", "2", NULL },
  { DIO_ROLE_SUBJECT, "truck", "3", NULL },
};

static const DioLayoutSubject subjects[] = {
  { 0, 1.2 },
  { 1, 0.9 },
  { 2, 2.6 },
};

static const DioScene scene = {
  .horizon = 0.45,
  .has_horizon = TRUE,
  .baseline = 0.85,
  .calm_x = 0.6,
  .light_x = 0.5,
  .light_y = -0.4,
};

static DioLayout *
lay_out (const char *prompt,
         guint       n,
         double      aspect,
         double      jitter,
         guint32     seed)
{
  g_autoptr(DioPlan) plan = dio_vocabulary_read (prompt, inputs, n);

  return dio_layout_new (plan, &scene, subjects, n, aspect, jitter, seed);
}

static const DioPlacement *
find (const DioLayout *layout,
      guint            subject)
{
  for (guint i = 0; i < layout->placements->len; i++)
    {
      const DioPlacement *place = &g_array_index (layout->placements, DioPlacement, i);

      if (place->subject == subject)
        return place;
    }

  g_assert_not_reached ();
}

static guint
get_order (const DioLayout *layout,
           guint            subject)
{
  for (guint i = 0; i < layout->placements->len; i++)
    if (g_array_index (layout->placements, DioPlacement, i).subject == subject)
      return i;

  g_assert_not_reached ();
}

static void
assert_inside (const DioLayout *layout)
{
  for (guint i = 0; i < layout->placements->len; i++)
    {
      const DioPlacement *place = &g_array_index (layout->placements, DioPlacement, i);

      g_assert_cmpfloat (place->width, >, 0.0);
      g_assert_cmpfloat (place->cx - place->width / 2, >=, 0.0);
      g_assert_cmpfloat (place->cx + place->width / 2, <=, 1.0);
      g_assert_cmpfloat (place->baseline, <=, 1.0);
      g_assert_cmpfloat (place->baseline - place->height, >=, 0.0);
    }
}

/* How much of the narrower of the two is covered across. */
static double
get_overlap (const DioPlacement *one,
             const DioPlacement *other)
{
  double left = MAX (one->cx - one->width / 2, other->cx - other->width / 2);
  double right = MIN (one->cx + one->width / 2, other->cx + other->width / 2);

  return MAX (0.0, right - left) / MIN (one->width, other->width);
}

static void
test_layout_keeps_proportions (void)
{
  static const double aspects[] = { 0.5, 0.75, 1.0, 1.5, 2.0 };

  for (guint i = 0; i < G_N_ELEMENTS (aspects); i++)
    {
      g_autoptr(DioLayout) layout = lay_out ("", 3, aspects[i], 0.0, 1);

      assert_inside (layout);
      for (guint s = 0; s < 3; s++)
        {
          const DioPlacement *place = find (layout, s);

          g_assert_cmpfloat_with_epsilon (place->width * aspects[i] / place->height, subjects[s].aspect, 1e-6);
        }
    }
}

static void
test_layout_side_by_side (void)
{
  static const char *const prompts[] = {
    "", "three @mug", "@bear and @mug on the left", "@truck huge", "huge", "@bear, @mug and @truck on the right",
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    for (guint32 seed = 1; seed <= 20; seed++)
      {
        g_autoptr(DioLayout) layout = lay_out (prompts[i], 3, 1.0, 1.0, seed);

        assert_inside (layout);
        for (guint a = 0; a < layout->placements->len; a++)
          for (guint b = 0; b < a; b++)
            g_assert_cmpfloat (get_overlap (&g_array_index (layout->placements, DioPlacement, a),
                                            &g_array_index (layout->placements, DioPlacement, b)),
                               <, 0.5);
      }
}

static void
test_layout_words (void)
{
  g_autoptr(DioLayout) layout = lay_out ("@bear on the left, @mug on the right", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) depth = lay_out ("@bear in the background and @mug in the foreground", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) plain = lay_out ("", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) air = lay_out ("@mug floating in the sky, flipped", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) light = lay_out ("light from the left", 2, 1.0, 0.0, 1);

  g_assert_cmpfloat (find (layout, 0)->cx, <, 0.4);
  g_assert_cmpfloat (find (layout, 1)->cx, >, 0.6);

  g_assert_cmpfloat (find (depth, 0)->baseline, <, find (plain, 0)->baseline);
  g_assert_cmpfloat (find (depth, 0)->baseline, >, scene.horizon);
  g_assert_cmpfloat (find (depth, 0)->height, <, find (plain, 0)->height);
  g_assert_cmpfloat (find (depth, 1)->baseline, >, find (plain, 1)->baseline);
  g_assert_cmpuint (get_order (depth, 0), <, get_order (depth, 1));

  g_assert_false (find (air, 1)->grounded);
  g_assert_true (find (air, 1)->flip);
  g_assert_true (find (air, 0)->grounded);
  g_assert_false (find (air, 0)->flip);
  g_assert_cmpfloat (find (air, 1)->baseline, <, find (plain, 1)->baseline);

  g_assert_cmpfloat (plain->light.x, >, 0.0);
  g_assert_cmpfloat (light->light.x, <, 0.0);
}

static void
test_layout_relations (void)
{
  g_autoptr(DioLayout) front = lay_out ("@mug in front of @bear", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) behind = lay_out ("@mug behind @bear", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) left = lay_out ("@mug to the left of @bear", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) beside = lay_out ("@truck on the left, @bear on the right, @mug next to @truck", 3, 2.0, 0.0, 1);

  g_assert_cmpuint (get_order (front, 0), <, get_order (front, 1));
  g_assert_cmpfloat (find (front, 1)->baseline, >, find (front, 0)->baseline);
  g_assert_cmpfloat (get_overlap (find (front, 0), find (front, 1)), <, 0.95);

  g_assert_cmpuint (get_order (behind, 1), <, get_order (behind, 0));
  g_assert_cmpfloat (get_overlap (find (behind, 0), find (behind, 1)), <, 0.75);

  g_assert_cmpfloat (find (left, 1)->cx, <, find (left, 0)->cx);

  g_assert_cmpfloat (find (beside, 2)->cx, <, find (beside, 1)->cx);
  g_assert_cmpfloat (find (beside, 1)->cx, <, find (beside, 0)->cx);
}

static void
test_layout_copies (void)
{
  g_autoptr(DioLayout) layout = lay_out ("three @bear", 1, 1.0, 0.0, 1);

  g_assert_cmpuint (layout->placements->len, ==, 3);
  assert_inside (layout);
}

static void
test_layout_seed (void)
{
  g_autoptr(DioLayout) still = lay_out ("", 2, 1.0, 0.0, 1);
  g_autoptr(DioLayout) still_too = lay_out ("", 2, 1.0, 0.0, 99);
  g_autoptr(DioLayout) moved = lay_out ("", 2, 1.0, 1.0, 1);
  g_autoptr(DioLayout) moved_too = lay_out ("", 2, 1.0, 1.0, 2);

  for (guint s = 0; s < 2; s++)
    {
      g_assert_cmpfloat (find (still, s)->cx, ==, find (still_too, s)->cx);
      g_assert_cmpfloat (find (still, s)->height, ==, find (still_too, s)->height);
      g_assert_cmpfloat (fabs (find (moved, s)->height - find (moved_too, s)->height), >, 1e-4);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layout/keeps-proportions", test_layout_keeps_proportions);
  g_test_add_func ("/layout/side-by-side", test_layout_side_by_side);
  g_test_add_func ("/layout/words", test_layout_words);
  g_test_add_func ("/layout/relations", test_layout_relations);
  g_test_add_func ("/layout/copies", test_layout_copies);
  g_test_add_func ("/layout/seed", test_layout_seed);

  return g_test_run ();
}
