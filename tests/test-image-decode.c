/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From files to upright sRGB pixels, or to an error: nothing half. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-decode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <lcms2.h>
#include <string.h>
#include <unistd.h>

/* Appends the bytes of a string literal, without its terminator. */
#define ADD(array, literal) g_byte_array_append (array, (const guint8 *) literal, sizeof literal - 1)

/* The cells of the pictures that are turned: two rows of three. */
static const guint8 cells[6][3] = {
  { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 },
  { 255, 255, 255 }, { 128, 128, 128 }, { 0, 0, 0 },
};

/* Which cells are seen, row after row, by EXIF orientation. */
static const char *const upright[] = {
  NULL, "ABCDEF", "CBAFED", "FEDCBA", "DEFABC", "ADBECF", "DAEBFC", "FCEBDA", "CFBEAD",
};

static DioPixels *
decode (GBytes         *bytes,
        int             min_side,
        DioDecodeNotes *notes)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_image_decode (bytes, min_side, notes, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pixels);

  return pixels;
}

static void
assert_refused (GBytes     *bytes,
                const char *why)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_image_decode (bytes, 0, NULL, NULL, &error);

  g_assert_null (pixels);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, why));
}

static GBytes *
save (GdkPixbuf  *pixbuf,
      const char *format,
      const char *key,
      const char *value)
{
  g_autoptr(GError) error = NULL;
  char *keys[] = { (char *) key, NULL };
  char *values[] = { (char *) value, NULL };
  char *buffer;
  gsize size;

  gdk_pixbuf_save_to_bufferv (pixbuf, &buffer, &size, format, keys, values, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (buffer, size);
}

/* The six cells as squares of @side. */
static GdkPixbuf *
make_cells (int side)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3 * side, 2 * side);
  guint8 *row = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < 2 * side; y++, row += gdk_pixbuf_get_rowstride (pixbuf))
    for (int x = 0; x < 3 * side; x++)
      memcpy (row + x * 3, cells[y / side * 3 + x / side], 3);

  return pixbuf;
}

static GdkPixbuf *
make_noise (int width,
            int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    gdk_pixbuf_get_pixels (pixbuf)[i] = g_rand_int_range (rand, 0, 256);

  return pixbuf;
}

static GdkPixbuf *
make_plain (int    width,
            int    height,
            guint8 red,
            guint8 green,
            guint8 blue)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, (guint32) red << 24 | (guint32) green << 16 | (guint32) blue << 8 | 0xff);

  return pixbuf;
}

static void
assert_cells (const DioPixels *pixels,
              int              orientation,
              int              side,
              int              tolerance)
{
  int n_columns = orientation >= 5 ? 2 : 3;

  g_assert_cmpint (pixels->channels, ==, 3);
  g_assert_cmpint (pixels->width, ==, n_columns * side);
  g_assert_cmpint (pixels->height, ==, 6 / n_columns * side);

  for (int i = 0; i < 6; i++)
    {
      const guint8 *wanted = cells[upright[orientation][i] - 'A'];
      const guint8 *seen = dio_pixels_row (pixels, i / n_columns * side + side / 2) +
                           (i % n_columns * side + side / 2) * 3;

      for (int c = 0; c < 3; c++)
        g_assert_cmpint (ABS (seen[c] - wanted[c]), <=, tolerance);
    }
}

static void
assert_pixel (const DioPixels *pixels,
              int              x,
              int              y,
              const guint8    *wanted,
              int              tolerance)
{
  const guint8 *seen = dio_pixels_row (pixels, y) + x * pixels->channels;

  for (int c = 0; c < pixels->channels; c++)
    g_assert_cmpint (ABS (seen[c] - wanted[c]), <=, tolerance);
}

static GByteArray *
make_exif (int orientation)
{
  GByteArray *exif = g_byte_array_new ();
  guint8 value = orientation;

  ADD (exif, "MM\0*\0\0\0\x8\0\1\x1\x12\0\3\0\0\0\1\0");
  g_byte_array_append (exif, &value, 1);
  ADD (exif, "\0\0\0\0\0\0");

  return exif;
}

