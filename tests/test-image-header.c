/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of every kind of file, built here byte by byte; whole, cut short at
 * every byte, and lying. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-header.h"

#include <string.h>

/* Appends the bytes of a string literal, without its terminator. */
#define ADD(array, literal) g_byte_array_append (array, (const guint8 *) literal, sizeof literal - 1)

static void
add_number (GByteArray *array,
            guint32     value,
            int         n_bytes,
            gboolean    little_endian)
{
  for (int i = 0; i < n_bytes; i++)
    {
      int shift = 8 * (little_endian ? i : n_bytes - 1 - i);
      guint8 byte = value >> shift & 0xff;

      g_byte_array_append (array, &byte, 1);
    }
}

static void
add_be (GByteArray *array,
        guint32     value,
        int         n_bytes)
{
  add_number (array, value, n_bytes, FALSE);
}

static void
add_le (GByteArray *array,
        guint32     value,
        int         n_bytes)
{
  add_number (array, value, n_bytes, TRUE);
}

static void
add_entry (GByteArray *array,
           int         tag,
           int         type,
           guint32     value,
           gboolean    little_endian)
{
  add_number (array, tag, 2, little_endian);
  add_number (array, type, 2, little_endian);
  add_number (array, 1, 4, little_endian);
  if (type == 3)
    {
      add_number (array, value, 2, little_endian);
      add_number (array, 0, 2, little_endian);
    }
  else
    add_number (array, value, 4, little_endian);
}

static GByteArray *
make_tiff (guint32  width,
           guint32  height,
           int      orientation,
           int      photometric,
           gboolean little_endian)
{
  GByteArray *array = g_byte_array_new ();

  if (little_endian)
    ADD (array, "II*\0");
  else
    ADD (array, "MM\0*");
  add_number (array, 14, 4, little_endian);

  /* The bits of three samples, which the directory points at. */
  for (int i = 0; i < 3; i++)
    add_number (array, 16, 2, little_endian);

  add_number (array, 5, 2, little_endian);
  add_entry (array, 256, 3, width, little_endian);
  add_entry (array, 257, 4, height, little_endian);
  add_number (array, 258, 2, little_endian);
  add_number (array, 3, 2, little_endian);
  add_number (array, 3, 4, little_endian);
  add_number (array, 8, 4, little_endian);
  add_entry (array, 262, 3, photometric, little_endian);
  add_entry (array, 274, 3, orientation, little_endian);
  add_number (array, 0, 4, little_endian);

  return array;
}

static GByteArray *
make_exif (int      orientation,
           gboolean little_endian)
{
  GByteArray *array = g_byte_array_new ();

  if (little_endian)
    ADD (array, "II*\0");
  else
    ADD (array, "MM\0*");
  add_number (array, 8, 4, little_endian);
  add_number (array, 2, 2, little_endian);
  add_entry (array, 271, 4, 0, little_endian);
  add_entry (array, 274, 3, orientation, little_endian);
  add_number (array, 0, 4, little_endian);

  return array;
}

static void
add_png_chunk (GByteArray   *array,
               const char   *name,
               const guint8 *data,
               gsize         size)
{
  add_be (array, size, 4);
  g_byte_array_append (array, (const guint8 *) name, 4);
  g_byte_array_append (array, data, size);
  add_be (array, 0, 4);
}

static GByteArray *
make_png (guint32 width,
          guint32 height,
          int     bits,
          int     n_frames,
          int     orientation)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr(GByteArray) ihdr = g_byte_array_new ();
  g_autoptr(GByteArray) actl = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (orientation, FALSE);

  ADD (array, "\x89PNG\r\n\x1a\n");
  add_be (ihdr, width, 4);
  add_be (ihdr, height, 4);
  add_be (ihdr, bits, 1);
  ADD (ihdr, "\2\0\0\0");
  add_png_chunk (array, "IHDR", ihdr->data, ihdr->len);

  if (n_frames > 0)
    {
      add_be (actl, n_frames, 4);
      add_be (actl, 0, 4);
      add_png_chunk (array, "acTL", actl->data, actl->len);
    }
  if (orientation != 1)
    add_png_chunk (array, "eXIf", exif->data, exif->len);
  add_png_chunk (array, "IDAT", (const guint8 *) "xyz", 3);
  add_png_chunk (array, "IEND", NULL, 0);

  return array;
}

