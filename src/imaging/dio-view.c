/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of a picture is looked at, and how large: arithmetic alone. */

#include "config.h"

#include "dio-view.h"

#include <math.h>

#define MAX_ZOOM 16.0

/* A picture of quite another shape than its area is not cut down to less. */
#define LEAST_SEEN 0.6

static double
compute_fit (const DioView *self,
             DioViewFit     fit)
{
  double across = (double) MAX (self->area_width, 1) / MAX (self->width, 1);
  double down = (double) MAX (self->area_height, 1) / MAX (self->height, 1);

  switch (fit)
    {
    case DIO_VIEW_FILL:
      return MIN (across, down) < MAX (across, down) * LEAST_SEEN ? MIN (across, down) : MAX (across, down);
    case DIO_VIEW_FIT:
      return MIN (across, down);
    case DIO_VIEW_WHOLE:
    default:
      return MIN (MIN (across, down), 1.0);
    }
}

static double
clamp_center (double center,
              double size,
              double seen)
{
  if (seen >= size)
    return size / 2;

  return CLAMP (center, seen / 2, size - seen / 2);
}

/**
 * dio_view_get_scale:
 * @self: a view
 *
 * Returns: pixels of the screen per pixel of the picture
 */
double
dio_view_get_scale (const DioView *self)
{
  return self->zoom > 0 ? self->zoom : compute_fit (self, self->fit);
}

/**
 * dio_view_get_bounds:
 * @self: a view
 * @x: (out): left edge of the whole picture, in the area
 * @y: (out): its top edge
 * @width: (out): its width on the screen
 * @height: (out): its height on the screen
 *
 * Where the whole picture would lie, if the area did not end.
 */
void
dio_view_get_bounds (const DioView *self,
                     double        *x,
                     double        *y,
                     double        *width,
                     double        *height)
{
  double scale = dio_view_get_scale (self);

  *x = self->area_width / 2.0 - self->center_x * scale;
  *y = self->area_height / 2.0 - self->center_y * scale;
  *width = self->width * scale;
  *height = self->height * scale;
}

/**
 * dio_view_find_pixel:
 * @self: a view
 * @x: in the area
 * @y: in the area
 * @pixel_x: (out): in the picture, or beside it
 * @pixel_y: (out): in the picture, or beside it
 *
 * What lies at a place of the area.
 */
void
dio_view_find_pixel (const DioView *self,
                     double         x,
                     double         y,
                     double        *pixel_x,
                     double        *pixel_y)
{
  double scale = dio_view_get_scale (self);

  *pixel_x = self->center_x + (x - self->area_width / 2.0) / scale;
  *pixel_y = self->center_y + (y - self->area_height / 2.0) / scale;
}

/**
 * dio_view_equal:
 * @self: a view
 * @other: another
 *
 * Returns: whether they show the same
 */
gboolean
dio_view_equal (const DioView *self,
                const DioView *other)
{
  return self->width == other->width && self->height == other->height &&
         self->area_width == other->area_width && self->area_height == other->area_height &&
         self->zoom == other->zoom && self->fit == other->fit &&
         self->center_x == other->center_x && self->center_y == other->center_y;
}

/**
 * dio_view_reset:
 * @self: a view
 * @fit: how large it is to be
 *
 * As if nobody had zoomed.
 */
void
dio_view_reset (DioView    *self,
                DioViewFit  fit)
{
  self->zoom = 0;
  self->fit = fit;
  self->center_x = self->width / 2.0;
  self->center_y = self->height / 2.0;
}

/**
 * dio_view_move_to:
 * @self: a view
 * @center_x: a point of the picture
 * @center_y: a point of the picture
 *
 * Brings the point as close to the middle as the picture’s edges allow.
 */
void
dio_view_move_to (DioView *self,
                  double   center_x,
                  double   center_y)
{
  double scale = dio_view_get_scale (self);

  self->center_x = clamp_center (center_x, self->width, self->area_width / scale);
  self->center_y = clamp_center (center_y, self->height, self->area_height / scale);
}

/**
 * dio_view_zoom_at:
 * @self: a view
 * @zoom: pixels of the screen per pixel of the picture
 * @x: in the area
 * @y: in the area
 *
 * Zooms; what lies at the place stays there. It does not become smaller than all
 * of the picture.
 */
void
dio_view_zoom_at (DioView *self,
                  double   zoom,
                  double   x,
                  double   y)
{
  DioViewFit smallest = self->fit == DIO_VIEW_WHOLE ? DIO_VIEW_WHOLE : DIO_VIEW_FIT;
  double fit = compute_fit (self, smallest);
  double pixel_x;
  double pixel_y;

  dio_view_find_pixel (self, x, y, &pixel_x, &pixel_y);
  zoom = MIN (zoom, MAX (MAX_ZOOM, fit));
  if (zoom <= fit)
    {
      self->zoom = 0;
      self->fit = smallest;
    }
  else
    self->zoom = zoom;

  zoom = dio_view_get_scale (self);
  dio_view_move_to (self,
                    pixel_x - (x - self->area_width / 2.0) / zoom,
                    pixel_y - (y - self->area_height / 2.0) / zoom);
}

/**
 * dio_view_follow:
 * @self: a view
 * @leader: the view that was moved
 * @link: what they have in common
 *
 * Shows of its own picture what the leader shows of the other.
 */
void
dio_view_follow (DioView       *self,
                 const DioView *leader,
                 DioViewLink    link)
{
  self->fit = leader->fit;
  if (link == DIO_VIEW_LINK_PIXEL)
    {
      self->zoom = dio_view_get_scale (leader);
      dio_view_move_to (self, leader->center_x, leader->center_y);
      return;
    }

  self->zoom = leader->zoom > 0 ? leader->zoom / compute_fit (leader, DIO_VIEW_FIT) * compute_fit (self, DIO_VIEW_FIT)
                                : 0;
  dio_view_move_to (self,
                    leader->center_x / MAX (leader->width, 1) * self->width,
                    leader->center_y / MAX (leader->height, 1) * self->height);
}
