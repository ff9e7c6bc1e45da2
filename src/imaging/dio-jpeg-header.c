/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG: segments, each behind a marker, to the marker of the end. The whole
 * file is walked, since the decoder does not tell when its end is missing. */

#include "config.h"

#include "dio-image-header-private.h"

#include <string.h>

enum
{
  MARKER_TEM  = 0x01,
  MARKER_SOF0 = 0xc0,
  MARKER_DHT  = 0xc4,
  MARKER_JPG  = 0xc8,
  MARKER_DAC  = 0xcc,
  MARKER_SOF15 = 0xcf,
  MARKER_RST0 = 0xd0,
  MARKER_SOI  = 0xd8,
  MARKER_EOI  = 0xd9,
  MARKER_SOS  = 0xda,
  MARKER_APP1 = 0xe1,
};

static gboolean
is_frame (int marker)
{
  return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT &&
         marker != MARKER_JPG && marker != MARKER_DAC;
}

static void
read_frame (DioByteReader  *segment,
            DioImageHeader *header)
{
  header->bits = dio_byte_reader_u8 (segment);
  header->height = dio_byte_reader_u16 (segment);
  header->width = dio_byte_reader_u16 (segment);
  header->cmyk = dio_byte_reader_u8 (segment) == 4;
}

static void
read_exif (DioByteReader  *segment,
           DioImageHeader *header)
{
  const guint8 *name = dio_byte_reader_take (segment, 6);

  if (name != NULL && memcmp (name, "Exif\0", 6) == 0)
    header->orientation = dio_tiff_read_orientation (dio_byte_reader_slice (segment, dio_byte_reader_left (segment)));
}

/**
 * dio_jpeg_find_marker:
 * @file: where a marker is looked for; is left behind it
 *
 * Steps over what is no marker: picture data, or garbage between segments.
 *
 * Returns: the marker, or 0 at the end of the file
 */
int
dio_jpeg_find_marker (DioByteReader *file)
{
  while (!file->failed && dio_byte_reader_left (file) > 0)
    {
      const guint8 *start = file->data + file->position;
      const guint8 *found = memchr (start, 0xff, dio_byte_reader_left (file));
      int marker;

      if (found == NULL)
        break;

      dio_byte_reader_skip (file, found - start + 1);
      do
        marker = dio_byte_reader_u8 (file);
      while (marker == 0xff);

      /* A zero marks a 0xff that is data. */
      if (marker != 0)
        return marker;
    }

  return 0;
}

/**
 * dio_jpeg_has_segment:
 * @marker: a marker
 *
 * Returns: whether a length and a segment follow it
 */
gboolean
dio_jpeg_has_segment (int marker)
{
  return marker != MARKER_TEM && (marker < MARKER_RST0 || marker > MARKER_EOI);
}

gboolean
dio_jpeg_header_read (DioByteReader   file,
                      DioImageHeader *header)
{
  gboolean has_frame = FALSE;
  gboolean has_scan = FALSE;
  int marker;

  dio_byte_reader_skip (&file, 2);

  while ((marker = dio_jpeg_find_marker (&file)) != 0 && marker != MARKER_EOI)
    {
      guint16 length;
      DioByteReader segment;

      if (!dio_jpeg_has_segment (marker))
        continue;

      length = dio_byte_reader_u16 (&file);
      if (length < 2)
        return FALSE;
      segment = dio_byte_reader_slice (&file, length - 2);

      if (is_frame (marker) && !has_frame)
        {
          read_frame (&segment, header);
          has_frame = TRUE;
        }
      else if (marker == MARKER_APP1 && !has_frame && header->orientation == 1)
        read_exif (&segment, header);
      else if (marker == MARKER_SOS)
        has_scan = TRUE;

      /* An Exif block that is too short for its name is nobody's fault. */
      if (file.failed || (is_frame (marker) && segment.failed))
        return FALSE;
    }

  return marker == MARKER_EOI && has_frame && has_scan;
}
