/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts metadata into a picture's file. The picture itself is neither decoded nor
 * copied: what comes out are pieces of the file with new ones between them. */

#include "config.h"

#include "dio-picture-inscribe-private.h"

#include "dio-byte-reader-private.h"
#include "dio-error.h"
#include "dio-image-header-private.h"
#include "dio-png-chunk-private.h"
#include "dio-xmp-private.h"

#include <string.h>

#define PNG_SIGNATURE_SIZE 8
#define PNG_CHECKSUM_SIZE  4
#define PNG_IDAT DIO_FOURCC_BE ('I', 'D', 'A', 'T')
#define PNG_IEND DIO_FOURCC_BE ('I', 'E', 'N', 'D')
#define PNG_ITXT DIO_FOURCC_BE ('i', 'T', 'X', 't')
#define PNG_TEXT DIO_FOURCC_BE ('t', 'E', 'X', 't')
#define PNG_ZTXT DIO_FOURCC_BE ('z', 'T', 'X', 't')

#define PNG_KEY_SOFTWARE    "Software"
#define PNG_KEY_DESCRIPTION "Description"
#define PNG_KEY_COMMENT     "Comment"
#define OUR_COMMENT         PNG_KEY_COMMENT "\0" DIO_INSCRIBE_COMMENT_START

#define JPEG_APP0 0xe0
#define JPEG_APP1 0xe1
#define JPEG_SOS  0xda
/* What a segment can hold beside its length. */
#define JPEG_MAX_SEGMENT 65533

#define WEBP_HEAD_SIZE   12
#define WEBP_CANVAS_SIZE 10
#define WEBP_FLAG_XMP    0x04
#define WEBP_FLAG_ALPHA  0x10
#define WEBP_VP8L DIO_FOURCC_LE ('V', 'P', '8', 'L')
#define WEBP_VP8X DIO_FOURCC_LE ('V', 'P', '8', 'X')
#define WEBP_XMP  DIO_FOURCC_LE ('X', 'M', 'P', ' ')

static const char jpeg_extension[] = "http://ns.adobe.com/xmp/extension/";

typedef struct
{
  GBytes                 *file;   /* (borrowed) */
  DioByteReader           reader;
  GPtrArray              *pieces; /* (borrowed) (element-type GBytes) */
  const char             *packet; /* (borrowed) */
  const DioInscribeTexts *texts;  /* (borrowed) (nullable) */
} Inscription;

static void
keep (Inscription *self,
      gsize        start,
      gsize        end)
{
  if (end > start)
    g_ptr_array_add (self->pieces, g_bytes_new_from_bytes (self->file, start, end - start));
}

static void
add (Inscription *self,
     GByteArray  *bytes)
{
  g_ptr_array_add (self->pieces, g_byte_array_free_to_bytes (bytes));
}

static gboolean
begins_with (const DioByteReader *block,
             const char          *name,
             gsize                size)
{
  return block->size >= size && memcmp (block->data, name, size) == 0;
}

/* PNG: before the picture, where every reader looks. */

static void
append_png_text (GByteArray *chunks,
                 const char *key,
                 const char *value)
{
  if (value != NULL && *value != '\0')
    dio_png_append_plain_text (chunks, key, value);
}

static void
add_png_texts (Inscription *self)
{
  GByteArray *chunks = g_byte_array_new ();

  if (self->texts != NULL)
    {
      append_png_text (chunks, PNG_KEY_SOFTWARE, self->texts->software);
      append_png_text (chunks, PNG_KEY_DESCRIPTION, self->texts->description);
      append_png_text (chunks, PNG_KEY_COMMENT, self->texts->comment);
    }
  dio_png_append_text (chunks, DIO_XMP_PNG_KEY, self->packet);
  add (self, chunks);
}

/* What comes anew goes where it was; other people's comments stay. */
static gboolean
is_old_png_text (Inscription         *self,
                 guint32              name,
                 const DioByteReader *chunk)
{
  if (name != PNG_ITXT && name != PNG_TEXT && name != PNG_ZTXT)
    return FALSE;

  if (begins_with (chunk, DIO_XMP_PNG_KEY, sizeof DIO_XMP_PNG_KEY))
    return TRUE;

  return self->texts != NULL && (begins_with (chunk, PNG_KEY_SOFTWARE, sizeof PNG_KEY_SOFTWARE) ||
                                 begins_with (chunk, PNG_KEY_DESCRIPTION, sizeof PNG_KEY_DESCRIPTION) ||
                                 begins_with (chunk, OUR_COMMENT, sizeof OUR_COMMENT - 1));
}