static void
add_jpeg_segment (GByteArray   *array,
                  int           marker,
                  const guint8 *data,
                  gsize         size)
{
  add_be (array, 0xff00 | marker, 2);
  add_be (array, size + 2, 2);
  g_byte_array_append (array, data, size);
}

static void
add_jpeg_exif (GByteArray *array,
               int         orientation)
{
  g_autoptr(GByteArray) segment = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (orientation, TRUE);

  ADD (segment, "Exif\0\0");
  g_byte_array_append (segment, exif->data, exif->len);

  /* A small picture in the block: its end is not the end of the file. */
  ADD (segment, "\xff\xd8\xff\xd9");
  add_jpeg_segment (array, 0xe1, segment->data, segment->len);
}

static GByteArray *
make_jpeg (guint32 width,
           guint32 height,
           int     marker,
           int     n_components,
           int     orientation)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr(GByteArray) frame = g_byte_array_new ();

  ADD (array, "\xff\xd8");
  for (int i = 0; i < 40; i++)
    add_jpeg_segment (array, 0xe2, (const guint8 *) "\xff\xc0junk", 6);
  add_jpeg_segment (array, 0xe1, (const guint8 *) "http://ns.adobe.com/xap", 23);
  if (orientation != 1)
    add_jpeg_exif (array, orientation);

  /* Stray bytes and fill bytes between segments. */
  ADD (array, "\1\2\3\xff\xff");
  add_jpeg_segment (array, 0xdb, (const guint8 *) "\0table", 6);

  add_be (frame, 8, 1);
  add_be (frame, height, 2);
  add_be (frame, width, 2);
  add_be (frame, n_components, 1);
  for (int i = 0; i < n_components; i++)
    add_be (frame, (i + 1) << 16 | 0x1100, 3);
  add_jpeg_segment (array, marker, frame->data, frame->len);

  add_jpeg_segment (array, 0xda, (const guint8 *) "\1\1\0\0\x3f\0", 6);
  ADD (array, "data\xff\0data\xff\xd0more\xff\0");
  ADD (array, "\xff\xd9");

  return array;
}

static void
add_riff_chunk (GByteArray   *array,
                const char   *name,
                const guint8 *data,
                gsize         size)
{
  g_byte_array_append (array, (const guint8 *) name, 4);
  add_le (array, size, 4);
  g_byte_array_append (array, data, size);
  if (size % 2 == 1)
    add_le (array, 0, 1);
}

static GByteArray *
finish_riff (GByteArray *chunks)
{
  GByteArray *array = g_byte_array_new ();

  ADD (array, "RIFF");
  add_le (array, chunks->len + 4, 4);
  ADD (array, "WEBP");
  g_byte_array_append (array, chunks->data, chunks->len);
  g_byte_array_unref (chunks);

  return array;
}

static GByteArray *
make_webp_lossy (guint32 width,
                 guint32 height)
{
  GByteArray *chunks = g_byte_array_new ();
  g_autoptr(GByteArray) frame = g_byte_array_new ();

  ADD (frame, "\x10\x02\x00\x9d\x01\x2a");
  add_le (frame, width | 0x4000, 2);
  add_le (frame, height, 2);
  ADD (frame, "payload");
  add_riff_chunk (chunks, "VP8 ", frame->data, frame->len);

  return finish_riff (chunks);
}

