/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the canvas share. */

#pragma once

#include "dio-canvas.h"
#include "dio-painter.h"

G_BEGIN_DECLS

struct _DioCanvas
{
  GtkWidget parent_instance;

  /* Owned */
  DioPainter     *painter;
  DioPyramid     *pyramid;   /* (nullable): until it is there */
  DioPyramid     *second;    /* (nullable) */
  GdkPaintable   *meanwhile; /* (nullable) */

  DioView         view;
  DioViewLink     link;      /* of the second picture to the first */
  DioCanvasBlend  blend;
  double          amount;    /* of the split or the fade, 0 to 1 */
  DioDifference   difference;
  int             radius;    /* of the corners, in units of the widget */

  /* Under way; in units of the widget */
  double          pointer_x;
  double          pointer_y;
  double          drag_x;     /* center of the view as a drag began */
  double          drag_y;
  double          pinch_zoom; /* zoom as a pinch began */
  gboolean        is_splitting; /* the drag moves the line */
};

void dio_canvas_class_input_init (DioCanvasClass *klass);
void dio_canvas_input_init       (DioCanvas      *self);

/* The view was changed, by the person. */
void dio_canvas_moved            (DioCanvas      *self,
                                  gboolean        is_alone);
void dio_canvas_pointed          (DioCanvas      *self,
                                  double          x,
                                  double          y);

G_END_DECLS
