/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture file says of itself, read by us before any decoder sees it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The largest file and picture that are decoded: strangers' data is capped
 * before it is unpacked. 150 megapixels are 12247 x 12247. */
#define DIO_IMAGE_MAX_BYTES  (100 * 1024 * 1024)
#define DIO_IMAGE_MAX_PIXELS (150 * 1000 * 1000)
#define DIO_IMAGE_MAX_SIDE   32767

typedef enum
{
  DIO_IMAGE_FORMAT_PNG,
  DIO_IMAGE_FORMAT_JPEG,
  DIO_IMAGE_FORMAT_WEBP,
  DIO_IMAGE_FORMAT_GIF,
  DIO_IMAGE_FORMAT_TIFF,
  DIO_IMAGE_FORMAT_HEIF,
  DIO_IMAGE_FORMAT_AVIF,
  DIO_IMAGE_FORMAT_JXL,
  DIO_IMAGE_FORMAT_SVG,
} DioImageFormat;

/**
 * DioImageHeader:
 * @format: by the bytes, never by the file name
 * @width: as stored, before @orientation; of an SVG, as it is drawn here
 * @height: as stored, before @orientation; of an SVG, as it is drawn here
 * @orientation: EXIF orientation 1 to 8; 1 where none is given
 * @bits: bits in a sample, as stored
 * @animated: more than one frame
 * @cmyk: four inks, not three lights
 */
typedef struct
{
  DioImageFormat format;
  int            width;
  int            height;
  int            orientation;
  int            bits;
  gboolean       animated;
  gboolean       cmyk;
} DioImageHeader;

gboolean    dio_image_header_read          (GBytes          *bytes,
                                            DioImageHeader  *header,
                                            GError         **error);
const char *dio_image_format_get_name      (DioImageFormat   format);
const char *dio_image_format_get_mime_type (DioImageFormat   format);
const char *dio_image_format_get_extension (DioImageFormat   format);

G_END_DECLS
