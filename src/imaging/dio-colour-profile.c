/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a picture's own colours to sRGB. */

#include "config.h"

#include "dio-colour-profile-private.h"

#include <lcms2.h>

/* Rows between two looks at the cancellable. */
#define BAND 64

/* Levels of each colour that are tried to see whether a profile does anything. */
#define PROBE_LEVELS 6

static cmsHTRANSFORM
make_transform (const guint8 *profile,
                gsize         size,
                int           channels)
{
  cmsUInt32Number format = channels == 4 ? TYPE_RGBA_8 : TYPE_RGB_8;
  cmsHPROFILE opened = size <= G_MAXUINT32 ? cmsOpenProfileFromMem (profile, size) : NULL;
  cmsHTRANSFORM transform = NULL;
  cmsHPROFILE srgb;

  if (opened == NULL)
    return NULL;

  if (cmsGetColorSpace (opened) == cmsSigRgbData)
    {
      srgb = cmsCreate_sRGBProfile ();
      transform = cmsCreateTransform (opened, format, srgb, format, INTENT_PERCEPTUAL,
                                      cmsFLAGS_COPY_ALPHA | cmsFLAGS_NOCACHE);
      cmsCloseProfile (srgb);
    }
  cmsCloseProfile (opened);

  return transform;
}

/* Most profiles that are met are sRGB under one of its many names. */
static gboolean
is_identity (cmsHTRANSFORM transform,
             int           channels)
{
  guint8 in[PROBE_LEVELS * PROBE_LEVELS * PROBE_LEVELS * 4] = { 0 };
  guint8 out[G_N_ELEMENTS (in)] = { 0 };
  int n = PROBE_LEVELS * PROBE_LEVELS * PROBE_LEVELS;

  for (int i = 0; i < n; i++)
    {
      const int step = 255 / (PROBE_LEVELS - 1);

      in[i * channels] = i % PROBE_LEVELS * step;
      in[i * channels + 1] = i / PROBE_LEVELS % PROBE_LEVELS * step;
      in[i * channels + 2] = i / PROBE_LEVELS / PROBE_LEVELS * step;
    }
  cmsDoTransform (transform, in, out, n);

  for (int i = 0; i < n * channels; i++)
    if (ABS (in[i] - out[i]) > 1)
      return FALSE;

  return TRUE;
}

static void
transform_rows (cmsHTRANSFORM  transform,
                DioPixels     *pixels,
                GCancellable  *cancellable)
{
  for (int y = 0; y < pixels->height && !g_cancellable_is_cancelled (cancellable); y += BAND)
    cmsDoTransformLineStride (transform, dio_pixels_row (pixels, y), dio_pixels_row (pixels, y),
                              pixels->width, MIN (BAND, pixels->height - y),
                              pixels->stride, pixels->stride, 0, 0);
}

/**
 * dio_colour_profile_judge:
 * @profile: the bytes of an ICC profile
 * @size: how many
 *
 * Returns: what dio_colour_profile_apply() would find it to be
 */
DioColourProfileKind
dio_colour_profile_judge (const guint8 *profile,
                          gsize         size)
{
  cmsHTRANSFORM transform = make_transform (profile, size, 3);
  gboolean is_srgb;

  if (transform == NULL)
    return DIO_COLOUR_PROFILE_UNUSABLE;

  is_srgb = is_identity (transform, 3);
  cmsDeleteTransform (transform);

  return is_srgb ? DIO_COLOUR_PROFILE_SRGB : DIO_COLOUR_PROFILE_OTHER;
}

/**
 * dio_colour_profile_apply:
 * @profile: the bytes of an ICC profile
 * @size: how many
 * @pixels: colours as @profile means them; become sRGB
 * @cancellable: (nullable): when cancelled, @pixels is left half done
 *
 * Returns: what @profile is; only where it is %DIO_COLOUR_PROFILE_OTHER was
 *   @pixels changed
 */
DioColourProfileKind
dio_colour_profile_apply (const guint8 *profile,
                          gsize         size,
                          DioPixels    *pixels,
                          GCancellable *cancellable)
{
  cmsHTRANSFORM transform = make_transform (profile, size, pixels->channels);
  gboolean is_srgb;

  if (transform == NULL)
    return DIO_COLOUR_PROFILE_UNUSABLE;

  is_srgb = is_identity (transform, pixels->channels);
  if (!is_srgb)
    transform_rows (transform, pixels, cancellable);
  cmsDeleteTransform (transform);

  return is_srgb ? DIO_COLOUR_PROFILE_SRGB : DIO_COLOUR_PROFILE_OTHER;
}
