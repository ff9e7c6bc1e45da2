/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos as a camera of 24 megapixels makes them, as far as the work goes that they
 * are: soft shapes, fine detail and the noise of a sensor, in about a dozen
 * megabytes, with what cameras write into them. */

#include "config.h"

#include "bench-hosted.h"

#include "dio-image-encode.h"
#include "dio-pixels.h"
#include "prepared-photos.h"

#include <math.h>

#define WIDTH   6000
#define HEIGHT  4000
#define QUALITY 95

/* Every fourth is upright. */
#define UPRIGHT 6

static guint32
next (guint32 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;

  return *state;
}

/* About normal, with a deviation of 1. */
static float
get_noise (guint32 *state)
{
  guint32 bits = next (state);

  return ((int) (bits & 255) + (int) (bits >> 8 & 255) + (int) (bits >> 16 & 255) + (int) (bits >> 24) - 510) / 147.8f;
}

static void
draw_row (DioPixels *pixels,
          int        y,
          guint32    seed)
{
  guint8 *out = dio_pixels_row (pixels, y);
  guint32 state = seed * 2654435761u + y * 40503u + 1;
  float before = 0;

  for (int x = 0; x < WIDTH; x++)
    {
      float shape = 110 + 60 * sinf (x * 0.0011f + seed) * cosf (y * 0.0017f) + 20 * sinf ((x + y * (1 + seed % 3)) * 0.05f);
      float detail = ((x / 37 ^ y / 23) + seed) % 5 == 0 ? 8 * sinf (x * 0.9f) * cosf (y * 0.7f) : 0;
      /* Sensors have a colour a pixel: the rest is taken from neighbours. */
      float noise = (8 + seed % 4) * get_noise (&state);
      float light = shape + detail + 0.6f * noise + 0.4f * before;

      before = noise;
      out[x * 3] = CLAMP (light * 1.05f + 4, 0, 255);
      out[x * 3 + 1] = CLAMP (light, 0, 255);
      out[x * 3 + 2] = CLAMP (light * 0.9f + 1.2f * before, 0, 255);
    }
}

static void
make_photo (const char *path,
            guint32     seed)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (WIDTH, HEIGHT, 3);
  g_autoptr(GBytes) jpeg = NULL;
  g_autoptr(GBytes) photo = NULL;
  g_autoptr(GError) error = NULL;

  for (int y = 0; y < HEIGHT; y++)
    draw_row (pixels, y, seed);

  jpeg = dio_image_encode_jpeg (pixels, QUALITY, &error);
  if (jpeg == NULL)
    g_error ("%s", error->message);

  photo = photos_insert_exif (jpeg, seed % 4 == 3 ? UPRIGHT : 1);
  if (!g_file_set_contents (path, g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), &error))
    g_error ("%s", error->message);
}

void
bench_photos_make (const char *folder,
                   int         n)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("photo-%02d.jpg", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      make_photo (path, i);
    }
}