/* Behind the marker that every JPEG begins with. */
static GBytes *
insert_exif (GBytes *jpeg,
             int     orientation)
{
  GByteArray *result = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (orientation);
  guint8 length = exif->len + 8;
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  g_byte_array_append (result, data, 2);
  ADD (result, "\xff\xe1\0");
  g_byte_array_append (result, &length, 1);
  ADD (result, "Exif\0\0");
  g_byte_array_append (result, exif->data, exif->len);
  g_byte_array_append (result, data + 2, size - 2);

  return g_byte_array_free_to_bytes (result);
}

static void
add_u32 (GByteArray *array,
         guint32     value)
{
  guint32 bytes = GUINT32_TO_BE (value);

  g_byte_array_append (array, (const guint8 *) &bytes, 4);
}

static void
add_chunk (GByteArray   *png,
           const char   *name,
           const guint8 *data,
           gsize         size)
{
  guint32 checksum = 0xffffffff;
  guint start;

  add_u32 (png, size);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) name, 4);
  g_byte_array_append (png, data, size);
  for (guint i = start; i < png->len; i++)
    {
      checksum ^= png->data[i];
      for (int bit = 0; bit < 8; bit++)
        checksum = checksum & 1 ? checksum >> 1 ^ 0xedb88320 : checksum >> 1;
    }
  add_u32 (png, checksum ^ 0xffffffff);
}

static GBytes *
compress (const guint8 *data,
          gsize         size)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr(GInputStream) plain = g_memory_input_stream_new_from_data (data, size, NULL);
  g_autoptr(GInputStream) stream = g_converter_input_stream_new (plain, G_CONVERTER (compressor));

  guint8 *buffer = g_malloc (size + 1024);
  gsize n_read;

  g_assert_true (g_input_stream_read_all (stream, buffer, size + 1024, &n_read, NULL, NULL));

  return g_bytes_new_take (buffer, n_read);
}

/* @rows: each with its filter byte. @extra: a chunk between head and data. */
static GBytes *
make_png (int           width,
          int           height,
          int           bits,
          int           colour_type,
          const guint8 *rows,
          gsize         size,
          const char   *extra_name,
          GByteArray   *extra)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr(GByteArray) ihdr = g_byte_array_new ();
  g_autoptr(GBytes) data = compress (rows, size);
  const guint8 depth_and_type[] = { bits, colour_type, 0, 0, 0 };

  ADD (png, "\x89PNG\r\n\x1a\n");
  add_u32 (ihdr, width);
  add_u32 (ihdr, height);
  g_byte_array_append (ihdr, depth_and_type, 5);
  add_chunk (png, "IHDR", ihdr->data, ihdr->len);
  if (extra != NULL)
    add_chunk (png, extra_name, extra->data, extra->len);
  add_chunk (png, "IDAT", g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  add_chunk (png, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (png);
}

static void
add_tiff_entry (GByteArray *tiff,
                int         tag,
                int         type,
                int         count,
                int         value)
{
  const guint8 entry[] = { tag & 255, tag >> 8, type, 0, count, 0, 0, 0, value, 0, 0, 0 };

  g_byte_array_append (tiff, entry, sizeof entry);
}

/* One pixel a cell, not compressed. */
static GBytes *
make_tiff (int orientation)
{
  GByteArray *tiff = g_byte_array_new ();

  ADD (tiff, "II*\0");
  ADD (tiff, "\x20\0\0\0");
  g_byte_array_append (tiff, cells[0], sizeof cells);
  ADD (tiff, "\x8\0\x8\0\x8\0");

  g_assert_cmpint (tiff->len, ==, 0x20);
  ADD (tiff, "\xa\0");
  add_tiff_entry (tiff, 256, 3, 1, 3);
  add_tiff_entry (tiff, 257, 3, 1, 2);
  add_tiff_entry (tiff, 258, 3, 3, 26);
  add_tiff_entry (tiff, 259, 3, 1, 1);
  add_tiff_entry (tiff, 262, 3, 1, 2);
  add_tiff_entry (tiff, 273, 4, 1, 8);
  add_tiff_entry (tiff, 274, 3, 1, orientation);
  add_tiff_entry (tiff, 277, 3, 1, 3);
  add_tiff_entry (tiff, 278, 3, 1, 2);
  add_tiff_entry (tiff, 279, 4, 1, 18);
  ADD (tiff, "\0\0\0\0");

  return g_byte_array_free_to_bytes (tiff);
}

/* Two frames of one pixel, red, then blue. */
static GBytes *
make_gif (void)
{
  static const char gif[] =
    "GIF89a\1\0\1\0\x80\0\0" "\xff\0\0\0\0\xff"
    "\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    "\x21\xf9\4\0\x0a\0\0\0" "\x2c\0\0\0\0\1\0\1\0\0" "\2\2\x44\1\0"
    "\x21\xf9\4\0\x0a\0\0\0" "\x2c\0\0\0\0\1\0\1\0\0" "\2\2\x4c\1\0"
    "\x3b";

  return g_bytes_new_static (gif, sizeof gif - 1);
}

static gboolean
can_read (const char *mime_type)
{
  g_autoptr(GSList) formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto(GStrv) mime_types = gdk_pixbuf_format_get_mime_types (l->data);

      found |= g_strv_contains ((const char *const *) mime_types, mime_type);
    }
  if (!found)
    g_test_skip ("no reader for it is installed");

  return found;
}

