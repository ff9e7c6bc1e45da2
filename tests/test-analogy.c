/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strokes stay strokes where the picture shows nothing, and follow what it shows. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "dio-analogy.h"
#include "dio-random.h"

#define WIDTH  512
#define HEIGHT 384
#define STYLE  320

/* A pixel of the coarsest level: what it chooses may be seen again so far away. */
#define BLOCK 16

static void
set_tone (DioPixels *picture,
          int        x,
          int        y,
          float      tone)
{
  guint8 *rgb = dio_pixels_row (picture, y) + x * 3;

  rgb[0] = (guint8) (CLAMP (tone - 0.1f, 0.0f, 1.0f) * 255.0f);
  rgb[1] = (guint8) (CLAMP (tone, 0.0f, 1.0f) * 255.0f);
  rgb[2] = (guint8) (CLAMP (tone + 0.1f, 0.0f, 1.0f) * 255.0f);
}

/* Short strokes, all of one length and tones at random, along lines of @angle. */
static float
get_stroke (float x,
            float y,
            float angle)
{
  float along = x * cosf (angle) + y * sinf (angle);
  float aside = y * cosf (angle) - x * sinf (angle);
  int line = (int) floorf (aside / 5.0f);
  int stroke = (int) floorf (along / 34.0f + dio_random_unit (3, line, 0));
  float edge = sinf ((aside / 5.0f - line) * (float) G_PI);

  return (dio_random_unit (5, line, stroke) - 0.5f) * 0.3f * (0.4f + 0.6f * edge);
}

/* From dark to light, all around in rings, so that a tone is in few places. */
static DioPixels *
paint_style (void)
{
  DioPixels *style = dio_pixels_new (STYLE, STYLE, 3);

  for (int y = 0; y < STYLE; y++)
    for (int x = 0; x < STYLE; x++)
      {
        float angle = atan2f (y - STYLE / 2.0f, x - STYLE / 2.0f);
        float ring = hypotf (x - STYLE / 2.0f, y - STYLE / 2.0f) / STYLE;

        set_tone (style, x, y, 0.25f + 0.7f * ring + 0.1f * cosf (3.0f * angle) + get_stroke (x, y, 0.6f));
      }

  return style;
}

static DioPixels *
paint_sky (void)
{
  DioPixels *sky = dio_pixels_new (WIDTH, HEIGHT, 3);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      set_tone (sky, x, y, 0.6f + 0.15f * y / HEIGHT);

  return sky;
}

static DioAnalogy *
find (const DioPixels *content,
      const DioPixels *style,
      guint            n_threads)
{
  g_autoptr(DioWorkers) workers = dio_workers_new (n_threads, NULL);
  DioProgress progress = { 0 };

  return dio_analogy_new (content, style, 7, &progress, workers);
}

/* The share of pixels whose find is the one @dx, @dy away moved by @du, @dv, to
 * within @slack. */
static double
get_share (const DioAnalogy *analogy,
           int               dx,
           int               dy,
           int               du,
           int               dv,
           int               slack)
{
  int n = 0;
  int n_alike = 0;

  for (int y = dy; y < analogy->height; y++)
    for (int x = dx; x < analogy->width; x++, n++)
      {
        DioAnalogySpot here = analogy->spots[y * analogy->width + x];
        DioAnalogySpot there = analogy->spots[(y - dy) * analogy->width + x - dx];

        n_alike += abs (here.x - there.x - du) <= slack && abs (here.y - there.y - dv) <= slack;
      }

  return (double) n_alike / n;
}

/* A clear sky was filled with level streaks, one column of the style drawn out,
 * and with rows of one motif. */
static void
test_analogy_flat (void)
{
  g_autoptr(DioPixels) sky = paint_sky ();
  g_autoptr(DioPixels) style = paint_style ();
  g_autoptr(DioAnalogy) analogy = find (sky, style, 2);

  g_test_message ("goes on %.3f, drawn out %.4f %.4f, again %.4f %.4f", get_share (analogy, 1, 0, 1, 0, 0),
                  get_share (analogy, 1, 0, 0, 0, 0), get_share (analogy, 0, 1, 0, 0, 0),
                  get_share (analogy, BLOCK, 0, 0, 0, 2), get_share (analogy, 0, BLOCK, 0, 0, 2));
  g_assert_cmpfloat (get_share (analogy, 1, 0, 1, 0, 0), >, 0.45);
  g_assert_cmpfloat (get_share (analogy, 1, 0, 0, 0, 0), <, 0.006);
  g_assert_cmpfloat (get_share (analogy, 0, 1, 0, 0, 0), <, 0.006);
  g_assert_cmpfloat (get_share (analogy, BLOCK, 0, 0, 0, 2), <, 0.03);
  g_assert_cmpfloat (get_share (analogy, 0, BLOCK, 0, 0, 2), <, 0.03);
}

static void
test_analogy_threads (void)
{
  g_autoptr(DioPixels) sky = paint_sky ();
  g_autoptr(DioPixels) style = paint_style ();
  g_autoptr(DioAnalogy) one = find (sky, style, 1);
  g_autoptr(DioAnalogy) three = find (sky, style, 3);

  g_assert_cmpmem (one->spots, sizeof (DioAnalogySpot) * one->width * one->height,
                   three->spots, sizeof (DioAnalogySpot) * three->width * three->height);
}

/* On the left soft ridges go down, on the right across. */
static DioPixels *
paint_ridges (void)
{
  DioPixels *picture = dio_pixels_new (WIDTH, HEIGHT, 3);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      set_tone (picture, x, y, 0.6f + 0.06f * sinf ((x < WIDTH / 2 ? x : y) / 48.0f * 2.0f * (float) G_PI));

  return picture;
}

/* The style has its strokes across on the left, and down on the right. */
static DioPixels *
paint_crossed_strokes (void)
{
  DioPixels *style = dio_pixels_new (STYLE, STYLE, 3);

  for (int y = 0; y < STYLE; y++)
    for (int x = 0; x < STYLE; x++)
      set_tone (style, x, y, 0.6f + get_stroke (x, y, x < STYLE / 2 ? 0.0f : (float) G_PI / 2.0f));

  return style;
}

static void
test_analogy_follows_forms (void)
{
  g_autoptr(DioPixels) picture = paint_ridges ();
  g_autoptr(DioPixels) style = paint_crossed_strokes ();
  g_autoptr(DioAnalogy) analogy = find (picture, style, 2);
  int n_right = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n_right += (x < WIDTH / 2) == (analogy->spots[y * WIDTH + x].x >= STYLE / 2);
  g_test_message ("with the forms %.3f", (double) n_right / (WIDTH * HEIGHT));
  g_assert_cmpfloat (n_right, >, 0.75 * WIDTH * HEIGHT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/analogy/flat", test_analogy_flat);
  g_test_add_func ("/analogy/threads", test_analogy_threads);
  g_test_add_func ("/analogy/follows-forms", test_analogy_follows_forms);

  return g_test_run ();
}
