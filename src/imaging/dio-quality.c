/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well a JPEG is encoded so that its file is small enough. Noise is most of a
 * large photo's file: down to the last quality here, less of the photo is lost than
 * by making it smaller, as it is seen at full size and at that of a screen alike. */

#include "config.h"

#include "dio-prepare-private.h"

#include <math.h>

/* How much smaller a picture that does not fit is made at a time. */
#define STEP 0.85

static const int qualities[] = { 92, 90, 88, 84, 80, 75, 71, 68, 65 };

/**
 * dio_quality_find:
 * @fits: (scope call): whether a file of a quality is small enough
 * @user_data: data for @fits
 *
 * Asks @fits two or three times.
 *
 * Returns: the best quality that fits; 0 where none does
 */
int
dio_quality_find (DioQualityFunc fits,
                  gpointer       user_data)
{
  guint first = 0;
  guint end = G_N_ELEMENTS (qualities);

  while (first < end)
    {
      guint middle = (first + end) / 2;

      if (fits (qualities[middle], user_data))
        end = middle;
      else
        first = middle + 1;
    }

  return first < G_N_ELEMENTS (qualities) ? qualities[first] : 0;
}

/**
 * dio_quality_get_next:
 * @quality: one that does not fit, or %DIO_QUALITY_BEST
 *
 * Returns: the next one to try; 0 after the last
 */
int
dio_quality_get_next (int quality)
{
  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    if (qualities[i] < quality)
      return qualities[i];

  return 0;
}

/**
 * dio_quality_choose_scale:
 * @scale: with which a picture does not fit
 * @expected: how many bytes its file has at %DIO_QUALITY_SMALLER, about; 0 where that
 *   is not known
 * @max_size: how many it may have
 *
 * A file loses bytes faster than the picture pixels, as noise goes first, but not
 * much faster.
 *
 * Returns: the next smaller one that may fit
 */
double
dio_quality_choose_scale (double scale,
                          double expected,
                          gsize  max_size)
{
  double smaller = STEP;

  while (expected * pow (smaller, 3) > max_size * DIO_QUALITY_DOUBT)
    smaller *= STEP;

  return scale * smaller;
}