static GBytes *
load_fixture (const char *name)
{
  g_autoptr(GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", name, NULL));
  g_autoptr(GError) error = NULL;
  GBytes *bytes = dio_image_read_file (file, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

/* Takes the profile. */
static GBytes *
save_profile (cmsHPROFILE profile)
{
  guint8 *data;
  cmsUInt32Number size = 0;

  g_assert_true (cmsSaveProfileToMem (profile, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, data, &size));
  cmsCloseProfile (profile);

  return g_bytes_new_take (data, size);
}

static GBytes *
save_jpeg_with_profile (GdkPixbuf *picture,
                        GBytes    *profile)
{
  g_autofree char *encoded = g_base64_encode (g_bytes_get_data (profile, NULL), g_bytes_get_size (profile));

  return save (picture, "jpeg", "icc-profile", encoded);
}

/* By hand: gdk-pixbuf 2.42 cannot save a PNG with a profile for colours. */
static GBytes *
make_png_with_profile (int           width,
                       int           height,
                       const guint8 *rows,
                       GBytes       *profile)
{
  g_autoptr(GByteArray) chunk = g_byte_array_new ();
  g_autoptr(GBytes) data = compress (g_bytes_get_data (profile, NULL), g_bytes_get_size (profile));

  ADD (chunk, "name\0\0");
  g_byte_array_append (chunk, g_bytes_get_data (data, NULL), g_bytes_get_size (data));

  return make_png (width, height, 8, 2, rows, height * (width * 3 + 1), "iCCP", chunk);
}

static cmsHPROFILE
make_profile (double red_x,
              double red_y,
              double green_x,
              double green_y,
              double gamma)
{
  cmsCIExyY white = { 0.3127, 0.3290, 1.0 };
  cmsCIExyYTRIPLE primaries = { { red_x, red_y, 1.0 }, { green_x, green_y, 1.0 }, { 0.15, 0.06, 1.0 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, gamma);
  cmsToneCurve *curves[] = { curve, curve, curve };
  cmsHPROFILE profile = cmsCreateRGBProfile (&white, &primaries, curves);

  cmsFreeToneCurve (curve);

  return profile;
}

static void
test_decode_orientation_jpeg (void)
{
  g_autoptr(GdkPixbuf) picture = make_cells (16);
  g_autoptr(GBytes) jpeg = save (picture, "jpeg", "quality", "100");

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) turned = insert_exif (jpeg, orientation);
      g_autoptr(DioPixels) pixels = decode (turned, 0, NULL);

      assert_cells (pixels, orientation, 16, 12);
    }
}

static void
test_decode_orientation_png (void)
{
  guint8 rows[2 * 10] = { 0 };

  memcpy (rows + 1, cells[0], 9);
  memcpy (rows + 11, cells[3], 9);

  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GByteArray) exif = make_exif (orientation);
      g_autoptr(GBytes) png = make_png (3, 2, 8, 2, rows, sizeof rows, "eXIf", exif);
      g_autoptr(DioPixels) pixels = decode (png, 0, NULL);

      assert_cells (pixels, orientation, 1, 0);
    }
}

