/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HEIF and AVIF: boxes in boxes. The decoder applies their turns and crops, so
 * the size told here is that of the largest picture in the file, as stored. */

#include "config.h"

#include "dio-image-header-private.h"

#define BOX_IDAT DIO_FOURCC_BE ('i', 'd', 'a', 't')
#define BOX_IPCO DIO_FOURCC_BE ('i', 'p', 'c', 'o')
#define BOX_IPRP DIO_FOURCC_BE ('i', 'p', 'r', 'p')
#define BOX_ISPE DIO_FOURCC_BE ('i', 's', 'p', 'e')
#define BOX_MDAT DIO_FOURCC_BE ('m', 'd', 'a', 't')
#define BOX_META DIO_FOURCC_BE ('m', 'e', 't', 'a')
#define BOX_MOOV DIO_FOURCC_BE ('m', 'o', 'o', 'v')
#define BOX_PIXI DIO_FOURCC_BE ('p', 'i', 'x', 'i')

/* Version and flags. */
#define FULL_BOX_SIZE 4

static DioByteReader
find_box (DioByteReader boxes,
          guint32       wanted)
{
  DioByteReader body;
  guint32 name;

  while (dio_box_next (&boxes, &name, &body))
    if (name == wanted)
      return body;

  boxes.failed = TRUE;

  return boxes;
}

/* In the meta box, behind its version. */
static gboolean
has_box (DioByteReader meta,
         guint32       wanted)
{
  dio_byte_reader_skip (&meta, FULL_BOX_SIZE);

  return !find_box (meta, wanted).failed;
}

static void
read_size (DioByteReader  *ispe,
           DioImageHeader *header)
{
  int width, height;

  dio_byte_reader_skip (ispe, FULL_BOX_SIZE);
  width = dio_image_header_clamp_side (dio_byte_reader_u32 (ispe));
  height = dio_image_header_clamp_side (dio_byte_reader_u32 (ispe));

  if ((gint64) width * height > (gint64) header->width * header->height)
    {
      header->width = width;
      header->height = height;
    }
}

static void
read_bits (DioByteReader  *pixi,
           DioImageHeader *header)
{
  int n_channels;

  dio_byte_reader_skip (pixi, FULL_BOX_SIZE);
  n_channels = dio_byte_reader_u8 (pixi);
  for (int i = 0; i < n_channels && !pixi->failed; i++)
    {
      int bits = dio_byte_reader_u8 (pixi);

      header->bits = MAX (header->bits, bits);
    }
}

static gboolean
read_meta (DioByteReader   meta,
           DioImageHeader *header)
{
  DioByteReader properties, body;
  guint32 name;
  gboolean has_size = FALSE;

  dio_byte_reader_skip (&meta, FULL_BOX_SIZE);
  properties = find_box (find_box (meta, BOX_IPRP), BOX_IPCO);

  while (dio_box_next (&properties, &name, &body))
    {
      if (name == BOX_ISPE)
        {
          read_size (&body, header);
          has_size = !body.failed;
        }
      else if (name == BOX_PIXI)
        read_bits (&body, header);
    }

  return has_size && !properties.failed;
}

/**
 * dio_box_next:
 * @boxes: where a box is read from; is left behind it
 * @name: (out): what it is
 * @body: (out): what is in it
 *
 * Returns: %FALSE at the end of the boxes, or where one does not fit into its
 *   parent
 */
gboolean
dio_box_next (DioByteReader *boxes,
              guint32       *name,
              DioByteReader *body)
{
  guint64 size;
  guint header_size = 8;

  if (boxes->failed || dio_byte_reader_left (boxes) == 0)
    return FALSE;

  size = dio_byte_reader_u32 (boxes);
  *name = dio_byte_reader_u32 (boxes);
  if (size == 1)
    {
      size = dio_byte_reader_u64 (boxes);
      header_size = 16;
    }
  else if (size == 0)
    size = dio_byte_reader_left (boxes) + header_size;

  if (size < header_size)
    boxes->failed = TRUE;
  *body = dio_byte_reader_slice (boxes, size - header_size);

  return !boxes->failed;
}

gboolean
dio_heif_header_read (DioByteReader   file,
                      DioImageHeader *header)
{
  gboolean has_meta = FALSE;
  gboolean has_data = FALSE;
  DioByteReader body;
  guint32 name;

  while (dio_box_next (&file, &name, &body))
    {
      if (name == BOX_META && !has_meta)
        {
          has_meta = read_meta (body, header);
          has_data |= has_box (body, BOX_IDAT);
        }
      else if (name == BOX_MDAT)
        has_data = TRUE;
      else if (name == BOX_MOOV)
        header->animated = TRUE;
    }

  return has_meta && has_data && !file.failed;
}
