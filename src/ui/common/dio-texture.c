/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to what GTK draws. May be called in any thread: textures are
 * immutable, and this is the slow part of showing a picture. */

#include "config.h"

#include "dio-texture.h"

#include <math.h>

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

static guint32 *
pack (const DioPixels *pixels)
{
  guint32 *data = g_malloc_n (pixels->height, (gsize) pixels->width * sizeof (guint32));

  for (int y = 0; y < pixels->height; y++)
    pack_row (dio_pixels_row (pixels, y),
              data + (gsize) y * pixels->width,
              pixels->width,
              pixels->channels);

  return data;
}

static GdkTexture *
take (guint32 *data,
      int      width,
      int      height)
{
  gsize stride = (gsize) width * sizeof (guint32);
  g_autoptr(GBytes) bytes = g_bytes_new_take (data, height * stride);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static guint32
fade (guint32 pixel,
      double  part)
{
  guint32 faded = 0;

  for (int shift = 0; shift < 32; shift += 8)
    faded |= (guint32) (((pixel >> shift) & 255) * part + 0.5) << shift;

  return faded;
}

/* How much of a pixel lies within the corner, whose arc is around (0, 0). */
static double
cover (double x,
       double y,
       double radius)
{
  return CLAMP (radius + 0.5 - hypot (x, y), 0, 1);
}

GdkTexture *
dio_texture_new (const DioPixels *pixels)
{
  return take (pack (pixels), pixels->width, pixels->height);
}

/* The pixels lie at (x, y) in an area with round corners. They are cut off here
 * once: a round clip costs the cairo renderer as much again as the picture. */
GdkTexture *
dio_texture_new_in (const DioPixels *pixels,
                    int              x,
                    int              y,
                    int              area_width,
                    int              area_height,
                    int              radius)
{
  guint32 *data = pack (pixels);

  radius = MIN (radius, MIN (area_width, area_height) / 2);
  for (int row = 0; row < radius; row++)
    for (int column = 0; column < radius; column++)
      {
        double part = cover (radius - column - 0.5, radius - row - 0.5, radius);
        int xs[2] = { column - x, area_width - 1 - column - x };
        int ys[2] = { row - y, area_height - 1 - row - y };

        for (int corner = 0; part < 1 && corner < 4; corner++)
          {
            int at_x = xs[corner % 2];
            int at_y = ys[corner / 2];

            if (at_x >= 0 && at_y >= 0 && at_x < pixels->width && at_y < pixels->height)
              {
                guint32 *pixel = data + (gsize) at_y * pixels->width + at_x;

                *pixel = fade (*pixel, part);
              }
          }
      }

  return take (data, pixels->width, pixels->height);
}