/* libtiff turns some by itself: nothing may be turned twice. */
static void
test_decode_orientation_tiff (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) tiff = make_tiff (orientation);
      g_autoptr(DioPixels) pixels = decode (tiff, 0, NULL);

      assert_cells (pixels, orientation, 1, 0);
    }
}

static void
test_decode_orientation_webp (void)
{
  g_autoptr(GBytes) webp = load_fixture ("turned.webp");
  g_autoptr(DioPixels) pixels = NULL;

  if (!can_read ("image/webp"))
    return;

  pixels = decode (webp, 0, NULL);
  assert_cells (pixels, 6, 1, 1);
}

static void
check_profile (GBytes       *file,
               const guint8 *wanted)
{
  DioDecodeNotes notes;
  g_autoptr(DioPixels) pixels = decode (file, 0, &notes);

  g_assert_cmpint (notes, ==, DIO_DECODE_PROFILE_APPLIED);
  assert_pixel (pixels, pixels->width - 1, pixels->height - 1, wanted, 4);
}

static void
test_decode_profile (void)
{
  g_autoptr(GdkPixbuf) picture = make_plain (30, 70, 100, 200, 50);
  const guint8 rows[] = { 0, 100, 200, 50 };

  /* Red and green swapped, so that nothing else gives the same. */
  g_autoptr(GBytes) swapped = save_profile (make_profile (0.30, 0.60, 0.64, 0.33, 2.2));
  g_autoptr(GBytes) swapped_jpeg = save_jpeg_with_profile (picture, swapped);
  g_autoptr(GBytes) swapped_png = make_png_with_profile (1, 1, rows, swapped);

  /* A green that reaches beyond sRGB, as cameras have it. */
  g_autoptr(GBytes) wide = save_profile (make_profile (0.64, 0.33, 0.21, 0.71, 2.2));
  g_autoptr(GBytes) wide_jpeg = save_jpeg_with_profile (picture, wide);
  g_autoptr(GBytes) wide_png = make_png_with_profile (1, 1, rows, wide);

  check_profile (swapped_jpeg, (const guint8[]) { 200, 100, 50 });
  check_profile (swapped_png, (const guint8[]) { 200, 100, 50 });
  check_profile (wide_jpeg, (const guint8[]) { 0, 201, 12 });
  check_profile (wide_png, (const guint8[]) { 0, 201, 12 });
}

/* A profile that says sRGB must not cost a single level. */
static void
test_decode_profile_srgb (void)
{
  g_autoptr(GBytes) srgb = save_profile (cmsCreate_sRGBProfile ());
  guint8 rows[16 * (16 * 3 + 1)] = { 0 };
  g_autoptr(GBytes) file = NULL;
  g_autoptr(DioPixels) pixels = NULL;
  DioDecodeNotes notes;

  for (guint i = 0; i < sizeof rows; i++)
    rows[i] = i % 49 == 0 ? 0 : i * 37;
  file = make_png_with_profile (16, 16, rows, srgb);
  pixels = decode (file, 0, &notes);

  g_assert_cmpint (notes, ==, 0);
  for (int y = 0; y < 16; y++)
    g_assert_cmpmem (dio_pixels_row (pixels, y), 48, rows + y * 49 + 1, 48);
}

static void
test_decode_profile_ignored (void)
{
  const guint8 stored[] = { 100, 200, 50 };
  g_autoptr(GdkPixbuf) picture = make_plain (8, 8, stored[0], stored[1], stored[2]);
  static const guint8 zeros[256];
  g_autoptr(GBytes) broken = g_bytes_new_static (zeros, sizeof zeros);
  g_autoptr(GBytes) lab = save_profile (cmsCreateLab4Profile (NULL));
  GBytes *const profiles[] = { broken, lab };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr(GBytes) file = save_jpeg_with_profile (picture, profiles[i]);
      DioDecodeNotes notes;
      g_autoptr(DioPixels) pixels = decode (file, 0, &notes);

      g_assert_cmpint (notes, ==, DIO_DECODE_PROFILE_IGNORED);
      assert_pixel (pixels, 4, 4, stored, 3);
    }
}

