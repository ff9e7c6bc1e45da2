/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws views of pictures off the main thread, and keeps what came out of it. */

#pragma once

#include "dio-difference.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_PAINTER (dio_painter_get_type ())
G_DECLARE_FINAL_TYPE (DioPainter, dio_painter, DIO, PAINTER, GObject)

typedef struct
{
  DioPyramid    *pyramids[2]; /* (nullable) */
  DioView        views[2];
  gboolean       is_difference; /* of the two; it comes as the first */
  DioDifference  difference;
  int            radius;        /* of the area's corners, in pixels of the screen */
} DioPainting;

DioPainter *dio_painter_new      (void);
void        dio_painter_want     (DioPainter        *self,
                                  const DioPainting *painting);
gboolean    dio_painter_has      (DioPainter        *self,
                                  guint              which);
void        dio_painter_snapshot (DioPainter        *self,
                                  guint              which,
                                  GtkSnapshot       *snapshot,
                                  double             scale);

G_END_DECLS