static GByteArray *
make_webp_lossless (guint32 width,
                    guint32 height)
{
  GByteArray *chunks = g_byte_array_new ();
  g_autoptr(GByteArray) frame = g_byte_array_new ();

  ADD (frame, "\x2f");
  add_le (frame, (width - 1) | (height - 1) << 14 | 1u << 28, 4);
  ADD (frame, "payload");
  add_riff_chunk (chunks, "VP8L", frame->data, frame->len);

  return finish_riff (chunks);
}

static GByteArray *
make_webp_extended (guint32 width,
                    guint32 height,
                    int     n_frames,
                    int     orientation)
{
  GByteArray *chunks = g_byte_array_new ();
  g_autoptr(GByteArray) canvas = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (orientation, TRUE);

  ADD (canvas, "\x0a\0\0\0");
  add_le (canvas, width - 1, 3);
  add_le (canvas, height - 1, 3);
  add_riff_chunk (chunks, "VP8X", canvas->data, canvas->len);
  add_riff_chunk (chunks, "ANIM", (const guint8 *) "\0\0\0\0\0\0", 6);
  for (int i = 0; i < n_frames; i++)
    add_riff_chunk (chunks, "ANMF", (const guint8 *) "some frame", 10);
  if (orientation != 1)
    add_riff_chunk (chunks, "EXIF", exif->data, exif->len);

  return finish_riff (chunks);
}

static void
add_gif_image (GByteArray *array)
{
  ADD (array, "\x21\xf9\x04\0\0\0\0\0");
  ADD (array, "\x2c\0\0\0\0\1\0\1\0\x80");
  ADD (array, "\0\0\0\xff\xff\xff");
  ADD (array, "\2\2\x44\1\0");
}

static GByteArray *
make_gif (guint32 width,
          guint32 height,
          int     n_frames)
{
  GByteArray *array = g_byte_array_new ();

  ADD (array, "GIF89a");
  add_le (array, width, 2);
  add_le (array, height, 2);
  ADD (array, "\x80\0\0\0\0\0\xff\xff\xff");
  ADD (array, "\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0");
  for (int i = 0; i < n_frames; i++)
    add_gif_image (array);

  return array;
}

static void
add_box (GByteArray *array,
         const char *name,
         GByteArray *body)
{
  add_be (array, body->len + 8, 4);
  g_byte_array_append (array, (const guint8 *) name, 4);
  g_byte_array_append (array, body->data, body->len);
}

static void
add_ispe (GByteArray *array,
          guint32     width,
          guint32     height)
{
  g_autoptr(GByteArray) body = g_byte_array_new ();

  add_be (body, 0, 4);
  add_be (body, width, 4);
  add_be (body, height, 4);
  add_box (array, "ispe", body);
}

static GByteArray *
make_heif (const char *brand,
           const char *second_brand,
           guint32     width,
           guint32     height)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr(GByteArray) ftyp = g_byte_array_new ();
  g_autoptr(GByteArray) meta = g_byte_array_new ();
  g_autoptr(GByteArray) iprp = g_byte_array_new ();
  g_autoptr(GByteArray) ipco = g_byte_array_new ();
  g_autoptr(GByteArray) other = g_byte_array_new ();

  g_byte_array_append (ftyp, (const guint8 *) brand, 4);
  add_be (ftyp, 0, 4);
  g_byte_array_append (ftyp, (const guint8 *) second_brand, 4);
  add_box (array, "ftyp", ftyp);

  ADD (other, "\0\0\0\0\3\xa\xa\xa");
  add_ispe (ipco, 160, 120);
  add_ispe (ipco, width, height);
  add_box (ipco, "pixi", other);
  add_box (iprp, "ipco", ipco);
  add_be (meta, 0, 4);
  add_box (meta, "hdlr", other);
  add_box (meta, "iprp", iprp);
  add_box (array, "meta", meta);

  /* One box whose size is given in 64 bits, as for large ones. */
  add_be (array, 1, 4);
  ADD (array, "mdat\0\0\0\0\0\0\0\x14more");

  return array;
}