/* Straight alpha comes through; an alpha channel that hides nothing does not. */
static void
test_decode_alpha (void)
{
  const guint8 seen[] = { 0, 10, 20, 30, 255, 40, 50, 60, 128, 0, 70, 80, 90, 1, 1, 2, 3, 255 };
  guint8 opaque[sizeof seen];
  g_autoptr(GBytes) png = make_png (2, 2, 8, 6, seen, sizeof seen, NULL, NULL);
  g_autoptr(DioPixels) pixels = decode (png, 0, NULL);
  g_autoptr(GBytes) opaque_png = NULL;
  g_autoptr(DioPixels) opaque_pixels = NULL;

  g_assert_cmpint (pixels->channels, ==, 4);
  g_assert_cmpmem (dio_pixels_row (pixels, 0), 8, seen + 1, 8);
  g_assert_cmpmem (dio_pixels_row (pixels, 1), 8, seen + 10, 8);

  memcpy (opaque, seen, sizeof seen);
  opaque[8] = opaque[13] = 255;
  opaque_png = make_png (2, 2, 8, 6, opaque, sizeof opaque, NULL, NULL);
  opaque_pixels = decode (opaque_png, 0, NULL);
  g_assert_cmpint (opaque_pixels->channels, ==, 3);
  g_assert_cmpmem (dio_pixels_row (opaque_pixels, 1) + 3, 3, seen + 14, 3);
}

static void
test_decode_deep (void)
{
  const guint8 rows[] = { 0, 0x12, 0x34, 0xab, 0xcd, 0xff, 0xff };
  const guint8 wanted[] = { 0x12, 0xab, 0xff };
  g_autoptr(GBytes) png = make_png (1, 1, 16, 2, rows, sizeof rows, NULL, NULL);
  DioDecodeNotes notes;
  g_autoptr(DioPixels) pixels = decode (png, 0, &notes);

  g_assert_cmpint (notes, ==, DIO_DECODE_REDUCED_DEPTH);
  assert_pixel (pixels, 0, 0, wanted, 1);
}

static void
test_decode_animation (void)
{
  g_autoptr(GBytes) gif = make_gif ();
  DioDecodeNotes notes;
  g_autoptr(DioPixels) pixels = decode (gif, 0, &notes);

  g_assert_cmpint (notes, ==, DIO_DECODE_FIRST_FRAME);
  g_assert_cmpint (pixels->channels, ==, 3);
  assert_pixel (pixels, 0, 0, (const guint8[]) { 255, 0, 0 }, 0);
}

/* Two frames of 4 x 3, red, then blue. The damaged second is never looked at. */
static void
test_decode_animation_webp (void)
{
  g_autoptr(GBytes) film = load_fixture ("film.webp");
  gsize size;
  guint8 *copy = g_bytes_unref_to_data (g_bytes_new (g_bytes_get_data (film, NULL), g_bytes_get_size (film)), &size);
  g_autoptr(GBytes) damaged = NULL;
  g_autoptr(DioPixels) pixels = NULL;
  g_autoptr(DioPixels) same = NULL;
  DioDecodeNotes notes;

  memset (copy + size - 8, 0xff, 8);
  damaged = g_bytes_new_take (copy, size);
  if (!can_read ("image/webp"))
    return;

  pixels = decode (film, 0, &notes);
  g_assert_cmpint (notes, ==, DIO_DECODE_FIRST_FRAME);
  g_assert_cmpint (pixels->width, ==, 4);
  g_assert_cmpint (pixels->height, ==, 3);
  assert_pixel (pixels, 3, 2, (const guint8[]) { 255, 0, 0 }, 1);

  same = decode (damaged, 0, NULL);
  g_assert_cmpmem (same->data, 36, pixels->data, 36);
}