static gboolean
inscribe_png (Inscription *self)
{
  DioByteReader *file = &self->reader;
  gsize kept = 0;
  gboolean is_done = FALSE;
  guint32 name = 0;

  dio_byte_reader_skip (file, PNG_SIGNATURE_SIZE);

  while (name != PNG_IEND)
    {
      gsize start = file->position;
      guint32 length = dio_byte_reader_u32 (file);
      DioByteReader chunk;

      name = dio_byte_reader_u32 (file);
      chunk = dio_byte_reader_slice (file, length);
      dio_byte_reader_skip (file, PNG_CHECKSUM_SIZE);
      if (file->failed)
        return FALSE;

      if (name == PNG_IDAT && !is_done)
        {
          keep (self, kept, start);
          add_png_texts (self);
          kept = start;
          is_done = TRUE;
        }
      else if (is_old_png_text (self, name, &chunk))
        {
          keep (self, kept, start);
          kept = file->position;
        }
    }
  keep (self, kept, file->size);

  return is_done;
}

/* JPEG: behind what has to come first. */

static void
add_jpeg_packet (Inscription *self)
{
  GByteArray *segment = g_byte_array_new ();
  gsize size = sizeof DIO_XMP_JPEG_KEY + strlen (self->packet);
  const guint8 head[] = { 0xff, JPEG_APP1, (size + 2) >> 8, (size + 2) & 255 };

  g_byte_array_append (segment, head, sizeof head);
  g_byte_array_append (segment, (const guint8 *) DIO_XMP_JPEG_KEY, sizeof DIO_XMP_JPEG_KEY);
  g_byte_array_append (segment, (const guint8 *) self->packet, strlen (self->packet));
  add (self, segment);
}

static gboolean
is_jpeg_packet (int                  marker,
                const DioByteReader *segment)
{
  return marker == JPEG_APP1 && (begins_with (segment, DIO_XMP_JPEG_KEY, sizeof DIO_XMP_JPEG_KEY) ||
                                 begins_with (segment, jpeg_extension, sizeof jpeg_extension));
}

static gboolean
inscribe_jpeg (Inscription *self)
{
  DioByteReader *file = &self->reader;
  gboolean is_done = FALSE;
  gsize kept = 0;
  int marker = 0;

  dio_byte_reader_skip (file, 2);

  while (marker != JPEG_SOS)
    {
      gsize start = file->position;
      guint length;
      DioByteReader segment;

      marker = dio_jpeg_find_marker (file);
      if (marker == 0 || !dio_jpeg_has_segment (marker))
        return FALSE;

      length = dio_byte_reader_u16 (file);
      segment = dio_byte_reader_slice (file, length - 2);
      if (file->failed)
        return FALSE;

      if (!is_done && marker != JPEG_APP0 && !(marker == JPEG_APP1 && begins_with (&segment, "Exif", 5)))
        {
          keep (self, kept, start);
          add_jpeg_packet (self);
          kept = start;
          is_done = TRUE;
        }
      if (is_jpeg_packet (marker, &segment))
        {
          keep (self, kept, start);
          kept = file->position;
        }
    }
  keep (self, kept, file->size);

  return is_done;
}

/* WebP: at its end, which its first chunk tells of. */

static void
append_u32_le (GByteArray *bytes,
               guint32     value)
{
  guint32 ordered = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &ordered, 4);
}

static void
append_u24_le (GByteArray *bytes,
               guint32     value)
{
  guint32 ordered = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &ordered, 3);
}

static GByteArray *
make_webp_packet (const char *packet)
{
  GByteArray *chunk = g_byte_array_new ();
  gsize size = strlen (packet);

  append_u32_le (chunk, WEBP_XMP);
  append_u32_le (chunk, size);
  g_byte_array_append (chunk, (const guint8 *) packet, size);
  g_byte_array_append (chunk, (const guint8 *) "", size % 2);

  return chunk;
}

/* Lossless data says itself whether some of it is transparent. */
static guint8
get_alpha_flag (guint32              name,
                const DioByteReader *chunk)
{
  return name == WEBP_VP8L && chunk->size >= 5 && (chunk->data[4] & 0x10) != 0 ? WEBP_FLAG_ALPHA : 0;
}

/* Returns: (transfer full): the chunk that a file with more than a picture begins
 * with; what an old one said is kept */
static GByteArray *
make_canvas (guint32               name,
             const DioByteReader  *chunk,
             const DioImageHeader *header)
{
  GByteArray *canvas = g_byte_array_new ();
  guint8 flags[4] = { WEBP_FLAG_XMP };

  append_u32_le (canvas, WEBP_VP8X);
  append_u32_le (canvas, WEBP_CANVAS_SIZE);
  if (name == WEBP_VP8X)
    {
      g_byte_array_append (canvas, chunk->data, WEBP_CANVAS_SIZE);
      canvas->data[8] |= WEBP_FLAG_XMP;
      return canvas;
    }

  flags[0] |= get_alpha_flag (name, chunk);
  g_byte_array_append (canvas, flags, sizeof flags);
  append_u24_le (canvas, header->width - 1);
  append_u24_le (canvas, header->height - 1);

  return canvas;
}

