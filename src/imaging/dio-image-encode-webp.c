/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to WebP, by libwebp itself: what gdk-pixbuf can save depends on which
 * loaders are installed. */

#include "config.h"

#include "dio-image-encode.h"

#include "dio-error.h"

#include <webp/encode.h>

/* Said here, as libwebp only says that it failed. */
static gboolean
check_sides (const DioPixels  *pixels,
             GError          **error)
{
  if (pixels->width <= WEBP_MAX_DIMENSION && pixels->height <= WEBP_MAX_DIMENSION)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "No WebP file has a side of more than %d pixels",
               WEBP_MAX_DIMENSION);

  return FALSE;
}

/**
 * dio_image_encode_webp:
 * @pixels: a picture
 * @quality: 0 to 100
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full): the bytes of a file
 */
GBytes *
dio_image_encode_webp (const DioPixels  *pixels,
                       int               quality,
                       GError          **error)
{
  guint8 *webp = NULL;
  gsize size;

  if (!check_sides (pixels, error))
    return NULL;

  if (pixels->channels == 4)
    size = WebPEncodeRGBA (pixels->data, pixels->width, pixels->height, pixels->stride, quality, &webp);
  else
    size = WebPEncodeRGB (pixels->data, pixels->width, pixels->height, pixels->stride, quality, &webp);

  if (size == 0)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "A picture of %d x %d pixels could not be encoded as webp",
                   pixels->width, pixels->height);
      return NULL;
    }

  return g_bytes_new_with_free_func (webp, size, WebPFree, webp);
}