static void
test_decode_cmyk (void)
{
  g_autoptr(GBytes) jpeg = load_fixture ("cmyk.jpg");
  DioDecodeNotes notes;
  g_autoptr(DioPixels) pixels = decode (jpeg, 0, &notes);

  g_assert_cmpint (notes, ==, DIO_DECODE_CMYK);
  g_assert_cmpint (pixels->channels, ==, 3);
  g_assert_cmpint (pixels->width, ==, 16);
  assert_pixel (pixels, 2, 4, (const guint8[]) { 192, 48, 32 }, 6);
  assert_pixel (pixels, 13, 4, (const guint8[]) { 32, 96, 208 }, 6);
}

static void
test_decode_shrinks (void)
{
  const struct
  {
    int min_side, width, height;
  } cases[] = {
    { 0, 500, 333 }, { 500, 500, 333 }, { 251, 500, 333 }, { 250, 250, 167 },
    { 126, 250, 167 }, { 125, 125, 84 }, { 63, 63, 42 }, { 20, 63, 42 }, { 1000, 500, 333 },
  };
  g_autoptr(GdkPixbuf) picture = make_plain (500, 333, 200, 100, 50);
  g_autoptr(GBytes) jpeg = save (picture, "jpeg", "quality", "90");
  g_autoptr(GBytes) turned = insert_exif (jpeg, 6);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(DioPixels) pixels = decode (jpeg, cases[i].min_side, NULL);
      g_autoptr(DioPixels) upright_pixels = decode (turned, cases[i].min_side, NULL);

      g_assert_cmpint (pixels->width, ==, cases[i].width);
      g_assert_cmpint (pixels->height, ==, cases[i].height);
      g_assert_cmpint (upright_pixels->width, ==, cases[i].height);
      g_assert_cmpint (upright_pixels->height, ==, cases[i].width);
      assert_pixel (pixels, cases[i].width - 1, cases[i].height - 1, (const guint8[]) { 200, 100, 50 }, 4);
    }
}

/* Drawn as large as the header says, with what is not drawn transparent. */
static void
test_decode_svg (void)
{
  static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'>"
    "<rect x='10' width='10' height='10' fill='#c86432'/></svg>";
  g_autoptr(GBytes) bytes = g_bytes_new_static (svg, sizeof svg - 1);
  g_autoptr(GBytes) cut = g_bytes_new_static (svg, sizeof svg - 4);
  g_autoptr(DioPixels) pixels = NULL;

  if (!can_read ("image/svg+xml"))
    return;

  pixels = decode (bytes, 0, NULL);
  g_assert_cmpint (pixels->width, ==, 1024);
  g_assert_cmpint (pixels->height, ==, 512);
  g_assert_cmpint (pixels->channels, ==, 4);
  g_assert_cmpint (dio_pixels_row (pixels, 256)[256 * 4 + 3], ==, 0);
  assert_pixel (pixels, 768, 256, (const guint8[]) { 200, 100, 50, 255 }, 1);
  assert_pixel (pixels, 1023, 511, (const guint8[]) { 200, 100, 50, 255 }, 1);
  assert_refused (cut, "SVG");
}

/* libjpeg draws grey where data is missing, and only warns. */
static void
test_decode_cut_short (void)
{
  g_autoptr(GdkPixbuf) picture = make_noise (90, 70);
  const char *const formats[] = { "jpeg", "png", "tiff" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GBytes) whole = save (picture, formats[i], NULL, NULL);
      gsize size = g_bytes_get_size (whole);
      g_autoptr(DioPixels) pixels = decode (whole, 0, NULL);

      g_assert_cmpint (pixels->height, ==, 70);
      for (gsize n = 1; n < size; n += n < 64 || n > size - 8 ? 1 : 97)
        {
          g_autoptr(GBytes) cut = g_bytes_new_from_bytes (whole, 0, n);
          g_autoptr(GError) error = NULL;

          g_assert_null (dio_image_decode (cut, 0, NULL, NULL, &error));
          g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
        }
    }
}