static void
add_webp_head (Inscription *self)
{
  GByteArray *head = g_byte_array_new ();
  gsize size = WEBP_HEAD_SIZE - 8;

  for (guint i = 0; i < self->pieces->len; i++)
    size += g_bytes_get_size (g_ptr_array_index (self->pieces, i));

  g_byte_array_append (head, (const guint8 *) "RIFF", 4);
  append_u32_le (head, size);
  g_byte_array_append (head, (const guint8 *) "WEBP", 4);
  g_ptr_array_insert (self->pieces, 0, g_byte_array_free_to_bytes (head));
}

/* Copies a chunk as it is, with the padding that the last one often lacks. */
static void
keep_webp_chunk (Inscription *self,
                 gsize        start,
                 gsize        end)
{
  keep (self, start, end);
  if ((end - start) % 2 == 1)
    g_ptr_array_add (self->pieces, g_bytes_new_static ("", 1));
}

static gboolean
inscribe_webp (Inscription          *self,
               const DioImageHeader *header)
{
  DioByteReader *file = &self->reader;
  DioByteReader chunks;
  gboolean is_first = TRUE;

  file->little_endian = TRUE;
  dio_byte_reader_skip (file, 4);
  chunks = dio_byte_reader_slice (file, dio_byte_reader_u32 (file));
  dio_byte_reader_skip (&chunks, 4);

  while (!chunks.failed && dio_byte_reader_left (&chunks) > 0)
    {
      gsize start = chunks.position + 8;
      guint32 name = dio_byte_reader_u32 (&chunks);
      guint32 length = dio_byte_reader_u32 (&chunks);
      DioByteReader chunk = dio_byte_reader_slice (&chunks, length);

      if (length % 2 == 1 && dio_byte_reader_left (&chunks) > 0)
        dio_byte_reader_skip (&chunks, 1);
      if (chunks.failed || (name == WEBP_VP8X && length != WEBP_CANVAS_SIZE))
        return FALSE;

      if (is_first)
        add (self, make_canvas (name, &chunk, header));
      if (name != WEBP_VP8X && name != WEBP_XMP)
        keep_webp_chunk (self, start, chunks.position + 8);
      is_first = FALSE;
    }
  add (self, make_webp_packet (self->packet));
  add_webp_head (self);

  return !chunks.failed && !is_first;
}

static gboolean
inscribe (Inscription          *self,
          const DioImageHeader *header)
{
  if (header->format == DIO_IMAGE_FORMAT_PNG)
    return inscribe_png (self);
  if (header->format == DIO_IMAGE_FORMAT_JPEG)
    return inscribe_jpeg (self);

  return inscribe_webp (self, header);
}

/**
 * dio_picture_inscribe_get_room:
 * @format: of a file
 *
 * Returns: how many bytes a packet in it may have, 0 where there is no place for one
 */
gsize
dio_picture_inscribe_get_room (DioImageFormat format)
{
  if (format == DIO_IMAGE_FORMAT_JPEG)
    return JPEG_MAX_SEGMENT - sizeof DIO_XMP_JPEG_KEY;

  return format == DIO_IMAGE_FORMAT_PNG || format == DIO_IMAGE_FORMAT_WEBP ? DIO_INSCRIBE_MAX_SIZE : 0;
}

/**
 * dio_picture_inscribe:
 * @file: a PNG, JPEG or WebP
 * @packet: an XMP packet that there is room for; one that is there already goes
 * @texts: (nullable): for a PNG; those that are there already go
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full) (element-type GBytes) (nullable): the pieces of the new
 *   file, in order; those of the picture lie in @file
 */
GPtrArray *
dio_picture_inscribe (GBytes                  *file,
                      const char              *packet,
                      const DioInscribeTexts  *texts,
                      GError                 **error)
{
  g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Inscription self = { .file = file, .pieces = pieces, .packet = packet, .texts = texts };
  DioImageHeader header;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (!dio_image_header_read (file, &header, error))
    return NULL;

  self.reader = dio_byte_reader_init (data, size, FALSE);
  if (strlen (packet) > dio_picture_inscribe_get_room (header.format) || !inscribe (&self, &header))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "There is no place for metadata in this %s file",
                   dio_image_format_get_name (header.format));
      return NULL;
    }

  return g_steal_pointer (&pieces);
}
