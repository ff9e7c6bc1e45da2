/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts, and what the engine makes of them. */

#include "config.h"

#include "dio-vocabulary.h"

typedef struct
{
  const char *prompt;
  const char *plan;
  const char *used;
  const char *unused;
} Case;

static const DioCompositorInput subjects[] = {
  { DIO_ROLE_SUBJECT, "bear", "1", NULL },
  { DIO_ROLE_SUBJECT, "mug", "2", NULL },
};

static const DioCompositorInput everything[] = {
  { DIO_ROLE_SUBJECT, "bear", "1", NULL },
  { DIO_ROLE_SUBJECT, "red-mug", "2", NULL },
  { DIO_ROLE_SCENE, "lake", "3", NULL },
  { DIO_ROLE_STYLE, "waves", "4", NULL },
};

static const Case subject_cases[] = {
  { "", "", "", "" },
  { "@bear", "", "", "" },
  { "a tiny @bear on the left", "bear:left,0.45", "@bear tiny|@bear left", "" },
  { "@mug on the right, small", "mug:right,0.68", "@mug right|@mug small", "" },
  { "place @bear on the left and @mug on the right", "bear:left mug:right", "@bear left|@mug right", "" },
  { "@bear and @mug on the left", "bear:left mug:left", "@bear left|@mug left", "" },
  { "@bear, @mug on the right", "bear:right mug:right", "@bear right|@mug right", "" },
  { "a big @bear and a small @mug", "bear:1.35 mug:0.68", "@bear big|@mug small", "" },
  { "@bear left. Small.", "bear:left,0.68 mug:0.68", "@bear left|small", "" },
  { "on the left", "bear:left mug:left", "left", "" },
  { "small. A huge @bear", "bear:1.80 mug:0.68", "small|@bear huge", "" },
  { "a huge @bear. Small", "bear:1.80 mug:0.68", "@bear huge|small", "" },
  { "on the left a @bear, on the right a @mug", "bear:left mug:right", "@bear left|@mug right", "" },
  { "@BEAR on the LEFT", "bear:left", "@bear left", "" },
  { "the bear on the left", "bear:left", "@bear left", "" },
  { "two @mug on the table", "mug:x2,ground", "@mug two|@mug on the table", "" },
  { "a pair of @mug", "mug:x2", "@mug pair of", "" },
  { "two trees beside @mug", "", "", "two|trees|beside" },
  { "@bear three times as angry", "", "", "three|times|angry" },
  { "@bear next to @mug", "bear:beside(mug)", "@bear next to @mug", "" },
  { "@bear, next to @mug", "bear:beside(mug)", "@bear next to @mug", "" },
  { "behind @bear stands @mug", "mug:behind(bear)", "@mug behind @bear", "" },
  { "in front of the @bear is a tiny @mug", "mug:0.45,before(bear)", "@mug in front of @bear|@mug tiny", "" },
  { "@mug to the left of @bear", "mug:leftof(bear)", "@mug to the left of @bear", "" },
  { "@mug to the left of the picture", "mug:left", "@mug to the left", "" },
  { "@mug in front of the church", "", "", "in|front|of|church" },
  { "@mug on top of @bear", "mug:top", "@mug top", "" },
  { "@bear in the background", "bear:back", "@bear in the background", "" },
  { "@bear in the foreground, flipped", "bear:front,flip", "@bear in the foreground|@bear flipped", "" },
  { "a mirrored @bear", "bear:flip", "@bear mirrored", "" },
  { "@bear far away", "bear:far", "@bear far away", "" },
  { "@mug near @bear", "mug:beside(bear)", "@mug near @bear", "" },
  { "@mug near", "mug:near", "@mug near", "" },
  { "@bear in the top left corner", "bear:left,top,corner", "@bear top|@bear left|@bear corner", "" },
  { "@bear half the size", "bear:0.50", "@bear half the size", "" },
  { "@bear twice the size of @mug", "bear:2.00", "@bear twice the size", "" },
  { "@bear floating in the air", "bear:float", "@bear floating|@bear in the air", "" },
  { "@bear flying over the sea", "bear:float", "@bear flying", "sea" },
  { "@mug on the wooden table", "mug:ground", "@mug on the wooden table", "" },
  { "@mug, no shadow", "shadow:0.00", "no shadow", "" },
  { "@mug without any shadows or grain", "shadow:0.00 grain:0.00", "without shadows|without grain", "" },
  { "not on the left", "", "", "not left" },
  { "@bear but don't make it big", "", "", "but|don't big" },
  { "@bear don\xe2\x80\x99t make it big", "", "", "don't big" },
  { "no people, warm light", "looks:1", "warm light", "no people" },
  { "soft shadows", "shadow:0.60", "soft shadows", "" },
  { "light from the left", "light:1", "light from the left", "" },
  { "lit from the upper right", "light:2", "lit from the upper right", "" },
  { "@bear from behind, backlit", "light:3", "from behind|backlit", "" },
  { "golden hour", "looks:4", "golden hour", "" },
  { "at night, moody", "looks:18", "at night|moody", "" },
  { "Black-and-White, film grain", "looks:1100", "black and white|film grain", "" },
  { "b&w", "looks:100", "b & w", "" },
  { "sepia, hazy", "looks:2800", "sepia|hazy", "" },
  { "muted colours and soft light", "looks:240", "muted colours|soft light", "" },
  { "a vivid picture", "looks:400", "vivid", "" },
  { "subtle style", "", "", "subtle|style" },
  { "on a plain teal background", "backdrop:2f7f80", "teal|background", "" },
  { "a red @mug", "", "", "red" },
  { "@mug on white", "backdrop:f4f4f2", "white", "" },
  { "@mug on white sand", "", "", "white|sand" },
  { "pale blue studio", "backdrop:b6c8e1", "pale blue|studio", "" },
  { "gradient backdrop from teal to navy", "backdrop:2f7f80-22345c,graded", "gradient backdrop|teal|navy", "" },
  { "@mug with a dark background", "backdrop:2b2c30", "dark background", "" },
  { "a happy bear dancing", "", "", "happy|dancing" },
  { "dancing, dancing and dancing", "", "", "dancing" },
  { "@toy on the left", "bear:left mug:left", "left", "@toy" },
  { "@mug's place is right", "mug:right", "@mug right", "" },
  { "\xc3\x84pfel @bear \xf0\x9f\x90\xbb left", "bear:left", "@bear left", "\xc3\xa4pfel" },
  { "@bear \xff\xfe left", "bear:left", "@bear left", "" },
  { "@bear@mug left", "bear:left mug:left", "@bear left|@mug left", "" },
};

