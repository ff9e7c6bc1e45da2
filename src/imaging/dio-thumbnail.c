/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pictures of pictures. */

#include "config.h"

#include "dio-thumbnail.h"

#include "dio-image-decode.h"
#include "dio-resample.h"

/**
 * dio_thumbnail_make:
 * @bytes: a file, whole
 * @max_side: what neither side may exceed
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads, of which it uses the one that it is called in.
 *
 * Returns: (transfer full): the picture, no larger than it is stored
 */
DioPixels *
dio_thumbnail_make (GBytes        *bytes,
                    int            max_side,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(DioWorkers) workers = NULL;
  g_autoptr(DioPixels) pixels = NULL;
  g_autoptr(DioPixels) small = NULL;
  int width, height;

  g_return_val_if_fail (max_side > 0, NULL);

  pixels = dio_image_decode (bytes, max_side, NULL, cancellable, error);
  if (pixels == NULL)
    return NULL;

  dio_fit_size (pixels->width, pixels->height, max_side, &width, &height);
  if (width == pixels->width && height == pixels->height)
    return g_steal_pointer (&pixels);

  workers = dio_workers_new (1, cancellable);
  small = dio_pixels_resample (pixels, width, height, workers);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&small);
}
