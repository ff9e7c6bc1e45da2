/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where two pictures differ. Both are first drawn into the same area, and then
 * compared there: so what is shown lies on what it speaks of, whatever the sizes
 * of the two are. */

#include "config.h"

#include "dio-difference.h"

/* Black, blue, green, yellow, red, white: each step is lighter than the last. */
static const guint8 COLOURS[][3] = {
  { 0, 0, 0 }, { 38, 60, 190 }, { 30, 160, 110 }, { 235, 200, 40 }, { 230, 90, 30 }, { 255, 255, 255 },
};

/* What only one of them covers. */
static const guint8 MISSING[3] = { 119, 118, 123 };

typedef struct
{
  const DioPixels *pixels; /* (nullable) */
  int              x;
  int              y;
} Part;

static const guint8 *
peek (const Part *part,
      int         x,
      int         y)
{
  const guint8 *pixel;

  x -= part->x;
  y -= part->y;
  if (part->pixels == NULL || x < 0 || y < 0 || x >= part->pixels->width || y >= part->pixels->height)
    return NULL;

  pixel = dio_pixels_row (part->pixels, y) + x * part->pixels->channels;
  return part->pixels->channels == 4 && pixel[3] == 0 ? NULL : pixel;
}

static void
paint_colour (guint8 *target,
              guint   value)
{
  guint at = value * (G_N_ELEMENTS (COLOURS) - 1);
  guint step = MIN (at / 255, G_N_ELEMENTS (COLOURS) - 2);
  guint part = at - step * 255;

  for (int c = 0; c < 3; c++)
    target[c] = (COLOURS[step][c] * (255 - part) + COLOURS[step + 1][c] * part + 127) / 255;
}

static void
paint_difference (guint8              *target,
                  const guint8        *first,
                  const guint8        *second,
                  const DioDifference *how)
{
  guint largest = 0;

  for (int c = 0; c < 3; c++)
    {
      guint difference = MIN (255, ABS (first[c] - second[c]) * how->gain + 0.5);

      target[c] = difference;
      largest = MAX (largest, difference);
    }

  if (how->is_false_colour)
    paint_colour (target, largest);
}

/* Where neither of them is, nothing is. */
static void
paint_row (const Part          *first,
           const Part          *second,
           const DioDifference *how,
           guint8              *target,
           int                  x,
           int                  y,
           int                  width)
{
  for (int column = 0; column < width; column++, target += 4)
    {
      const guint8 *a = peek (first, x + column, y);
      const guint8 *b = peek (second, x + column, y);

      target[3] = a != NULL || b != NULL ? 255 : 0;
      if (a != NULL && b != NULL)
        paint_difference (target, a, b, how);
      else
        memcpy (target, MISSING, 3);
    }
}

/**
 * dio_difference_draw:
 * @first: a picture
 * @first_view: the part of it that is looked at
 * @second: another
 * @second_view: the part of it that is looked at, through an area of the same size
 * @how: how the difference is shown
 * @x: (out): where in the area the pixels belong
 * @y: (out): where in the area the pixels belong
 *
 * May be called in any thread. The same colours come out black; what only one of
 * them covers, grey.
 *
 * Returns: (transfer full) (nullable): the difference, or %NULL if neither of them
 *   is in the area
 */
DioPixels *
dio_difference_draw (const DioPyramid    *first,
                     const DioView       *first_view,
                     const DioPyramid    *second,
                     const DioView       *second_view,
                     const DioDifference *how,
                     int                 *x,
                     int                 *y)
{
  Part a, b;
  g_autoptr(DioPixels) first_pixels = dio_pyramid_draw (first, first_view, &a.x, &a.y);
  g_autoptr(DioPixels) second_pixels = dio_pyramid_draw (second, second_view, &b.x, &b.y);
  DioPixels *target;
  int right = 0;
  int bottom = 0;

  a.pixels = first_pixels;
  b.pixels = second_pixels;
  *x = first_view->area_width;
  *y = first_view->area_height;
  for (const Part *part = &a; part != NULL; part = part == &a ? &b : NULL)
    if (part->pixels != NULL)
      {
        *x = MIN (*x, part->x);
        *y = MIN (*y, part->y);
        right = MAX (right, part->x + part->pixels->width);
        bottom = MAX (bottom, part->y + part->pixels->height);
      }

  if (right <= *x || bottom <= *y)
    return NULL;

  target = dio_pixels_new (right - *x, bottom - *y, 4);
  for (int row = 0; row < target->height; row++)
    paint_row (&a, &b, how, dio_pixels_row (target, row), *x, *y + row, target->width);

  return target;
}
