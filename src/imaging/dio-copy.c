/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to a file of at most so many bytes: first at the price of fine detail,
 * then at that of pixels. */

#include "config.h"

#include "dio-prepare-private.h"

#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-resample.h"

/* How much smaller a picture that does not fit is made at a time. */
#define STEP 0.85

static const int qualities[] = { 92, 88, 84, 80, 75 };

typedef struct
{
  const DioPhotoLimits *limits;
  gsize                 max_size;
  GCancellable         *cancellable;
  gboolean              as_png;
} Attempt;

/* Takes @bytes. Returns: whether there are any */
static gboolean
take_bytes (DioCopy        *self,
            DioImageFormat  format,
            GBytes         *bytes)
{
  self->bytes = bytes;
  self->format = format;

  return bytes != NULL;
}

/* FALSE without an error where the file would be too large. */
static gboolean
encode_png (DioCopy          *self,
            const DioPixels  *pixels,
            const Attempt    *attempt,
            GError          **error)
{
  if (g_cancellable_set_error_if_cancelled (attempt->cancellable, error))
    return FALSE;

  return take_bytes (self, DIO_IMAGE_FORMAT_PNG,
                     dio_image_encode_png_within (pixels, NULL, attempt->max_size, error));
}

/* FALSE without an error where the file would be too large. */
static gboolean
encode_jpeg (DioCopy          *self,
             const DioPixels  *pixels,
             const Attempt    *attempt,
             guint             first_quality,
             GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean is_done = FALSE;

  for (guint i = first_quality; i < G_N_ELEMENTS (qualities) && !is_done && local_error == NULL; i++)
    {
      if (g_cancellable_set_error_if_cancelled (attempt->cancellable, error))
        return FALSE;

      is_done = take_bytes (self, DIO_IMAGE_FORMAT_JPEG,
                            dio_image_encode_jpeg_within (pixels, qualities[i], attempt->max_size, &local_error));
    }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (is_done && pixels->channels == 4)
    self->changes |= DIO_PREPARED_FLATTENED;

  return is_done;
}

static void
set_sides (DioCopy         *self,
           const DioPixels *pixels)
{
  self->width = pixels->width;
  self->height = pixels->height;
}

static gboolean
find_smaller_size (const DioPhotoLimits *limits,
                   const DioPixels      *pixels,
                   double                scale,
                   int                  *width,
                   int                  *height,
                   GError              **error)
{
  DioPhotoLimits tighter = *limits;
  int max_side = (int) (MAX (pixels->width, pixels->height) * scale);

  if (max_side < 1)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "No picture is as small as the file must be");
      return FALSE;
    }
  tighter.max_side = max_side;

  return dio_limits_fit_sides (&tighter, pixels->width, pixels->height, width, height, error);
}

/* Made small from the whole picture each time, so that only one loss adds up. */
static gboolean
encode_smaller (DioCopy          *self,
                const DioPixels  *pixels,
                const Attempt    *attempt,
                DioWorkers       *workers,
                GError          **error)
{
  gboolean is_done = FALSE;

  for (double scale = STEP; !is_done; scale *= STEP)
    {
      g_autoptr(DioPixels) smaller = NULL;
      g_autoptr(GError) local_error = NULL;
      int width, height;

      if (!find_smaller_size (attempt->limits, pixels, scale, &width, &height, error))
        return FALSE;

      smaller = dio_pixels_resample (pixels, width, height, workers);
      if (g_cancellable_set_error_if_cancelled (attempt->cancellable, error))
        return FALSE;

      is_done = attempt->as_png ? encode_png (self, smaller, attempt, &local_error)
                                : encode_jpeg (self, smaller, attempt, G_N_ELEMENTS (qualities) - 1, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      set_sides (self, smaller);
    }
  self->changes |= DIO_PREPARED_SCALED_DOWN;

  return TRUE;
}

/**
 * dio_copy_encode:
 * @self: gets the file, and what was done for it
 * @pixels: a picture whose sides fit
 * @prefer_png: lines and lettering: no JPEG where a PNG fits
 * @limits: what a provider takes
 * @workers: who makes it smaller
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Returns: %FALSE with %DIO_ERROR_INVALID when the file cannot be made to fit
 */
gboolean
dio_copy_encode (DioCopy               *self,
                 const DioPixels       *pixels,
                 gboolean               prefer_png,
                 const DioPhotoLimits  *limits,
                 DioWorkers            *workers,
                 GCancellable          *cancellable,
                 GError               **error)
{
  gboolean takes_jpeg = dio_limits_accept_format (limits, DIO_IMAGE_FORMAT_JPEG);
  gboolean takes_png = dio_limits_accept_format (limits, DIO_IMAGE_FORMAT_PNG);
  Attempt attempt = { limits, dio_limits_get_max_size (limits), cancellable, !takes_jpeg };
  g_autoptr(GError) local_error = NULL;

  set_sides (self, pixels);
  self->changes |= DIO_PREPARED_REENCODED;

  if (takes_png && (prefer_png || pixels->channels == 4 || !takes_jpeg) &&
      encode_png (self, pixels, &attempt, &local_error))
    return TRUE;
  if (local_error == NULL && takes_jpeg && encode_jpeg (self, pixels, &attempt, 0, &local_error))
    return TRUE;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return encode_smaller (self, pixels, &attempt, workers, error);
}

void
dio_copy_clear (DioCopy *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}
