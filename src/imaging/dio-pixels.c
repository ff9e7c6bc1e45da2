/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decoded picture: 8 bit sRGB, upright. */

#include "config.h"

#include "dio-pixels.h"

G_DEFINE_BOXED_TYPE (DioPixels, dio_pixels, dio_pixels_ref, dio_pixels_unref)

/**
 * dio_pixels_new:
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @channels: 3 or 4
 *
 * Returns: (transfer full): a picture whose bytes are not set
 */
DioPixels *
dio_pixels_new (int width,
                int height,
                int channels)
{
  int stride = width * channels;
  guint8 *data;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (channels == 3 || channels == 4, NULL);

  data = g_malloc ((gsize) stride * height);

  return dio_pixels_new_for (data, width, height, channels, stride, g_free, data);
}

/**
 * dio_pixels_new_for:
 * @data: the first row
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @channels: 3 or 4
 * @stride: bytes from one row to the next
 * @free_func: frees @owner, in any thread
 * @owner: (transfer full): what @data belongs to
 *
 * Returns: (transfer full): a picture of bytes that are there already
 */
DioPixels *
dio_pixels_new_for (guint8         *data,
                    int             width,
                    int             height,
                    int             channels,
                    int             stride,
                    GDestroyNotify  free_func,
                    gpointer        owner)
{
  DioPixels *self = g_atomic_rc_box_new0 (DioPixels);

  self->width = width;
  self->height = height;
  self->channels = channels;
  self->stride = stride;
  self->data = data;
  self->free_func = free_func;
  self->owner = owner;

  return self;
}

/**
 * dio_pixels_ref:
 * @self: a picture
 *
 * From any thread.
 *
 * Returns: (transfer full): @self
 */
DioPixels *
dio_pixels_ref (DioPixels *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dio_pixels_clear (DioPixels *self)
{
  self->free_func (self->owner);
}

/**
 * dio_pixels_unref:
 * @self: (transfer full): a picture
 *
 * From any thread; the last one frees the bytes.
 */
void
dio_pixels_unref (DioPixels *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) dio_pixels_clear);
}
