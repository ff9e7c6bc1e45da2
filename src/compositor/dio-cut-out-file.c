/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cut-outs as bytes. Most of a cut-out is empty or opaque, so pixels are stored
 * as runs of one kind: empty ones take no room, opaque ones no alpha. In the
 * byte order of the machine: these files never leave it. */

#include "config.h"

#include <string.h>

#include "dio-cut-out-file.h"
#include "dio-cut-out-private.h"
#include "dio-error.h"

#define MAGIC 0x317475436f6944f7u

/* Larger cut-outs are never made: nothing is allocated for a header that says so. */
#define MAX_SIDE 8192
#define MAX_PIXELS (4096 * 4096)

typedef struct
{
  guint64 magic;
  guint64 checksum; /* of everything behind it */
  guint64 size;     /* of the whole file */
  gint32  width;
  gint32  height;
  gint32  x;
  gint32  y;
  gint32  box_width;
  gint32  box_height;
  guint32 flag;
  guint32 has_backdrop;
  float   backdrop[3];
  guint32 unused;
} Header;

/* A run is a 32 bit number, kind above and count below, and then its pixels. */
typedef enum
{
  RUN_EMPTY,
  RUN_OPAQUE,
  RUN_MIXED,
} RunKind;

#define KIND_SHIFT 30
#define COUNT_MASK ((1u << KIND_SHIFT) - 1)

static const guint8 bytes_per_pixel[] = { 0, 3, 4 };

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} Reader;

/* Finds damage, not malice: eight bytes at a time, so that it costs little. */
static guint64
sum_bytes (const guint8 *data,
           gsize         size)
{
  guint64 sum = size;

  for (; size >= 8; data += 8, size -= 8)
    {
      guint64 word;

      memcpy (&word, data, 8);
      sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
      sum ^= sum >> 29;
    }
  for (; size > 0; data++, size--)
    sum = (sum ^ *data) * 0x9e3779b97f4a7c15u;

  return sum ^ (sum >> 32);
}

static guint64
sum_file (const guint8 *data,
          gsize         size)
{
  gsize skip = G_STRUCT_OFFSET (Header, size);

  return sum_bytes (data + skip, size - skip);
}

static inline RunKind
find_kind (const guint8 *pixel)
{
  if (pixel[3] == 255)
    return RUN_OPAQUE;

  return (pixel[0] | pixel[1] | pixel[2] | pixel[3]) == 0 ? RUN_EMPTY : RUN_MIXED;
}

static void
pack_run (GByteArray   *bytes,
          RunKind       kind,
          const guint8 *pixels,
          guint32       count)
{
  guint32 word = (guint32) kind << KIND_SHIFT | count;
  guint start = bytes->len + sizeof word;
  guint8 *to;

  g_byte_array_append (bytes, (const guint8 *) &word, sizeof word);
  g_byte_array_set_size (bytes, start + count * bytes_per_pixel[kind]);
  to = bytes->data + start;

  for (guint32 i = 0; kind == RUN_OPAQUE && i < count; i++)
    memcpy (to + i * 3, pixels + i * 4, 3);
  if (kind == RUN_MIXED)
    memcpy (to, pixels, (gsize) count * 4);
}

static void
pack_row (GByteArray   *bytes,
          const guint8 *row,
          int           width)
{
  int first = 0;

  while (first < width)
    {
      RunKind kind = find_kind (row + first * 4);
      int last = first + 1;

      while (last < width && find_kind (row + last * 4) == kind)
        last++;
      pack_run (bytes, kind, row + first * 4, last - first);
      first = last;
    }
}