static const Case full_cases[] = {
  { "@bear in @lake", "", "", "" },
  { "@bear on the left of @lake", "bear:left", "@bear on the left", "" },
  { "@bear in front of @lake", "", "", "" },
  { "in the style of @waves, subtle", "palette:0.50 texture:0.50", "subtle", "" },
  { "in the manner of @waves, subtle", "palette:0.50 texture:0.50", "subtle", "" },
  { "palette only", "texture:0.00", "palette only", "" },
  { "strong style", "palette:1.60 texture:1.60", "strong style", "" },
  { "the red mug on the beach", "bear:ground red-mug:ground", "on the beach", "" },
  { "@red-mug on the right", "red-mug:right", "@red-mug right", "" },
  { "@red-mug-on the right", "red-mug:right", "@red-mug right", "" },
  { "teal background", "", "", "teal|background" },
  { "@bear on the grass by @lake at sunset, no grain", "bear:ground looks:4 grain:0.00",
    "@bear on the grass|at sunset|no grain", "" },
};

static void
append_subject (GString              *text,
                const DioPlanSubject *subject,
                const char           *name,
                const DioCompositorInput *inputs)
{
  static const char *const columns[] = { NULL, "left", "centre", "right" };
  static const char *const rows[] = { NULL, "top", "middle", "bottom" };
  static const char *const depths[] = { NULL, "front", "near", "back", "far" };
  static const char *const stands[] = { NULL, "ground", "float" };
  static const char *const relations[] = { NULL, "beside", "leftof", "rightof", "before", "behind" };
  g_autoptr(GString) words = g_string_new (NULL);

  if (subject->column != DIO_COLUMN_ANY)
    g_string_append_printf (words, ",%s", columns[subject->column]);
  if (subject->row != DIO_ROW_ANY)
    g_string_append_printf (words, ",%s", rows[subject->row]);
  if (subject->corner)
    g_string_append (words, ",corner");
  if (subject->depth != DIO_DEPTH_ANY)
    g_string_append_printf (words, ",%s", depths[subject->depth]);
  if (subject->size != 1.0)
    g_string_append_printf (words, ",%.2f", subject->size);
  if (subject->copies != 1)
    g_string_append_printf (words, ",x%u", subject->copies);
  if (subject->stand != DIO_STAND_ANY)
    g_string_append_printf (words, ",%s", stands[subject->stand]);
  if (subject->flip)
    g_string_append (words, ",flip");
  if (subject->relation != DIO_RELATION_NONE)
    g_string_append_printf (words, ",%s(%s)", relations[subject->relation], inputs[subject->other].name);

  if (words->len > 0)
    g_string_append_printf (text, " %s:%s", name, words->str + 1);
}

