/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels of a result: composed small, then brought to size. */

#include "config.h"

#include "drawing.h"

#include "dio-compositor.h"
#include "dio-hash.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-resample.h"

#include <math.h>

/* What the engine composes at the least, and what is large enough to be seen. */
#define SMALL_SIDE   256
#define LARGEST_SIDE 4096
#define PHOTO_SIDE   320

static GBytes *
shrink (GBytes *bytes)
{
  g_autoptr(DioPixels) pixels = dio_image_decode (bytes, PHOTO_SIDE, NULL, NULL, NULL);
  g_autoptr(DioPixels) small = NULL;
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  int width;
  int height;

  if (pixels == NULL)
    return NULL;

  dio_fit_size (pixels->width, pixels->height, PHOTO_SIDE, &width, &height);
  small = dio_pixels_resample (pixels, width, height, workers);

  return dio_image_encode_png (small, NULL, NULL);
}

static void
clear_input (gpointer data)
{
  DioCompositorInput *input = data;

  g_free ((char *) input->name);
  g_free ((char *) input->hash);
  g_bytes_unref (input->bytes);
}

/* Where no role was told, the last photo is the place. */
static GArray *
make_inputs (GPtrArray *references)
{
  GArray *inputs = g_array_new (FALSE, FALSE, sizeof (DioCompositorInput));

  g_array_set_clear_func (inputs, clear_input);
  for (guint i = 0; i < references->len; i++)
    {
      Reference *reference = g_ptr_array_index (references, i);
      g_autoptr(GBytes) small = reference->bytes != NULL ? shrink (reference->bytes) : NULL;
      DioCompositorInput input = { .role = reference->role };

      if (small == NULL)
        continue;

      input.name = g_strdup_printf ("photo%u", i + 1);
      input.hash = dio_hash_bytes (small);
      input.bytes = g_steal_pointer (&small);
      g_array_append_val (inputs, input);
    }

  return inputs;
}

/**
 * drawing_compose:
 * @references: (element-type Reference): photos
 * @width: of the picture
 * @height: of the picture
 * @seed: what makes one result differ from the next
 *
 * Returns: (transfer full) (nullable): the picture, or %NULL where the engine
 *   cannot make one of these
 */
DioPixels *
drawing_compose (GPtrArray *references,
                 int        width,
                 int        height,
                 guint32    seed)
{
  g_autoptr(GArray) inputs = make_inputs (references);
  g_autoptr(DioCompositor) compositor = dio_compositor_new (NULL);
  g_autoptr(DioRendering) rendering = NULL;
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  double scale = SMALL_SIDE / (double) MIN (width, height);
  DioCompositorRequest request = {
    .inputs = (const DioCompositorInput *) inputs->data,
    .n_inputs = inputs->len,
    .prompt = "",
    .width = CLAMP ((int) round (width * scale), SMALL_SIDE, LARGEST_SIDE),
    .height = CLAMP ((int) round (height * scale), SMALL_SIDE, LARGEST_SIDE),
    .match = 0.5,
    .shadow = 0.5,
    .jitter = 0.5,
    .n_threads = 1,
  };

  if (inputs->len == 0)
    return NULL;

  rendering = dio_compositor_compose (compositor, &request, seed, NULL, NULL, NULL, NULL);
  if (rendering == NULL)
    return NULL;

  return dio_pixels_resample (rendering->pixels, width, height, workers);
}

/**
 * drawing_gradient:
 * @width: of the picture
 * @height: of the picture
 * @seed: what makes one result differ from the next
 *
 * Returns: (transfer full): from one colour to another
 */
DioPixels *
drawing_gradient (int     width,
                  int     height,
                  guint32 seed)
{
  DioPixels *pixels = dio_pixels_new (width, height, 3);
  guint32 colours = seed * 2654435761u;

  for (int y = 0; y < height; y++)
    {
      guint8 *row = dio_pixels_row (pixels, y);

      for (int x = 0; x < width; x++)
        {
          row[3 * x] = (colours & 0xff) * (width - x) / width;
          row[3 * x + 1] = ((colours >> 8) & 0xff) * y / height;
          row[3 * x + 2] = (colours >> 16) & 0xff;
        }
    }

  return pixels;
}

/**
 * drawing_add_grain:
 * @pixels: a picture
 * @strength: by how much samples change at most
 * @seed: of the noise
 *
 * Makes a file of it as large as one of a photo.
 */
void
drawing_add_grain (DioPixels *pixels,
                   int        strength,
                   guint32    seed)
{
  guint32 state = seed | 1;

  for (int y = 0; y < pixels->height; y++)
    {
      guint8 *row = dio_pixels_row (pixels, y);

      for (int i = 0; i < pixels->width * pixels->channels; i++)
        {
          int noise;

          state = state * 1664525 + 1013904223;
          noise = (int) ((state >> 16) % (2 * strength + 1)) - strength;
          row[i] = CLAMP (row[i] + noise, 0, 255);
        }
    }
}