/* From the lowest bit of each byte to its highest. */
typedef struct
{
  GByteArray *array;
  int         n_bits;
} Bits;

static void
add_bits (Bits    *bits,
          guint32  value,
          int      n_bits)
{
  for (int i = 0; i < n_bits; i++, bits->n_bits++)
    {
      if (bits->n_bits % 8 == 0)
        ADD (bits->array, "\0");
      bits->array->data[bits->array->len - 1] |= (value >> i & 1) << bits->n_bits % 8;
    }
}

static void
add_jxl_side (Bits *bits,
              int   side)
{
  add_bits (bits, 2, 2);
  add_bits (bits, side - 1, 18);
}

/* A stream by itself: both sides in full, or a ratio; @depth is 0 for the usual. */
static GByteArray *
make_jxl (int      width,
          int      height,
          int      ratio,
          int      depth,
          gboolean is_film)
{
  GByteArray *array = g_byte_array_new ();
  Bits bits = { array };

  ADD (array, "\xff\x0a");
  add_bits (&bits, 0, 1);
  add_jxl_side (&bits, height);
  add_bits (&bits, ratio, 3);
  if (ratio == 0)
    add_jxl_side (&bits, width);

  add_bits (&bits, depth == 0 && !is_film, 1);
  if (depth > 0 || is_film)
    {
      /* Turned, no size of its own, no small picture. */
      add_bits (&bits, 1, 1);
      add_bits (&bits, 5, 3);
      add_bits (&bits, 0, 2);
      add_bits (&bits, is_film, 1);
      add_bits (&bits, 0, 1);
      add_bits (&bits, 3, 2);
      add_bits (&bits, depth - 1, 6);
    }

  return array;
}

/* In boxes, in parts or whole. */
static GByteArray *
make_boxed_jxl (gboolean in_parts)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr(GByteArray) stream = make_jxl (640, 480, 3, 0, FALSE);
  g_autoptr(GByteArray) part = g_byte_array_new ();

  ADD (array, "\0\0\0\x0cJXL \r\n\x87\n" "\0\0\0\x14" "ftypjxl \0\0\0\0jxl ");
  ADD (part, "\0\0\0\0");
  g_byte_array_append (part, stream->data, stream->len);
  add_box (array, in_parts ? "jxlp" : "jxlc", in_parts ? part : stream);

  return array;
}

static GByteArray *
make_text (const char *text)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, (const guint8 *) text, strlen (text));

  return array;
}

static gboolean
read_bytes (const guint8   *data,
            gsize           size,
            DioImageHeader *header,
            GError        **error)
{
  /* A copy of its own, so that a read beyond the end is seen by the sanitizer. */
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);

  return dio_image_header_read (bytes, header, error);
}

/* Takes the array. Nothing shorter than it, but for @n_optional bytes, passes. */
static void
check (GByteArray    *array,
       DioImageHeader wanted,
       guint          n_optional)
{
  g_autoptr(GByteArray) file = array;
  g_autoptr(GError) error = NULL;
  DioImageHeader header;

  g_assert_true (read_bytes (file->data, file->len, &header, &error));
  g_assert_no_error (error);
  g_assert_cmpint (header.format, ==, wanted.format);
  g_assert_cmpint (header.width, ==, wanted.width);
  g_assert_cmpint (header.height, ==, wanted.height);
  g_assert_cmpint (header.orientation, ==, wanted.orientation);
  g_assert_cmpint (header.bits, ==, wanted.bits);
  g_assert_cmpint (header.animated, ==, wanted.animated);
  g_assert_cmpint (header.cmyk, ==, wanted.cmyk);

  for (guint size = 0; size + n_optional < file->len; size++)
    {
      g_autoptr(GError) cut = NULL;

      g_assert_false (read_bytes (file->data, size, &header, &cut));
      g_assert_error (cut, DIO_ERROR, DIO_ERROR_INVALID);
    }
}

