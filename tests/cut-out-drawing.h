/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures with a known truth, drawn for the tests of cutting out. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

typedef enum
{
  DRAWING_DISC,
  DRAWING_RING,
  DRAWING_COMB,
  DRAWING_SAIL,
  DRAWING_POT,
} DrawingShape;

/**
 * Drawing:
 * @picture: (owned): a red thing on a noisy sweep, with a soft shadow. The sweep
 *   is grey; a sail has a lilac one, with red light beside it; a pot has another
 *   shadow under its foot, darker, with an edge and with its own colour in it
 * @truth: (owned): how much of each pixel the thing covers, 0 to 255
 */
typedef struct
{
  DioPixels *picture;
  guint8    *truth;
} Drawing;

Drawing   *drawing_new   (DrawingShape  shape,
                          int           width,
                          int           height);
void       drawing_free  (Drawing      *self);
DioPixels *drawing_busy  (int           width,
                          int           height);
DioPixels *drawing_plain (int           width,
                          int           height,
                          int           channels,
                          guint8        value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drawing, drawing_free)

G_END_DECLS
