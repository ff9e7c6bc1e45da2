/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door through which picture bytes become pixels. */

#pragma once

#include "dio-image-header.h"
#include "dio-pixels.h"

G_BEGIN_DECLS

/**
 * DioDecodeNotes:
 * @DIO_DECODE_FIRST_FRAME: an animation; only its first frame is used
 * @DIO_DECODE_CMYK: made for print; colours are approximate
 * @DIO_DECODE_REDUCED_DEPTH: more than 8 bits a sample, reduced to 8
 * @DIO_DECODE_PROFILE_IGNORED: its colour profile could not be used
 * @DIO_DECODE_PROFILE_APPLIED: its colours were others than sRGB
 *
 * What became of a picture on the way to its pixels.
 */
typedef enum
{
  DIO_DECODE_FIRST_FRAME     = 1 << 0,
  DIO_DECODE_CMYK            = 1 << 1,
  DIO_DECODE_REDUCED_DEPTH   = 1 << 2,
  DIO_DECODE_PROFILE_IGNORED = 1 << 3,
  DIO_DECODE_PROFILE_APPLIED = 1 << 4,
} DioDecodeNotes;

GBytes    *dio_image_read_file (GFile           *file,
                                GCancellable    *cancellable,
                                GError         **error);
DioPixels *dio_image_decode    (GBytes          *bytes,
                                int              min_side,
                                DioDecodeNotes  *notes,
                                GCancellable    *cancellable,
                                GError         **error);
gsize      dio_image_estimate_memory (const DioImageHeader *header,
                                      int                   min_side);

G_END_DECLS