/* All chunks are there, but what they hold is not enough for the picture. */
static void
test_decode_too_little_data (void)
{
  guint8 rows[40 * 121] = { 0 };
  g_autoptr(GBytes) whole = make_png (40, 40, 8, 2, rows, sizeof rows, NULL, NULL);
  g_autoptr(GBytes) half = make_png (40, 40, 8, 2, rows, sizeof rows / 2, NULL, NULL);
  g_autoptr(DioPixels) pixels = decode (whole, 0, NULL);

  g_assert_cmpint (pixels->height, ==, 40);
  assert_refused (half, "cut short or damaged");
}

static void
test_decode_no_picture (void)
{
  g_autoptr(GBytes) text = g_bytes_new_static ("Dear reader, nothing to see here.", 33);
  g_autoptr(GBytes) empty = g_bytes_new (NULL, 0);

  assert_refused (text, "not a picture");
  assert_refused (empty, "empty");
}

/* Brands and boxes as they should be, and a codec that nobody has. */
static void
test_decode_no_reader (void)
{
  static const char avif[] =
    "\0\0\0\x14" "ftypavif\0\0\0\0mif1"
    "\0\0\0\x30" "meta\0\0\0\0"
    "\0\0\0\x24" "iprp" "\0\0\0\x1c" "ipco"
    "\0\0\0\x14" "ispe\0\0\0\0\0\0\0\x8\0\0\0\x8"
    "\0\0\0\x0c" "mdatdata";
  g_autoptr(GBytes) bytes = g_bytes_new_static (avif, sizeof avif - 1);

  /* With a reader installed it is refused all the same, for what it holds. */
  assert_refused (bytes, "AVIF");
}

static void
test_decode_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GdkPixbuf) picture = make_noise (90, 70);
  g_autoptr(GBytes) jpeg = save (picture, "jpeg", NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dio_image_decode (jpeg, 0, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
decode_in_thread (gpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autoptr(DioPixels) pixels = decode (data, 0, NULL);

      assert_cells (pixels, 6, 16, 12);
    }

  return NULL;
}

static void
test_decode_threads (void)
{
  g_autoptr(GdkPixbuf) picture = make_cells (16);
  g_autoptr(GBytes) profile = save_profile (make_profile (0.64, 0.33, 0.30, 0.60, 2.2));
  g_autoptr(GBytes) jpeg = save_jpeg_with_profile (picture, profile);
  g_autoptr(GBytes) turned = insert_exif (jpeg, 6);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("decode", decode_in_thread, turned);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
assert_unreadable (const char *path,
                   DioError    code)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_image_read_file (file, NULL, &error));
  g_assert_error (error, DIO_ERROR, (int) code);
}

static void
test_read_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dio-read-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  assert_unreadable (path, DIO_ERROR_NOT_FOUND);
  assert_unreadable (folder, DIO_ERROR_INVALID);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_unreadable (pipe_path, DIO_ERROR_INVALID);
  assert_unreadable ("/dev/zero", DIO_ERROR_INVALID);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_unreadable (path, DIO_ERROR_INVALID);

  /* Sparse: takes no room on the disk. */
  g_assert_cmpint (truncate (path, DIO_IMAGE_MAX_BYTES + 1), ==, 0);
  assert_unreadable (path, DIO_ERROR_INVALID);

  g_assert_true (g_file_set_contents (path, "some bytes", 10, NULL));
  bytes = dio_image_read_file (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "some bytes", 10);

  g_cancellable_cancel (cancellable);
  g_assert_null (dio_image_read_file (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Nothing is forbidden to the superuser. */
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (geteuid () != 0)
    assert_unreadable (path, DIO_ERROR_PERMISSION);

  g_unlink (path);
  g_unlink (pipe_path);
  g_rmdir (folder);
}

static GPtrArray *
make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GdkPixbuf) picture = make_cells (8);
  g_autoptr(GBytes) profile = save_profile (make_profile (0.30, 0.60, 0.64, 0.33, 2.2));
  g_autoptr(GBytes) jpeg = save_jpeg_with_profile (picture, profile);
  const guint8 rows[2 * 7] = { 0, 1, 2, 3, 4, 5, 6, 1, 7, 8, 9, 1, 2, 3 };

  g_ptr_array_add (seeds, insert_exif (jpeg, 6));
  g_ptr_array_add (seeds, make_png_with_profile (2, 2, rows, profile));
  g_ptr_array_add (seeds, save (picture, "png", NULL, NULL));
  g_ptr_array_add (seeds, save (picture, "tiff", NULL, NULL));
  g_ptr_array_add (seeds, make_tiff (7));
  g_ptr_array_add (seeds, make_gif ());
  g_ptr_array_add (seeds, load_fixture ("cmyk.jpg"));
  g_ptr_array_add (seeds, load_fixture ("turned.webp"));

  return seeds;
}

