/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TIFF: a directory of numbered entries, in either byte order. EXIF blocks are
 * built the same. */

#include "config.h"

#include "dio-image-header-private.h"

enum
{
  TAG_WIDTH       = 256,
  TAG_HEIGHT      = 257,
  TAG_BITS        = 258,
  TAG_PHOTOMETRIC = 262,
  TAG_ORIENTATION = 274,
};

enum
{
  TYPE_BYTE  = 1,
  TYPE_SHORT = 3,
  TYPE_LONG  = 4,
};

#define PHOTOMETRIC_SEPARATED 5

typedef struct
{
  guint16       tag;
  guint16       type;
  guint32       count;
  DioByteReader field; /* the value, or where it is */
} Entry;

/* Leaves the reader at the first entry. */
static guint
open_directory (DioByteReader *tiff)
{
  guint16 order = dio_byte_reader_u16 (tiff);

  if (order != 0x4949 && order != 0x4d4d)
    tiff->failed = TRUE;
  tiff->little_endian = order == 0x4949;
  if (dio_byte_reader_u16 (tiff) != 42)
    tiff->failed = TRUE;
  dio_byte_reader_seek (tiff, dio_byte_reader_u32 (tiff));

  return dio_byte_reader_u16 (tiff);
}

static Entry
read_entry (DioByteReader *tiff)
{
  Entry entry;

  entry.tag = dio_byte_reader_u16 (tiff);
  entry.type = dio_byte_reader_u16 (tiff);
  entry.count = dio_byte_reader_u32 (tiff);
  entry.field = dio_byte_reader_slice (tiff, 4);

  return entry;
}

/* The first of the entry's numbers, 0 where there is none. */
static guint32
get_number (const Entry         *entry,
            const DioByteReader *tiff)
{
  DioByteReader value = entry->field;

  if (entry->count == 0)
    return 0;

  /* Only sizes of bits are given more than once: three shorts do not fit. */
  if (entry->type == TYPE_SHORT && entry->count > 2)
    {
      guint32 offset = dio_byte_reader_u32 (&value);

      value = *tiff;
      dio_byte_reader_seek (&value, offset);
    }

  switch (entry->type)
    {
    case TYPE_BYTE:
      return dio_byte_reader_u8 (&value);
    case TYPE_SHORT:
      return dio_byte_reader_u16 (&value);
    case TYPE_LONG:
      return dio_byte_reader_u32 (&value);
    default:
      return 0;
    }
}

static int
check_orientation (guint32 orientation)
{
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/**
 * dio_tiff_read_orientation:
 * @tiff: an EXIF block, from its byte order mark
 *
 * Returns: 1 to 8; 1 also where the block is damaged or says nothing
 */
int
dio_tiff_read_orientation (DioByteReader tiff)
{
  guint n_entries = open_directory (&tiff);

  for (guint i = 0; i < n_entries && !tiff.failed; i++)
    {
      Entry entry = read_entry (&tiff);

      if (entry.tag == TAG_ORIENTATION)
        return check_orientation (get_number (&entry, &tiff));
    }

  return 1;
}

/**
 * dio_tiff_has_metadata:
 * @tiff: a TIFF whose header could be read
 *
 * Returns: whether it tells where, when, by whom or with what it was made
 */
gboolean
dio_tiff_has_metadata (DioByteReader tiff)
{
  /* Texts from the description to the name of the computer; XMP, IPTC, the
   * resources of an editor, Exif and GPS. */
  static const guint16 tags[] = { 269, 270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34377, 34665, 34853 };
  guint n_entries = open_directory (&tiff);

  for (guint i = 0; i < n_entries && !tiff.failed; i++)
    {
      Entry entry = read_entry (&tiff);

      for (guint k = 0; k < G_N_ELEMENTS (tags); k++)
        if (entry.tag == tags[k])
          return TRUE;
    }

  return FALSE;
}

gboolean
dio_tiff_header_read (DioByteReader   file,
                      DioImageHeader *header)
{
  guint n_entries = open_directory (&file);

  /* A picture without the entry has one bit. */
  header->bits = 1;

  for (guint i = 0; i < n_entries && !file.failed; i++)
    {
      Entry entry = read_entry (&file);
      guint32 number = get_number (&entry, &file);

      if (entry.tag == TAG_WIDTH)
        header->width = dio_image_header_clamp_side (number);
      else if (entry.tag == TAG_HEIGHT)
        header->height = dio_image_header_clamp_side (number);
      else if (entry.tag == TAG_BITS)
        header->bits = MIN (number, 64);
      else if (entry.tag == TAG_PHOTOMETRIC)
        header->cmyk = number == PHOTOMETRIC_SEPARATED;
      else if (entry.tag == TAG_ORIENTATION)
        header->orientation = check_orientation (number);
    }

  /* Where the next directory would be. */
  dio_byte_reader_skip (&file, 4);

  return !file.failed;
}