static gboolean
unpack_row (Reader *reader,
            guint8 *row,
            int     width)
{
  int done = 0;

  while (done < width)
    {
      guint32 word, kind, count;

      if (reader->end - reader->at < (gssize) sizeof word)
        return FALSE;
      memcpy (&word, reader->at, sizeof word);
      reader->at += sizeof word;
      kind = word >> KIND_SHIFT;
      count = word & COUNT_MASK;

      if (kind > RUN_MIXED || count == 0 || count > (guint32) (width - done)
          || (gsize) (reader->end - reader->at) < (gsize) count * bytes_per_pixel[kind])
        return FALSE;

      if (kind == RUN_EMPTY)
        memset (row + done * 4, 0, count * 4);
      else if (kind == RUN_MIXED)
        memcpy (row + done * 4, reader->at, count * 4);
      for (guint32 i = 0; kind == RUN_OPAQUE && i < count; i++)
        {
          memcpy (row + (done + i) * 4, reader->at + i * 3, 3);
          row[(done + i) * 4 + 3] = 255;
        }

      reader->at += (gsize) count * bytes_per_pixel[kind];
      done += count;
    }

  return TRUE;
}

static gboolean
is_inside (gint32 at,
           gint32 size,
           gint32 whole)
{
  return at >= 0 && size > 0 && at < whole && size <= whole - at;
}

static gboolean
check_header (const Header *header,
              const guint8 *data,
              gsize         size)
{
  return header->magic == MAGIC
         && header->size == size
         && header->checksum == sum_file (data, size)
         && header->width > 0 && header->width <= MAX_SIDE
         && header->height > 0 && header->height <= MAX_SIDE
         && header->width * (gint64) header->height <= MAX_PIXELS
         && is_inside (header->x, header->box_width, header->width)
         && is_inside (header->y, header->box_height, header->height)
         && header->flag <= DIO_CUT_OUT_OWN_ALPHA;
}

/**
 * dio_cut_out_pack:
 * @self: a cut-out
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL when it is too large
 */
GBytes *
dio_cut_out_pack (const DioCutOut *self)
{
  const DioPixels *rgba = self->rgba;
  g_autoptr(GByteArray) bytes = NULL;
  Header header = {
    .magic = MAGIC,
    .width = rgba->width,
    .height = rgba->height,
    .x = self->x,
    .y = self->y,
    .box_width = self->box_width,
    .box_height = self->box_height,
    .flag = self->flag,
    .has_backdrop = self->has_backdrop,
    .backdrop = { self->backdrop[0], self->backdrop[1], self->backdrop[2] },
  };

  if (rgba->width > MAX_SIDE || rgba->height > MAX_SIDE || rgba->width * (gint64) rgba->height > MAX_PIXELS)
    return NULL;

  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  for (int y = 0; y < rgba->height; y++)
    pack_row (bytes, dio_pixels_row (rgba, y), rgba->width);

  header.size = bytes->len;
  memcpy (bytes->data, &header, sizeof header);
  header.checksum = sum_file (bytes->data, bytes->len);
  memcpy (bytes->data, &header, sizeof header);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * dio_cut_out_unpack:
 * @data: (array length=size): what dio_cut_out_pack() made, or anything else
 * @size: in bytes
 * @error: set when @data is damaged or is something else
 *
 * Returns: (transfer full): the cut-out
 */
DioCutOut *
dio_cut_out_unpack (const guint8  *data,
                    gsize          size,
                    GError       **error)
{
  g_autoptr(DioCutOut) self = NULL;
  Reader reader = { data, data + size };
  gboolean whole = TRUE;
  Header header;

  if (size >= sizeof header)
    memcpy (&header, data, sizeof header);
  if (size < sizeof header || !check_header (&header, data, size))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_STORAGE, "Not a stored cut-out, or a damaged one");
      return NULL;
    }

  self = dio_cut_out_alloc ();
  self->rgba = dio_pixels_new (header.width, header.height, 4);
  self->flag = header.flag;
  self->x = header.x;
  self->y = header.y;
  self->box_width = header.box_width;
  self->box_height = header.box_height;
  self->has_backdrop = header.has_backdrop != 0;
  memcpy (self->backdrop, header.backdrop, sizeof self->backdrop);

  reader.at += sizeof header;
  for (int y = 0; whole && y < header.height; y++)
    whole = unpack_row (&reader, dio_pixels_row (self->rgba, y), header.width);

  if (!whole || reader.at != reader.end)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_STORAGE, "A stored cut-out has too few or too many pixels");
      return NULL;
    }

  return g_steal_pointer (&self);
}
