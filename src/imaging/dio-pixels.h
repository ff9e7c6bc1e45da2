/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decoded picture: 8 bit sRGB, upright. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioPixels:
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @channels: 3 for RGB, 4 for RGBA with straight (not premultiplied) alpha
 * @stride: bytes from one row to the next
 * @data: the first row, sRGB encoded
 * @free_func: frees @owner
 * @owner: what @data belongs to
 *
 * A decoded picture. Shared by reference; whoever did not make it only reads.
 */
typedef struct
{
  int             width;
  int             height;
  int             channels;
  int             stride;
  guint8         *data;
  GDestroyNotify  free_func;
  gpointer        owner;
} DioPixels;

#define DIO_TYPE_PIXELS (dio_pixels_get_type ())
GType      dio_pixels_get_type (void);

DioPixels *dio_pixels_new      (int             width,
                                int             height,
                                int             channels);
DioPixels *dio_pixels_new_for  (guint8         *data,
                                int             width,
                                int             height,
                                int             channels,
                                int             stride,
                                GDestroyNotify  free_func,
                                gpointer        owner);
DioPixels *dio_pixels_ref      (DioPixels      *self);
void       dio_pixels_unref    (DioPixels      *self);

static inline guint8 *
dio_pixels_row (const DioPixels *self,
                int              y)
{
  return self->data + (gsize) y * self->stride;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPixels, dio_pixels_unref)

G_END_DECLS