static GBytes *
damage (GBytes *bytes,
        GRand  *rand)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  for (int i = g_rand_int_range (rand, 1, 9); i > 0; i--)
    copy[g_rand_int_range (rand, 0, size)] = g_rand_int (rand);

  return g_bytes_new_take (copy, size);
}

/* The reader of WebP warns in the log of what it then reports as an error. */
static gboolean
is_fatal_cb (const char    *domain,
             GLogLevelFlags level,
             const char    *message,
             gpointer       user_data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0;
}

/* Damaged files are decoded or refused, and what is decoded has the size that
 * its header promised. Ten times as many under -m thorough. */
static void
test_decode_damaged (void)
{
  g_autoptr(GPtrArray) seeds = make_seeds ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_thorough () ? g_test_rand_int () : 1);
  int n_decoded = 0;
  int n_runs = g_test_thorough () ? 40000 : 4000;

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);

  for (int run = 0; run < n_runs; run++)
    {
      g_autoptr(GBytes) bytes = damage (seeds->pdata[run % seeds->len], rand);
      g_autoptr(DioPixels) pixels = NULL;
      g_autoptr(GError) error = NULL;
      DioImageHeader header;

      /* The sizes of pictures are damaged too: the large ones take too long. */
      if (!dio_image_header_read (bytes, &header, NULL) || (gint64) header.width * header.height > 100000)
        continue;

      pixels = dio_image_decode (bytes, 0, NULL, NULL, &error);
      if (pixels == NULL)
        {
          g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
          continue;
        }
      n_decoded++;
      g_assert_cmpint (MAX (pixels->width, pixels->height), ==, MAX (header.width, header.height));
      g_assert_cmpint (MIN (pixels->width, pixels->height), ==, MIN (header.width, header.height));
    }

  g_assert_cmpint (n_decoded, >, n_runs / 50);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image-decode/orientation/jpeg", test_decode_orientation_jpeg);
  g_test_add_func ("/image-decode/orientation/png", test_decode_orientation_png);
  g_test_add_func ("/image-decode/orientation/tiff", test_decode_orientation_tiff);
  g_test_add_func ("/image-decode/orientation/webp", test_decode_orientation_webp);
  g_test_add_func ("/image-decode/profile", test_decode_profile);
  g_test_add_func ("/image-decode/profile-srgb", test_decode_profile_srgb);
  g_test_add_func ("/image-decode/profile-ignored", test_decode_profile_ignored);
  g_test_add_func ("/image-decode/alpha", test_decode_alpha);
  g_test_add_func ("/image-decode/deep", test_decode_deep);
  g_test_add_func ("/image-decode/animation", test_decode_animation);
  g_test_add_func ("/image-decode/animation-webp", test_decode_animation_webp);
  g_test_add_func ("/image-decode/cmyk", test_decode_cmyk);
  g_test_add_func ("/image-decode/shrinks", test_decode_shrinks);
  g_test_add_func ("/image-decode/svg", test_decode_svg);
  g_test_add_func ("/image-decode/cut-short", test_decode_cut_short);
  g_test_add_func ("/image-decode/too-little-data", test_decode_too_little_data);
  g_test_add_func ("/image-decode/no-picture", test_decode_no_picture);
  g_test_add_func ("/image-decode/no-reader", test_decode_no_reader);
  g_test_add_func ("/image-decode/cancelled", test_decode_cancelled);
  g_test_add_func ("/image-decode/threads", test_decode_threads);
  g_test_add_func ("/image-decode/read-file", test_read_file);
  g_test_add_func ("/image-decode/damaged", test_decode_damaged);

  return g_test_run ();
}