static void
append_backdrop (GString               *text,
                 const DioPlanBackdrop *backdrop)
{
  guint first = 0;
  guint second = 0;

  for (int c = 0; c < 3; c++)
    {
      first = first << 8 | (guint) (backdrop->first[c] * 255.0f + 0.5f);
      second = second << 8 | (guint) (backdrop->second[c] * 255.0f + 0.5f);
    }

  if (backdrop->named)
    g_string_append_printf (text, " backdrop:%06x", first);
  if (second != first)
    g_string_append_printf (text, "-%06x", second);
  if (backdrop->graded)
    g_string_append (text, ",graded");
}

static void
append_factor (GString    *text,
               const char *name,
               double      factor)
{
  if (factor != 1.0)
    g_string_append_printf (text, " %s:%.2f", name, factor);
}

static char *
describe (const DioPlan            *plan,
          const DioCompositorInput *inputs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->n_subjects; i++)
    append_subject (text, &plan->subjects[i], inputs[i].name, inputs);
  if (plan->light != DIO_LIGHT_ANY)
    g_string_append_printf (text, " light:%d", plan->light);
  if (plan->looks != 0)
    g_string_append_printf (text, " looks:%x", plan->looks);
  append_factor (text, "shadow", plan->shadow);
  append_factor (text, "grain", plan->grain);
  append_factor (text, "palette", plan->palette);
  append_factor (text, "texture", plan->texture);
  append_backdrop (text, &plan->backdrop);
  if (text->len > 0)
    g_string_erase (text, 0, 1);

  return g_string_free (text, FALSE);
}

static void
check (const Case               *test,
       const DioCompositorInput *inputs,
       guint                     n_inputs)
{
  g_autoptr(DioPlan) plan = dio_vocabulary_read (test->prompt, inputs, n_inputs);
  g_autofree char *text = describe (plan, inputs);
  g_autofree char *used = g_strjoinv ("|", plan->used);
  g_autofree char *unused = g_strjoinv ("|", plan->unused);
  g_autofree char *shown = g_strescape (test->prompt, NULL);

  g_test_message ("%s", shown);
  g_assert_cmpstr (text, ==, test->plan);
  g_assert_cmpstr (used, ==, test->used);
  g_assert_cmpstr (unused, ==, test->unused);
}

static void
test_vocabulary_subjects (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (subject_cases); i++)
    check (&subject_cases[i], subjects, G_N_ELEMENTS (subjects));
}

static void
test_vocabulary_scene_and_style (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (full_cases); i++)
    check (&full_cases[i], everything, G_N_ELEMENTS (everything));
}

static void
test_vocabulary_no_prompt (void)
{
  g_autoptr(DioPlan) plan = dio_vocabulary_read (NULL, NULL, 0);

  g_assert_cmpuint (g_strv_length (plan->used), ==, 0);
  g_assert_cmpuint (g_strv_length (plan->unused), ==, 0);
}

/* Reading must stay linear in the prompt, whatever is repeated in it: of a
 * million bytes anything else runs into the test's time-out. */
static void
test_vocabulary_long_prompt (void)
{
  static const char *const repeated[] = {
    "left ", "@bear ", "@bear left, ", "red ", "on the ", "no ", "word%d ", "two ", "in a ", "next to @mug ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (repeated); i++)
    {
      g_autoptr(GString) prompt = g_string_new (NULL);
      g_autoptr(DioPlan) plan = NULL;

      while (prompt->len < 1000000)
        g_string_append (prompt, repeated[i]);

      plan = dio_vocabulary_read (prompt->str, subjects, G_N_ELEMENTS (subjects));
      g_assert_cmpuint (g_strv_length (plan->used) + g_strv_length (plan->unused), <, 1000);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vocabulary/subjects", test_vocabulary_subjects);
  g_test_add_func ("/vocabulary/scene-and-style", test_vocabulary_scene_and_style);
  g_test_add_func ("/vocabulary/no-prompt", test_vocabulary_no_prompt);
  g_test_add_func ("/vocabulary/long-prompt", test_vocabulary_long_prompt);

  return g_test_run ();
}
