/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to what GTK draws. May be called in any thread: textures are
 * immutable, and this is the slow part of showing a picture. */

#include "config.h"

#include "dio-texture.h"

static inline guint8
premultiply (guint value,
             guint alpha)
{
  return (value * alpha + 127) / 255;
}

/* The byte order of GDK_MEMORY_DEFAULT is the machine's own for 32 bit words;
 * every other format is converted again on each frame by the cairo renderer. */
static void
pack_row (const guint8 *source,
          guint32      *target,
          int           width,
          int           channels)
{
  for (int x = 0; x < width; x++)
    {
      const guint8 *p = source + x * channels;
      guint alpha = channels == 4 ? p[3] : 255;

      target[x] = alpha << 24
                  | (guint) premultiply (p[0], alpha) << 16
                  | (guint) premultiply (p[1], alpha) << 8
                  | (guint) premultiply (p[2], alpha);
    }
}

GdkTexture *
dio_texture_new (const DioPixels *pixels)
{
  gsize stride = (gsize) pixels->width * sizeof (guint32);
  guint32 *data = g_malloc_n (pixels->height, stride);
  g_autoptr(GBytes) bytes = NULL;

  for (int y = 0; y < pixels->height; y++)
    pack_row (dio_pixels_row (pixels, y),
              data + (gsize) y * pixels->width,
              pixels->width,
              pixels->channels);

  bytes = g_bytes_new_take (data, pixels->height * stride);
  return gdk_memory_texture_new (pixels->width,
                                 pixels->height,
                                 GDK_MEMORY_DEFAULT,
                                 bytes,
                                 stride);
}
