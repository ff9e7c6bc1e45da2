/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One view of a pyramid, in pixels of the screen. A version that has between one
 * and two pixels for each of the screen is read between its pixels; enlarged, a
 * pixel is shown as the square that it is. */

#include "config.h"

#include "dio-pyramid.h"

#include <math.h>

/* From here on whoever looks wants to see pixels. */
#define SQUARES_FROM 3.0

/* Where along one side of the version the pixels of the screen lie. */
typedef struct
{
  int    *before; /* (owned): the pixel at or before */
  int    *after;  /* (owned) */
  guint8 *part;   /* (owned): how much of @after, in 256ths */
} Steps;

static void
steps_clear (Steps *steps)
{
  g_free (steps->before);
  g_free (steps->after);
  g_free (steps->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Steps, steps_clear)

/* @edge is where the picture begins in the area, @scale pixels of the screen per
 * pixel of the version, which has @size of them. */
static void
steps_init (Steps    *steps,
            int       first,
            int       n,
            double    edge,
            double    scale,
            int       size,
            gboolean  is_square)
{
  steps->before = g_new (int, n);
  steps->after = g_new (int, n);
  steps->part = g_new (guint8, n);

  for (int i = 0; i < n; i++)
    {
      double at = (first + i + 0.5 - edge) / scale - (is_square ? 0 : 0.5);
      double whole = floor (at);

      steps->before[i] = CLAMP ((int) whole, 0, size - 1);
      steps->after[i] = is_square ? steps->before[i] : CLAMP ((int) whole + 1, 0, size - 1);
      steps->part[i] = is_square ? 0 : (int) ((at - whole) * 256);
    }
}

static inline guint
blend (guint from,
       guint to,
       guint part)
{
  return from * (256 - part) + to * part;
}

static void
draw_row_opaque (const guint8 *upper,
                 const guint8 *lower,
                 guint         down,
                 const Steps  *across,
                 guint8       *target,
                 int           n)
{
  for (int x = 0; x < n; x++, target += 3)
    {
      int left = across->before[x] * 3;
      int right = across->after[x] * 3;
      guint part = across->part[x];

      for (int c = 0; c < 3; c++)
        target[c] = (blend (blend (upper[left + c], upper[right + c], part),
                            blend (lower[left + c], lower[right + c], part), down) +
                     32768) >>
                    16;
    }
}

/* What is transparent has no say in the colour. */
static void
draw_row_alpha (const guint8 *upper,
                const guint8 *lower,
                guint         down,
                const Steps  *across,
                guint8       *target,
                int           n)
{
  for (int x = 0; x < n; x++, target += 4)
    {
      const guint8 *four[4] = { upper + across->before[x] * 4, upper + across->after[x] * 4,
                                lower + across->before[x] * 4, lower + across->after[x] * 4 };
      guint part = across->part[x];
      guint weights[4] = { (256 - part) * (256 - down), part * (256 - down), (256 - part) * down, part * down };
      guint64 sums[3] = { 0, 0, 0 };
      guint64 alpha = 0;

      for (int i = 0; i < 4; i++)
        {
          guint64 weight = (guint64) weights[i] * four[i][3];

          alpha += weight;
          for (int c = 0; c < 3; c++)
            sums[c] += weight * four[i][c];
        }

      for (int c = 0; c < 3; c++)
        target[c] = alpha > 0 ? (sums[c] + alpha / 2) / alpha : 0;
      target[3] = (alpha + 32768) >> 16;
    }
}

static DioPixels *
draw_level (const DioPixels *level,
            const Steps     *across,
            const Steps     *down,
            int              width,
            int              height)
{
  DioPixels *target = dio_pixels_new (width, height, level->channels);

  for (int y = 0; y < height; y++)
    {
      const guint8 *upper = dio_pixels_row (level, down->before[y]);
      const guint8 *lower = dio_pixels_row (level, down->after[y]);

      if (level->channels == 3)
        draw_row_opaque (upper, lower, down->part[y], across, dio_pixels_row (target, y), width);
      else
        draw_row_alpha (upper, lower, down->part[y], across, dio_pixels_row (target, y), width);
    }

  return target;
}

/**
 * dio_pyramid_draw:
 * @self: a pyramid
 * @view: what to look at
 * @x: (out): where in the area the pixels belong
 * @y: (out): where in the area the pixels belong
 *
 * May be called in any thread. The cost goes by the size of the area, not by
 * that of the picture.
 *
 * Returns: (transfer full) (nullable): the part of the picture that is in the
 *   area, or %NULL if there is none
 */
DioPixels *
dio_pyramid_draw (const DioPyramid *self,
                  const DioView    *view,
                  int              *x,
                  int              *y)
{
  double scale = dio_view_get_scale (view);
  const DioPixels *level = dio_pyramid_get_level (self, dio_pyramid_choose_level (self, scale));
  gboolean is_square = scale >= SQUARES_FROM;
  double left, top, shown_width, shown_height;
  g_auto(Steps) across = { 0 };
  g_auto(Steps) down = { 0 };
  double factor;
  int width, height;

  dio_view_get_bounds (view, &left, &top, &shown_width, &shown_height);
  *x = MAX (0, (int) floor (left + 0.5));
  *y = MAX (0, (int) floor (top + 0.5));
  width = MIN (view->area_width, (int) floor (left + shown_width + 0.5)) - *x;
  height = MIN (view->area_height, (int) floor (top + shown_height + 0.5)) - *y;
  if (width <= 0 || height <= 0)
    return NULL;

  /* Versions have whole halves and no more: the last pixel of one may reach
   * beyond the picture, so that the sides of the version do not tell its scale. */
  factor = 1;
  for (int size = MAX (view->width, view->height); size > MAX (level->width, level->height); size = (size + 1) / 2)
    factor *= 2;

  steps_init (&across, *x, width, left, scale * factor, level->width, is_square);
  steps_init (&down, *y, height, top, scale * factor, level->height, is_square);

  return draw_level (level, &across, &down, width, height);
}
