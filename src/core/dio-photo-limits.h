/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hosted provider takes as a photo: plain data, out of its own table. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioPhotoFormats:
 * @DIO_PHOTO_JPEG: image/jpeg
 * @DIO_PHOTO_PNG: image/png
 * @DIO_PHOTO_WEBP: image/webp
 *
 * At least one of the first two is in every table: those are written.
 */
typedef enum
{
  DIO_PHOTO_JPEG = 1 << 0,
  DIO_PHOTO_PNG  = 1 << 1,
  DIO_PHOTO_WEBP = 1 << 2,
} DioPhotoFormats;

/**
 * DioPhotoLimits:
 * @formats: the kinds of file that are taken
 * @max_bytes: how large the file may be, or 0 for any size
 * @max_base64_bytes: how long its base64 text may be, without what stands before
 *   it in a data URI, or 0 for any length; four letters carry three bytes
 * @min_side: how many pixels each side must have, or 0
 * @max_side: how many pixels no side may exceed, or 0
 * @max_aspect: how many times as long as the shorter side the longer one may
 *   be, 1 or more; or 0
 * @max_pixels: width times height at most, or 0
 *
 * All borders are inside. Sides are those of the upright picture, whichever of
 * them is the width.
 */
typedef struct
{
  DioPhotoFormats formats;
  goffset         max_bytes;
  goffset         max_base64_bytes;
  int             min_side;
  int             max_side;
  double          max_aspect;
  gint64          max_pixels;
} DioPhotoLimits;

G_END_DECLS
