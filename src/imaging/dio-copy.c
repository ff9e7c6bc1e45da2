/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels to a file of at most so many bytes: first at the price of fine detail,
 * then at that of pixels. */

#include "config.h"

#include "dio-prepare-private.h"

#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-resample.h"

#include <string.h>

/* Rows that a sample takes at a time, and of how many such bands one is taken. */
#define BAND 16
#define SHARE 16

typedef struct
{
  const DioPhotoLimits *limits;
  gsize                 max_size;
  GCancellable         *cancellable;
  gboolean              as_png;
} Attempt;

typedef struct
{
  DioPixels *sample;
  gsize      max_size;
} Trial;

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

/* Returns: (transfer full) (nullable): some rows of @pixels, or NULL of a picture
 * that is encoded in no time */
static DioPixels *
take_sample (const DioPixels *pixels)
{
  int n_bands = pixels->height / (BAND * SHARE);
  gsize length = (gsize) pixels->width * pixels->channels;
  DioPixels *sample;

  if (n_bands < 4)
    return NULL;

  sample = dio_pixels_new (pixels->width, n_bands * BAND, pixels->channels);
  for (int y = 0; y < sample->height; y++)
    {
      /* From the middle of what each band stands for. */
      int row = y / BAND * BAND * SHARE + BAND * SHARE / 2 + y % BAND;

      memcpy (dio_pixels_row (sample, y), dio_pixels_row (pixels, row), length);
    }

  return sample;
}

static gboolean
fits_cb (int      quality,
         gpointer user_data)
{
  const Trial *trial = user_data;
  g_autoptr(GBytes) bytes = dio_image_encode_jpeg_within (trial->sample, quality, trial->max_size, NULL);

  return bytes != NULL;
}

/* Which quality will fit, tried on a sample: to encode a large photo several times
 * takes longer than to decode it. Returns: 0 where none will */
static int
choose_quality (const DioPixels *pixels,
                const Attempt   *attempt)
{
  g_autoptr(DioPixels) sample = take_sample (pixels);
  Trial trial = { .sample = sample };

  if (sample == NULL)
    return dio_quality_get_next (DIO_QUALITY_BEST);

  trial.max_size = (gsize) (attempt->max_size * DIO_QUALITY_DOUBT * sample->height / pixels->height);

  return dio_quality_find (fits_cb, &trial);
}

/* The next size that may fit. */
static double
choose_scale (double           scale,
              const DioPixels *pixels,
              const Attempt   *attempt)
{
  g_autoptr(DioPixels) sample = attempt->as_png ? NULL : take_sample (pixels);
  g_autoptr(GBytes) bytes = NULL;
  double expected = 0;

  if (sample != NULL)
    bytes = dio_image_encode_jpeg (sample, DIO_QUALITY_SMALLER, NULL);
  if (bytes != NULL)
    expected = (double) g_bytes_get_size (bytes) * pixels->height / sample->height;

  return dio_quality_choose_scale (scale, expected, attempt->max_size);
}

/* FALSE without an error where the file would be too large. */
static gboolean
encode_jpeg (DioCopy          *self,
             const DioPixels  *pixels,
             const Attempt    *attempt,
             int               quality,
             GError          **error)
{
  if (g_cancellable_set_error_if_cancelled (attempt->cancellable, error) ||
      !take_bytes (self, DIO_IMAGE_FORMAT_JPEG,
                   dio_image_encode_jpeg_within (pixels, quality, attempt->max_size, error)))
    return FALSE;

  if (pixels->channels == 4)
    self->changes |= DIO_PREPARED_FLATTENED;

  return TRUE;
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

/* Takes @pixels. FALSE without an error where the file would be too large, with
 * the next @scale to try. */
static gboolean
encode_smaller (DioCopy        *self,
                DioPixels      *pixels,
                const Attempt  *attempt,
                double         *scale,
                DioWorkers     *workers,
                GError        **error)
{
  g_autoptr(DioPixels) smaller = NULL;
  g_autoptr(GError) local_error = NULL;
  gboolean is_done;
  int width, height;

  if (!find_smaller_size (attempt->limits, pixels, *scale, &width, &height, error))
    {
      dio_pixels_unref (pixels);
      return FALSE;
    }

  smaller = dio_pixels_resample_last (pixels, width, height, workers);
  if (g_cancellable_set_error_if_cancelled (attempt->cancellable, error))
    return FALSE;

  is_done = attempt->as_png ? encode_png (self, smaller, attempt, &local_error)
                            : encode_jpeg (self, smaller, attempt, DIO_QUALITY_SMALLER, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!is_done)
    *scale = choose_scale (*scale, smaller, attempt);

  set_sides (self, smaller);
  self->changes |= DIO_PREPARED_SCALED_DOWN;

  return is_done;
}

/* FALSE without an error where the file would be too large. */
static gboolean
encode_whole (DioCopy          *self,
              const DioPixels  *pixels,
              gboolean          prefer_png,
              const Attempt    *attempt,
              GError          **error)
{
  gboolean takes_png = dio_limits_accept_format (attempt->limits, DIO_IMAGE_FORMAT_PNG);
  g_autoptr(GError) local_error = NULL;
  int quality = 0;
  gboolean is_done;

  set_sides (self, pixels);
  is_done = takes_png && (prefer_png || pixels->channels == 4 || attempt->as_png) &&
            encode_png (self, pixels, attempt, &local_error);
  if (!is_done && local_error == NULL && !attempt->as_png)
    quality = choose_quality (pixels, attempt);
  for (; !is_done && local_error == NULL && quality > 0; quality = dio_quality_get_next (quality))
    is_done = encode_jpeg (self, pixels, attempt, quality, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return is_done;
}

/**
 * dio_copy_encode:
 * @self: gets the file, and what was done for it
 * @pixels: (transfer full): a picture whose sides fit
 * @prefer_png: lines and lettering: no JPEG where a PNG fits
 * @limits: what a provider takes
 * @scale: (inout): how much smaller it is made: 1 at first, and then what this
 *   function says
 * @workers: who makes it smaller
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Returns: %FALSE with %DIO_ERROR_INVALID when the file cannot be made to fit;
 *   %FALSE without an error when it has to be tried with @pixels anew
 */
gboolean
dio_copy_encode (DioCopy               *self,
                 DioPixels             *pixels,
                 gboolean               prefer_png,
                 const DioPhotoLimits  *limits,
                 double                *scale,
                 DioWorkers            *workers,
                 GCancellable          *cancellable,
                 GError               **error)
{
  gboolean takes_jpeg = dio_limits_accept_format (limits, DIO_IMAGE_FORMAT_JPEG);
  Attempt attempt = { limits, dio_limits_get_max_size (limits), cancellable, !takes_jpeg };
  g_autoptr(DioPixels) owned = pixels;
  g_autoptr(GError) local_error = NULL;

  self->changes |= DIO_PREPARED_REENCODED;
  if (*scale == 1)
    {
      if (encode_whole (self, pixels, prefer_png, &attempt, &local_error))
        return TRUE;
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      *scale = choose_scale (1, pixels, &attempt);
    }

  return encode_smaller (self, g_steal_pointer (&owned), &attempt, scale, workers, error);
}

void
dio_copy_clear (DioCopy *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}
