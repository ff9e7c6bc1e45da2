/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a JPEG beside the picture. Cameras also hide whole pictures behind
 * the end of the first one. */

#include "config.h"

#include "dio-metadata-private.h"

#include "dio-image-header-private.h"

#include <string.h>

enum
{
  MARKER_SOF0  = 0xc0,
  MARKER_SOF15 = 0xcf,
  MARKER_RST0  = 0xd0,
  MARKER_RST7  = 0xd7,
  MARKER_EOI   = 0xd9,
  MARKER_SOS   = 0xda,
  MARKER_EXP   = 0xdf,
  MARKER_APP0  = 0xe0,
  MARKER_APP2  = 0xe2,
  MARKER_APP14 = 0xee,
};

/* As long as they are without a small picture, and without anything more. */
#define JFIF_SIZE  14
#define ADOBE_SIZE 12

/* A name, and the number of the piece and of all pieces. */
#define PROFILE_HEAD_SIZE 14

static gboolean
has_name (DioByteReader segment,
          const char   *name,
          gsize         size)
{
  return segment.size >= size && memcmp (segment.data, name, size) == 0;
}

/* Tables, frames and scans: what the picture is decoded from. */
static gboolean
is_picture (int marker)
{
  return (marker >= MARKER_SOF0 && marker <= MARKER_SOF15) || (marker >= MARKER_SOS && marker <= MARKER_EXP);
}

static void
keep_segment (DioMetadata  *metadata,
              int           marker,
              const guint8 *data,
              guint         size)
{
  const guint8 head[] = { 0xff, marker, (size + 2) >> 8, (size + 2) & 255 };

  dio_metadata_keep (metadata, head, sizeof head);
  dio_metadata_keep (metadata, data, size);
}

static void
keep_jfif (DioMetadata   *metadata,
           DioByteReader  segment)
{
  guint8 jfif[JFIF_SIZE];

  memcpy (jfif, segment.data, sizeof jfif);
  metadata->found |= segment.size > sizeof jfif;

  /* The size of the small picture. */
  jfif[12] = jfif[13] = 0;
  keep_segment (metadata, MARKER_APP0, jfif, sizeof jfif);
}

static void
walk_segment (DioMetadata   *metadata,
              int            marker,
              DioByteReader  segment)
{
  if (is_picture (marker))
    keep_segment (metadata, marker, segment.data, segment.size);
  else if (marker == MARKER_APP0 && segment.size >= JFIF_SIZE && has_name (segment, "JFIF", 5))
    keep_jfif (metadata, segment);
  else if (marker == MARKER_APP14 && segment.size >= ADOBE_SIZE && has_name (segment, "Adobe", 5))
    {
      /* Says how the colours are stored. */
      metadata->found |= segment.size > ADOBE_SIZE;
      keep_segment (metadata, marker, segment.data, ADOBE_SIZE);
    }
  else if (marker == MARKER_APP2 && segment.size >= PROFILE_HEAD_SIZE && has_name (segment, "ICC_PROFILE", 12))
    g_byte_array_append (metadata->profile, segment.data + PROFILE_HEAD_SIZE, segment.size - PROFILE_HEAD_SIZE);
  else
    metadata->found = TRUE;
}

/**
 * dio_jpeg_metadata_walk:
 * @file: a JPEG whose header could be read
 * @metadata: gathers what is in it
 */
void
dio_jpeg_metadata_walk (DioByteReader  file,
                        DioMetadata   *metadata)
{
  gboolean is_in_scan = FALSE;
  int marker;

  dio_metadata_keep (metadata, dio_byte_reader_take (&file, 2), 2);

  do
    {
      gsize before = file.position;
      gsize n_between;

      marker = dio_jpeg_find_marker (&file);
      if (marker == 0)
        return;
      n_between = file.position - 2 - before;

      if (is_in_scan)
        dio_metadata_keep (metadata, file.data + before, n_between);
      else
        metadata->found |= n_between > 0;

      if (is_in_scan && marker >= MARKER_RST0 && marker <= MARKER_RST7)
        dio_metadata_keep (metadata, file.data + file.position - 2, 2);
      else if (dio_jpeg_has_segment (marker))
        {
          guint length = dio_byte_reader_u16 (&file);

          walk_segment (metadata, marker, dio_byte_reader_slice (&file, length - 2));
          is_in_scan = marker == MARKER_SOS;
        }
    }
  while (marker != MARKER_EOI);

  dio_metadata_keep (metadata, (const guint8 *) "\xff\xd9", 2);
  metadata->found |= dio_byte_reader_left (&file) > 0;
}
