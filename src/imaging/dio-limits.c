/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fits a provider's limits. */

#include "config.h"

#include "dio-prepare-private.h"

#include "dio-error.h"

#include <math.h>

/* A photo is enlarged this many times at most: beyond, nothing is seen of it. */
#define MAX_GROWTH 2

/* A ratio of 2.5, or a side of 2048, as it comes out of a division. */
#define TOLERANCE 1e-9

typedef struct
{
  int longer;
  int shorter;
} Sides;

static gboolean
is_too_long (const DioPhotoLimits *limits,
             Sides                 sides)
{
  return limits->max_aspect > 0 && sides.longer > sides.shorter * limits->max_aspect * (1 + TOLERANCE);
}

static gboolean
has_too_many_pixels (const DioPhotoLimits *limits,
                     Sides                 sides)
{
  return limits->max_pixels > 0 && (gint64) sides.longer * sides.shorter > limits->max_pixels;
}

static double
choose_scale (const DioPhotoLimits *limits,
              Sides                 sides)
{
  double scale = 1;

  if (limits->max_side > 0)
    scale = MIN (scale, (double) limits->max_side / sides.longer);
  if (limits->max_pixels > 0)
    scale = MIN (scale, sqrt ((double) limits->max_pixels / ((double) sides.longer * sides.shorter)));
  if (limits->min_side > 0 && sides.shorter < limits->min_side)
    scale = (double) limits->min_side / sides.shorter;

  return scale;
}

/* Rounding must not lead over a border that the exact size keeps to. */
static Sides
scale_sides (const DioPhotoLimits *limits,
             Sides                 sides,
             double                scale)
{
  double longer = sides.longer * scale;
  Sides scaled = {
    .longer = MAX (1, limits->max_pixels > 0 ? (int) (longer + TOLERANCE) : (int) lround (longer)),
    .shorter = MAX (1, (int) lround (sides.shorter * scale)),
  };

  if (scale == 1)
    return sides;

  if (is_too_long (limits, scaled))
    scaled.shorter = (int) ceil (scaled.longer / limits->max_aspect - TOLERANCE);
  while (has_too_many_pixels (limits, scaled) && scaled.longer > 1)
    {
      if (scaled.longer > scaled.shorter)
        scaled.longer--;
      else
        scaled.shorter--;
    }

  return scaled;
}

static gboolean
check_sides (const DioPhotoLimits *limits,
             Sides                 sides,
             Sides                 scaled,
             GError              **error)
{
  if (is_too_long (limits, sides))
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The picture is %d x %d pixels: the longer side may be at most %g times as long as the shorter one",
                 sides.longer, sides.shorter, limits->max_aspect);
  else if (sides.shorter < limits->min_side && sides.shorter * MAX_GROWTH < limits->min_side)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The shorter side of the picture has %d pixels: fewer than half of the %d that it must have",
                 sides.shorter, limits->min_side);
  else if (scaled.shorter < limits->min_side)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The picture is %d x %d pixels: made small enough, its shorter side would have %d of at least %d",
                 sides.longer, sides.shorter, scaled.shorter, limits->min_side);
  else if ((limits->max_side > 0 && scaled.longer > limits->max_side) || has_too_many_pixels (limits, scaled))
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The picture is %d x %d pixels: with at least %d on the shorter side it would be too large",
                 sides.longer, sides.shorter, limits->min_side);
  else
    return TRUE;

  return FALSE;
}

/**
 * dio_limits_get_max_size:
 * @limits: what a provider takes
 *
 * Returns: how many bytes a file may have, also as base64; never more than is
 *   ever read of a file
 */
gsize
dio_limits_get_max_size (const DioPhotoLimits *limits)
{
  goffset max_size = DIO_IMAGE_MAX_BYTES;

  if (limits->max_bytes > 0)
    max_size = MIN (max_size, limits->max_bytes);
  if (limits->max_base64_bytes > 0)
    max_size = MIN (max_size, limits->max_base64_bytes / 4 * 3);

  return max_size;
}

/**
 * dio_limits_accept_format:
 * @limits: what a provider takes
 * @format: of a file
 *
 * Returns: whether it takes such files
 */
gboolean
dio_limits_accept_format (const DioPhotoLimits *limits,
                          DioImageFormat        format)
{
  return (format == DIO_IMAGE_FORMAT_JPEG && (limits->formats & DIO_PHOTO_JPEG) != 0) ||
         (format == DIO_IMAGE_FORMAT_PNG && (limits->formats & DIO_PHOTO_PNG) != 0) ||
         (format == DIO_IMAGE_FORMAT_WEBP && (limits->formats & DIO_PHOTO_WEBP) != 0);
}

/**
 * dio_limits_fit_sides:
 * @limits: what a provider takes
 * @width: of an upright picture
 * @height: of an upright picture
 * @fit_width: (out): the width that fits: @width where that does
 * @fit_height: (out): the height that fits
 * @error: return location for an error, or %NULL
 *
 * Keeps the proportions, as far as whole pixels can.
 *
 * Returns: %FALSE with %DIO_ERROR_INVALID when no size of that picture fits
 */
gboolean
dio_limits_fit_sides (const DioPhotoLimits *limits,
                      int                   width,
                      int                   height,
                      int                  *fit_width,
                      int                  *fit_height,
                      GError              **error)
{
  Sides sides = { MAX (width, height), MIN (width, height) };
  Sides scaled = scale_sides (limits, sides, choose_scale (limits, sides));

  if (!check_sides (limits, sides, scaled, error))
    return FALSE;

  *fit_width = width >= height ? scaled.longer : scaled.shorter;
  *fit_height = width >= height ? scaled.shorter : scaled.longer;

  return TRUE;
}