static void
assert_refused (GByteArray *array,
                const char *why)
{
  g_autoptr(GByteArray) file = array;
  g_autoptr(GError) error = NULL;
  DioImageHeader header;

  g_assert_false (read_bytes (file->data, file->len, &header, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_header_png (void)
{
  check (make_png (640, 480, 8, 0, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_PNG, 640, 480, 1, 8, FALSE, FALSE }, 0);
  check (make_png (3, 10000, 16, 0, 6), (DioImageHeader) { DIO_IMAGE_FORMAT_PNG, 3, 10000, 6, 16, FALSE, FALSE }, 0);
  check (make_png (20, 20, 8, 5, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_PNG, 20, 20, 1, 8, TRUE, FALSE }, 0);
  check (make_png (20, 20, 8, 1, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_PNG, 20, 20, 1, 8, FALSE, FALSE }, 0);
  check (make_png (20, 20, 8, 0, 9), (DioImageHeader) { DIO_IMAGE_FORMAT_PNG, 20, 20, 1, 8, FALSE, FALSE }, 0);
}

static void
test_header_jpeg (void)
{
  check (make_jpeg (4000, 3000, 0xc0, 3, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_JPEG, 4000, 3000, 1, 8, FALSE, FALSE }, 0);
  for (int orientation = 2; orientation <= 8; orientation++)
    check (make_jpeg (31, 17, 0xc2, 1, orientation),
           (DioImageHeader) { DIO_IMAGE_FORMAT_JPEG, 31, 17, orientation, 8, FALSE, FALSE }, 0);
  check (make_jpeg (31, 17, 0xc0, 4, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_JPEG, 31, 17, 1, 8, FALSE, TRUE }, 0);
}

static void
test_header_webp (void)
{
  check (make_webp_lossy (640, 360), (DioImageHeader) { DIO_IMAGE_FORMAT_WEBP, 640, 360, 1, 8, FALSE, FALSE }, 0);
  check (make_webp_lossless (9999, 12), (DioImageHeader) { DIO_IMAGE_FORMAT_WEBP, 9999, 12, 1, 8, FALSE, FALSE }, 0);
  check (make_webp_extended (700, 500, 3, 8), (DioImageHeader) { DIO_IMAGE_FORMAT_WEBP, 700, 500, 8, 8, TRUE, FALSE }, 0);
  check (make_webp_extended (700, 500, 1, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_WEBP, 700, 500, 1, 8, FALSE, FALSE }, 0);
}

static void
test_header_gif (void)
{
  /* The second frame, and what follows it, need not be whole. */
  guint image_size = 8 + 10 + 6 + 5;

  check (make_gif (12, 10, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_GIF, 12, 10, 1, 8, FALSE, FALSE }, 0);
  check (make_gif (12, 10, 2), (DioImageHeader) { DIO_IMAGE_FORMAT_GIF, 12, 10, 1, 8, TRUE, FALSE }, image_size);
}

static void
test_header_tiff (void)
{
  for (int little_endian = 0; little_endian < 2; little_endian++)
    {
      check (make_tiff (300, 200, 3, 2, little_endian),
             (DioImageHeader) { DIO_IMAGE_FORMAT_TIFF, 300, 200, 3, 16, FALSE, FALSE }, 0);
      check (make_tiff (300, 200, 1, 5, little_endian),
             (DioImageHeader) { DIO_IMAGE_FORMAT_TIFF, 300, 200, 1, 16, FALSE, TRUE }, 0);
    }
}

static void
test_header_heif (void)
{
  check (make_heif ("heic", "mif1", 4032, 3024), (DioImageHeader) { DIO_IMAGE_FORMAT_HEIF, 4032, 3024, 1, 10, FALSE, FALSE }, 0);
  check (make_heif ("mif1", "avif", 400, 300), (DioImageHeader) { DIO_IMAGE_FORMAT_AVIF, 400, 300, 1, 10, FALSE, FALSE }, 0);
  check (make_heif ("avif", "miaf", 400, 300), (DioImageHeader) { DIO_IMAGE_FORMAT_AVIF, 400, 300, 1, 10, FALSE, FALSE }, 0);
}

static void
check_jxl_beginning (const char *data,
                     gsize       size,
                     int         width,
                     int         height)
{
  DioImageHeader header;

  g_assert_true (read_bytes ((const guint8 *) data, size, &header, NULL));
  g_assert_cmpint (header.format, ==, DIO_IMAGE_FORMAT_JXL);
  g_assert_cmpint (header.width, ==, width);
  g_assert_cmpint (header.height, ==, height);
  g_assert_cmpint (header.bits, ==, 8);
}

/* How libjxl 0.7 begins files: sides in eights with a ratio, and turned ones. */
static void
test_header_jxl_written (void)
{
  check_jxl_beginning ("\xff\x0a\xcb\x06\0\x12\x88\x02\0\0", 10, 64, 48);
  check_jxl_beginning ("\xff\x0a\x40\0\x0c\x78\x20\x27\0\x12", 10, 7, 9);
}

static void
test_header_jxl (void)
{
  check (make_jxl (4000, 3000, 0, 0, FALSE), (DioImageHeader) { DIO_IMAGE_FORMAT_JXL, 4000, 3000, 1, 8, FALSE, FALSE }, 0);
  check (make_jxl (0, 900, 5, 0, FALSE), (DioImageHeader) { DIO_IMAGE_FORMAT_JXL, 1600, 900, 1, 8, FALSE, FALSE }, 0);
  check (make_jxl (31, 17, 0, 14, FALSE), (DioImageHeader) { DIO_IMAGE_FORMAT_JXL, 31, 17, 1, 14, FALSE, FALSE }, 0);
  check (make_jxl (31, 17, 0, 0, TRUE), (DioImageHeader) { DIO_IMAGE_FORMAT_JXL, 31, 17, 1, 8, TRUE, FALSE }, 1);
  check (make_boxed_jxl (FALSE), (DioImageHeader) { DIO_IMAGE_FORMAT_JXL, 640, 480, 1, 8, FALSE, FALSE }, 0);
  check (make_boxed_jxl (TRUE), (DioImageHeader) { DIO_IMAGE_FORMAT_JXL, 640, 480, 1, 8, FALSE, FALSE }, 0);
}

static void
check_svg (const char *text,
           int         width,
           int         height)
{
  check (make_text (text), (DioImageHeader) { DIO_IMAGE_FORMAT_SVG, width, height, 1, 8, FALSE, FALSE }, 1);
}

/* As large as it says, but neither tiny nor huge. */
static void
test_header_svg (void)
{
  check_svg ("<svg width='2000' height='1500px'></svg>", 2000, 1500);
  check_svg ("<svg width=\"20in\" height=\" 480pt \"></svg>", 1920, 640);
  check_svg ("<svg\n\twidth='24' height='12'><path d='M0,0'/></svg>", 1024, 512);
  check_svg ("<svg width='50000' height='100'></svg>", 4096, 8);
  check_svg ("<svg viewBox='-8,-8 3000 1500' width='100%'></svg>", 3000, 1500);
  check_svg ("<svg viewBox='0 0 2 1' height='1000'></svg>", 2000, 1000);
  check_svg ("<svg viewBox='0 0 2 1' width='1200'></svg>", 1200, 600);
  check_svg ("\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<!-- <svg width='3' --> "
             "<!DOCTYPE svg PUBLIC '-//W3C>' [ <!ENTITY ns 'http://www.w3.org/'> ]>\n"
             "<svg xmlns='&ns;2000/svg' width='1100' height='1200'><title>x</title></svg>", 1100, 1200);
}

static void
test_header_svg_refused (void)
{
  static const char *const pictures[] = {
    "<image href='data:image/png;base64,AAAA'/>",
    "<use href=' DATA:image/svg+xml,x'/>",
    "<use href='d&#97;ta:x'/>",
    "<use href='data&#x3A;x'/>",
    "<use href='da&#10;ta:x'/>",
    "<g style='fill:url(\\64 ata:x)'/>",
    "<g style='fill:url(da\\ta:x)'/>",
    "<g style='fill:url(dat\\000061:x)'/>",
    "<g style='fill:url(d&#92;61 ta:x)'/>",
    "<style>g { fill: url(\"da\\\nta:x\") }</style>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *text = g_strdup_printf ("<svg width='2000' height='1500'>%s</svg>", pictures[i]);

      assert_refused (make_text (text), "pictures of its own");
    }

  assert_refused (make_text ("<!DOCTYPE svg [<!ENTITY d 'da'>]><svg width='9' height='9'>&d;ta:</svg>"), "pictures of its own");
  assert_refused (make_text ("<?xml version='1.0' encoding='UTF-7'?><svg width='9' height='9'></svg>"), "pictures of its own");
  assert_refused (make_text ("<svg></svg>"), "0 x 0");
  assert_refused (make_text ("<svg width='-3' height='1e999'></svg>"), "0 x 0");
  assert_refused (make_text ("<html><svg width='9' height='9'></svg></html>"), "not a picture");
  assert_refused (make_text ("<svgs width='9' height='9'></svgs>"), "not a picture");

  /* Names of files, and words that end alike. */
  check_svg ("<svg width='2000' height='1500' export='C:\\Users\\dot\\tea.png'>metadata: &#233;&#10;&#x2014;</svg>", 2000, 1500);
}

static void
test_header_no_picture (void)
{
  g_autoptr(GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr(GError) error = NULL;
  DioImageHeader header;
  GByteArray *text = g_byte_array_new ();
  GByteArray *film = g_byte_array_new ();

  g_assert_false (dio_image_header_read (empty, &header, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "The file is empty");

  ADD (text, "Dear reader, this is a letter and no picture at all.");
  assert_refused (text, "not a picture");
  ADD (film, "\0\0\0\x14" "ftypisom\0\0\0\0mp41");
  assert_refused (film, "not a picture");
}

/* The size is told, also when nothing but the header is there. */
static void
test_header_too_large (void)
{
  GByteArray *png = make_png (30000, 30000, 8, 0, 1);

  g_byte_array_set_size (png, 33);
  assert_refused (png, "30000 x 30000");
  assert_refused (make_png (4000000000u, 1, 8, 0, 1), "2147483647 x 1");
  assert_refused (make_png (32768, 1, 8, 0, 1), "32768 x 1");
  assert_refused (make_jpeg (65535, 65535, 0xc0, 3, 1), "65535 x 65535");
  assert_refused (make_webp_extended (1 << 24, 1 << 24, 1, 1), "16777216 x 16777216");
  assert_refused (make_gif (60000, 60000, 1), "60000 x 60000");
  assert_refused (make_tiff (100, 4000000000u, 1, 2, TRUE), "100 x 2147483647");
  assert_refused (make_heif ("heic", "mif1", 4000000000u, 4000000000u), "2147483647 x 2147483647");
  assert_refused (make_jxl (200000, 200000, 0, 0, FALSE), "200000 x 200000");

  check (make_png (32767, 4577, 8, 0, 1), (DioImageHeader) { DIO_IMAGE_FORMAT_PNG, 32767, 4577, 1, 8, FALSE, FALSE }, 0);
  assert_refused (make_png (32767, 4578, 8, 0, 1), "32767 x 4578");
}

static void
test_header_nothing_in_it (void)
{
  assert_refused (make_png (0, 20, 8, 0, 1), "0 x 20");
  assert_refused (make_png (20, 0, 8, 0, 1), "20 x 0");
  assert_refused (make_jpeg (20, 0, 0xc0, 3, 1), "20 x 0");
  assert_refused (make_webp_lossy (0, 20), "0 x 20");
  assert_refused (make_gif (0, 20, 1), "cut short or damaged");
  assert_refused (make_gif (20, 20, 0), "cut short or damaged");
  assert_refused (make_tiff (0, 20, 1, 2, TRUE), "0 x 20");
}

/* Changed at random, a header may be read or refused, but the reader stays
 * within the bytes and what it lets pass keeps to the limits. */
static void
test_header_noise (void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);

  g_ptr_array_add (files, make_png (64, 48, 8, 2, 6));
  g_ptr_array_add (files, make_jpeg (64, 48, 0xc0, 3, 6));
  g_ptr_array_add (files, make_webp_lossy (64, 48));
  g_ptr_array_add (files, make_webp_lossless (64, 48));
  g_ptr_array_add (files, make_webp_extended (64, 48, 2, 6));
  g_ptr_array_add (files, make_gif (64, 48, 2));
  g_ptr_array_add (files, make_tiff (64, 48, 6, 2, TRUE));
  g_ptr_array_add (files, make_tiff (64, 48, 6, 2, FALSE));
  g_ptr_array_add (files, make_heif ("heic", "mif1", 64, 48));
  g_ptr_array_add (files, make_jxl (64, 48, 0, 10, FALSE));
  g_ptr_array_add (files, make_boxed_jxl (TRUE));
  g_ptr_array_add (files, make_text ("<?xml?><!DOCTYPE svg [ ]><svg viewBox='0 0 64 48' width='1'></svg>"));

  for (int run = 0; run < 40000; run++)
    {
      GByteArray *file = files->pdata[run % files->len];
      g_autofree guint8 *copy = g_memdup2 (file->data, file->len);
      DioImageHeader header;

      for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
        copy[g_rand_int_range (rand, 0, file->len)] = g_rand_int (rand);

      if (!read_bytes (copy, file->len, &header, NULL))
        continue;
      g_assert_cmpint (header.width, >, 0);
      g_assert_cmpint (header.height, >, 0);
      g_assert_cmpint ((gint64) header.width * header.height, <=, DIO_IMAGE_MAX_PIXELS);
      g_assert_cmpint (header.orientation, >=, 1);
      g_assert_cmpint (header.orientation, <=, 8);
    }
}

static void
test_header_names (void)
{
  g_assert_cmpstr (dio_image_format_get_name (DIO_IMAGE_FORMAT_WEBP), ==, "WebP");
  g_assert_cmpstr (dio_image_format_get_mime_type (DIO_IMAGE_FORMAT_JPEG), ==, "image/jpeg");
  g_assert_cmpstr (dio_image_format_get_extension (DIO_IMAGE_FORMAT_JPEG), ==, "jpg");
  g_assert_cmpstr (dio_image_format_get_mime_type (DIO_IMAGE_FORMAT_AVIF), ==, "image/avif");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image-header/png", test_header_png);
  g_test_add_func ("/image-header/jpeg", test_header_jpeg);
  g_test_add_func ("/image-header/webp", test_header_webp);
  g_test_add_func ("/image-header/gif", test_header_gif);
  g_test_add_func ("/image-header/tiff", test_header_tiff);
  g_test_add_func ("/image-header/heif", test_header_heif);
  g_test_add_func ("/image-header/jxl", test_header_jxl);
  g_test_add_func ("/image-header/jxl-written", test_header_jxl_written);
  g_test_add_func ("/image-header/svg", test_header_svg);
  g_test_add_func ("/image-header/svg-refused", test_header_svg_refused);
  g_test_add_func ("/image-header/no-picture", test_header_no_picture);
  g_test_add_func ("/image-header/too-large", test_header_too_large);
  g_test_add_func ("/image-header/nothing-in-it", test_header_nothing_in_it);
  g_test_add_func ("/image-header/noise", test_header_noise);
  g_test_add_func ("/image-header/names", test_header_names);

  return g_test_run ();
}
