/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a picture's own colours to sRGB. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

/**
 * DioColourProfileKind:
 * @DIO_COLOUR_PROFILE_UNUSABLE: damaged, or not for red, green and blue
 * @DIO_COLOUR_PROFILE_SRGB: sRGB, under whatever name
 * @DIO_COLOUR_PROFILE_OTHER: other colours
 */
typedef enum
{
  DIO_COLOUR_PROFILE_UNUSABLE,
  DIO_COLOUR_PROFILE_SRGB,
  DIO_COLOUR_PROFILE_OTHER,
} DioColourProfileKind;

DioColourProfileKind dio_colour_profile_judge (const guint8 *profile,
                                               gsize         size);
DioColourProfileKind dio_colour_profile_apply (const guint8 *profile,
                                               gsize         size,
                                               DioPixels    *pixels,
                                               GCancellable *cancellable);

G_END_DECLS
