/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture, or two on one another, that can be zoomed into and moved about. */

#pragma once

#include "dio-difference.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DioCanvasBlend:
 * @DIO_CANVAS_FIRST: the first picture alone
 * @DIO_CANVAS_SECOND: the second picture alone
 * @DIO_CANVAS_SPLIT: the first left of a line, the second right of it
 * @DIO_CANVAS_FADE: the second above the first, seen through
 * @DIO_CANVAS_DIFFERENCE: where they differ
 *
 * How two pictures share a canvas.
 */
typedef enum
{
  DIO_CANVAS_FIRST,
  DIO_CANVAS_SECOND,
  DIO_CANVAS_SPLIT,
  DIO_CANVAS_FADE,
  DIO_CANVAS_DIFFERENCE,
} DioCanvasBlend;

#define DIO_TYPE_CANVAS (dio_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DioCanvas, dio_canvas, DIO, CANVAS, GtkWidget)

/* The picture: its size first, its pixels when they are there. */
void           dio_canvas_set_size       (DioCanvas           *self,
                                          int                  width,
                                          int                  height);
void           dio_canvas_set_meanwhile  (DioCanvas           *self,
                                          GdkPaintable        *meanwhile);
void           dio_canvas_set_pyramid    (DioCanvas           *self,
                                          DioPyramid          *pyramid);
DioPyramid    *dio_canvas_get_pyramid    (DioCanvas           *self);
void           dio_canvas_set_radius     (DioCanvas           *self,
                                          int                  radius);

/* The view; zooms are in pixels of the screen per pixel of the picture. */
const DioView *dio_canvas_get_view       (DioCanvas           *self);
double         dio_canvas_get_scale      (DioCanvas           *self);
double         dio_canvas_get_zoom       (DioCanvas           *self);
gboolean       dio_canvas_is_zoomed      (DioCanvas           *self);
void           dio_canvas_fit            (DioCanvas           *self,
                                          DioViewFit           fit);
void           dio_canvas_zoom_to        (DioCanvas           *self,
                                          double               zoom);
void           dio_canvas_zoom_by        (DioCanvas           *self,
                                          double               factor);
void           dio_canvas_pan            (DioCanvas           *self,
                                          double               across,
                                          double               down);
void           dio_canvas_follow         (DioCanvas           *self,
                                          const DioView       *leader,
                                          DioViewLink          link);
gboolean       dio_canvas_find_picture   (DioCanvas           *self,
                                          graphene_rect_t     *place);

/* A second picture on the same canvas. */
void           dio_canvas_set_second     (DioCanvas           *self,
                                          DioPyramid          *pyramid,
                                          DioViewLink          link);
void           dio_canvas_set_blend      (DioCanvas           *self,
                                          DioCanvasBlend       blend);
void           dio_canvas_set_amount     (DioCanvas           *self,
                                          double               amount);
double         dio_canvas_get_amount     (DioCanvas           *self);
void           dio_canvas_set_difference (DioCanvas           *self,
                                          const DioDifference *difference);

G_END_DECLS
