/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture file says of itself, read by us before any decoder sees it. */

#include "config.h"

#include "dio-image-header.h"
#include "dio-image-header-private.h"

#include "dio-error.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *mime_type;
  const char *extension;
  gboolean  (*read)     (DioByteReader   file,
                         DioImageHeader *header);
} Format;

static const Format formats[] = {
  [DIO_IMAGE_FORMAT_PNG]  = { "PNG", "image/png", "png", dio_png_header_read },
  [DIO_IMAGE_FORMAT_JPEG] = { "JPEG", "image/jpeg", "jpg", dio_jpeg_header_read },
  [DIO_IMAGE_FORMAT_WEBP] = { "WebP", "image/webp", "webp", dio_webp_header_read },
  [DIO_IMAGE_FORMAT_GIF]  = { "GIF", "image/gif", "gif", dio_gif_header_read },
  [DIO_IMAGE_FORMAT_TIFF] = { "TIFF", "image/tiff", "tiff", dio_tiff_header_read },
  [DIO_IMAGE_FORMAT_HEIF] = { "HEIF", "image/heic", "heic", dio_heif_header_read },
  [DIO_IMAGE_FORMAT_AVIF] = { "AVIF", "image/avif", "avif", dio_heif_header_read },
  [DIO_IMAGE_FORMAT_JXL]  = { "JPEG XL", "image/jxl", "jxl", dio_jxl_header_read },
  [DIO_IMAGE_FORMAT_SVG]  = { "SVG", "image/svg+xml", "svg", dio_svg_header_read },
};

static gboolean
has_bytes (const DioByteReader *file,
           gsize                offset,
           const char          *wanted,
           gsize                size)
{
  return file->size >= offset + size && memcmp (file->data + offset, wanted, size) == 0;
}

/* By the brands in the first box: the main one, then those it is compatible
 * with. A file of the general brand may hold either kind. */
static gboolean
sniff_boxes (DioByteReader   file,
             DioImageFormat *format)
{
  static const char *const heif_brands[] = { "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" };
  guint32 size = dio_byte_reader_u32 (&file);
  gboolean found = FALSE;

  if (!has_bytes (&file, 4, "ftyp", 4))
    return FALSE;

  for (gsize at = 8; at + 4 <= MIN (size, file.size); at += at == 8 ? 8 : 4)
    {
      if (has_bytes (&file, at, "avif", 4) || has_bytes (&file, at, "avis", 4))
        {
          *format = DIO_IMAGE_FORMAT_AVIF;
          return TRUE;
        }

      for (guint i = 0; i < G_N_ELEMENTS (heif_brands); i++)
        found |= has_bytes (&file, at, heif_brands[i], 4);
    }
  *format = DIO_IMAGE_FORMAT_HEIF;

  return found;
}

static gboolean
sniff (const DioByteReader *file,
       DioImageFormat      *format)
{
  if (has_bytes (file, 0, "\x89PNG\r\n\x1a\n", 8))
    *format = DIO_IMAGE_FORMAT_PNG;
  else if (has_bytes (file, 0, "\xff\xd8\xff", 3))
    *format = DIO_IMAGE_FORMAT_JPEG;
  else if (has_bytes (file, 0, "RIFF", 4) && has_bytes (file, 8, "WEBP", 4))
    *format = DIO_IMAGE_FORMAT_WEBP;
  else if (has_bytes (file, 0, "GIF87a", 6) || has_bytes (file, 0, "GIF89a", 6))
    *format = DIO_IMAGE_FORMAT_GIF;
  else if (has_bytes (file, 0, "II*\0", 4) || has_bytes (file, 0, "MM\0*", 4))
    *format = DIO_IMAGE_FORMAT_TIFF;
  else if (has_bytes (file, 0, "\xff\x0a", 2) || has_bytes (file, 0, "\0\0\0\x0cJXL \r\n\x87\n", 12))
    *format = DIO_IMAGE_FORMAT_JXL;
  else if (dio_svg_sniff (*file))
    *format = DIO_IMAGE_FORMAT_SVG;
  else
    return sniff_boxes (*file, format);

  return TRUE;
}

static gboolean
check_size (const DioImageHeader *header,
            GError              **error)
{
  if (MAX (header->width, header->height) > DIO_IMAGE_MAX_SIDE)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "The picture is %d x %d pixels: no side may be longer than %d",
                   header->width, header->height, DIO_IMAGE_MAX_SIDE);
      return FALSE;
    }

  if ((gint64) header->width * header->height > DIO_IMAGE_MAX_PIXELS)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "The picture is %d x %d pixels: more than %d megapixels",
                   header->width, header->height, DIO_IMAGE_MAX_PIXELS / 1000000);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_contents (const DioByteReader  *file,
                const DioImageHeader *header,
                gboolean              is_whole,
                GError              **error)
{
  if (!is_whole)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The %s file is cut short or damaged",
                   formats[header->format].name);
      return FALSE;
    }

  if (header->format == DIO_IMAGE_FORMAT_SVG && !dio_svg_is_plain (*file))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID,
                           "The SVG file holds pictures of its own, which are not read");
      return FALSE;
    }

  if (header->width == 0 || header->height == 0)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The picture is %d x %d pixels: there is nothing in it",
                   header->width, header->height);
      return FALSE;
    }

  return TRUE;
}

/**
 * dio_image_header_read:
 * @bytes: a file, whole
 * @header: (out caller-allocates): what it says of itself
 * @error: return location for an error, or %NULL
 *
 * Walks the file as far as its structure goes without decoding anything, so
 * that a file which is cut short, or too large once decoded, is refused here.
 *
 * Returns: %FALSE with %DIO_ERROR_INVALID when @bytes are no picture that may
 *   be decoded
 */
gboolean
dio_image_header_read (GBytes          *bytes,
                       DioImageHeader  *header,
                       GError         **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  DioByteReader file = dio_byte_reader_init (data, size, FALSE);
  gboolean is_whole;

  *header = (DioImageHeader) { .orientation = 1, .bits = 8 };

  if (size == 0)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The file is empty");
      return FALSE;
    }

  if (!sniff (&file, &header->format))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The file is not a picture");
      return FALSE;
    }

  /* A size that is refused says more than the damage of a made-up file. */
  is_whole = formats[header->format].read (file, header);

  return check_size (header, error) && check_contents (&file, header, is_whole, error);
}

/**
 * dio_image_format_get_name:
 * @format: a format
 *
 * Returns: its name as its makers write it
 */
const char *
dio_image_format_get_name (DioImageFormat format)
{
  return formats[format].name;
}

/**
 * dio_image_format_get_mime_type:
 * @format: a format
 *
 * Returns: its media type
 */
const char *
dio_image_format_get_mime_type (DioImageFormat format)
{
  return formats[format].mime_type;
}

/**
 * dio_image_format_get_extension:
 * @format: a format
 *
 * Returns: what file names end in, without the dot
 */
const char *
dio_image_format_get_extension (DioImageFormat format)
{
  return formats[format].extension;
}
