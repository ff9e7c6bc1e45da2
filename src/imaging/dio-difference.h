/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where two pictures differ. */

#pragma once

#include "dio-pyramid.h"

G_BEGIN_DECLS

/**
 * DioDifference:
 * @gain: how many times larger than it is a difference is shown, at least 1
 * @is_false_colour: whether its size is told by a colour
 *
 * How a difference is shown.
 */
typedef struct
{
  double   gain;
  gboolean is_false_colour;
} DioDifference;

DioPixels *dio_difference_draw (const DioPyramid    *first,
                                const DioView       *first_view,
                                const DioPyramid    *second,
                                const DioView       *second_view,
                                const DioDifference *how,
                                int                 *x,
                                int                 *y);

G_END_DECLS
