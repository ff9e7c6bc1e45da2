/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a picture is looked at, and how large: arithmetic alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioViewFit:
 * @DIO_VIEW_WHOLE: all of the picture, and no larger than it is
 * @DIO_VIEW_FIT: all of the picture, as large as there is room
 * @DIO_VIEW_FILL: no room is left over and what sticks out is cut off, unless that
 *   is much of the picture
 *
 * How large a picture is that nobody has zoomed.
 */
typedef enum
{
  DIO_VIEW_WHOLE,
  DIO_VIEW_FIT,
  DIO_VIEW_FILL,
} DioViewFit;

/**
 * DioViewLink:
 * @DIO_VIEW_LINK_RELATIVE: the same place of the scene: a picture of twice the
 *   size is shown at half the zoom
 * @DIO_VIEW_LINK_PIXEL: the same pixel at the same zoom
 *
 * How one view follows another.
 */
typedef enum
{
  DIO_VIEW_LINK_RELATIVE,
  DIO_VIEW_LINK_PIXEL,
} DioViewLink;

/**
 * DioView:
 * @width: of the picture, in its pixels
 * @height: of the picture, in its pixels
 * @area_width: of what it is looked at through, in pixels of the screen
 * @area_height: of what it is looked at through, in pixels of the screen
 * @zoom: pixels of the screen per pixel of the picture; 0 to go by @fit
 * @fit: how large it is while @zoom is 0
 * @center_x: the point of the picture in the middle of the area
 * @center_y: the point of the picture in the middle of the area
 *
 * A view onto a picture; a plain value.
 */
typedef struct
{
  int        width;
  int        height;
  int        area_width;
  int        area_height;
  double     zoom;
  DioViewFit fit;
  double     center_x;
  double     center_y;
} DioView;

double   dio_view_get_scale  (const DioView *self);
void     dio_view_get_bounds (const DioView *self,
                              double        *x,
                              double        *y,
                              double        *width,
                              double        *height);
void     dio_view_find_pixel (const DioView *self,
                              double         x,
                              double         y,
                              double        *pixel_x,
                              double        *pixel_y);
gboolean dio_view_equal      (const DioView *self,
                              const DioView *other);
void     dio_view_reset      (DioView       *self,
                              DioViewFit     fit);
void     dio_view_move_to    (DioView       *self,
                              double         center_x,
                              double         center_y);
void     dio_view_zoom_at    (DioView       *self,
                              double         zoom,
                              double         x,
                              double         y);
void     dio_view_follow     (DioView       *self,
                              const DioView *leader,
                              DioViewLink    link);

G_END_DECLS
