/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos as they come from cameras, telephones and editors. */

#include "config.h"

#include "prepared-photos.h"

#include "dio-image-decode.h"

#include <lcms2.h>
#include <string.h>

/* Appends the bytes of a string literal, without its terminator. */
#define ADD(array, literal) g_byte_array_append (array, (const guint8 *) literal, sizeof literal - 1)

GBytes *
photos_save (GdkPixbuf  *pixbuf,
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

/* Soft colours with some grain: neither plain nor noise. */
GdkPixbuf *
photos_make_picture (int width,
                     int height,
                     int grain)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guint8 *row = gdk_pixbuf_get_pixels (pixbuf);
  guint32 state = 1;

  for (int y = 0; y < height; y++, row += gdk_pixbuf_get_rowstride (pixbuf))
    for (int x = 0; x < width; x++)
      {
        state = state * 1664525 + 1013904223;
        row[x * 3] = 40 + x * 150 / width + (state >> 24) * grain / 255;
        row[x * 3 + 1] = 40 + y * 150 / height + (state >> 16 & 255) * grain / 255;
        row[x * 3 + 2] = 100;
      }

  return pixbuf;
}

GBytes *
photos_make_jpeg (int width,
                  int height)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (width, height, 10);

  return photos_save (picture, "jpeg", "quality", "90");
}

GBytes *
photos_make_png (int width,
                 int height)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (width, height, 10);

  return photos_save (picture, "png", NULL, NULL);
}

/* Transparent on its left half, half transparent on its right. */
GBytes *
photos_make_transparent_png (int width,
                             int height,
                             int grain)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (width, height, grain);
  g_autoptr(GdkPixbuf) clear = gdk_pixbuf_add_alpha (picture, FALSE, 0, 0, 0);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      gdk_pixbuf_get_pixels (clear)[y * gdk_pixbuf_get_rowstride (clear) + x * 4 + 3] = x < width / 2 ? 0 : 128;

  return photos_save (clear, "png", NULL, NULL);
}

static void
add_entry (GByteArray *exif,
           int         tag,
           int         type,
           int         count,
           int         value)
{
  const guint8 entry[] = { tag >> 8, tag & 255, 0, type, 0, 0, 0, count, 0, 0, 0, value };
  guint start = exif->len;

  g_byte_array_append (exif, entry, sizeof entry);
  if (type == 3)
    {
      exif->data[start + 9] = value;
      exif->data[start + 11] = 0;
    }
}

/* Which way up, whose camera, and where. */
static GByteArray *
make_exif (int orientation)
{
  GByteArray *exif = g_byte_array_new ();

  ADD (exif, "MM\0*\0\0\0\x08");
  ADD (exif, "\0\x03");
  add_entry (exif, 0x0112, 3, 1, orientation);
  add_entry (exif, 0x8769, 4, 1, 50);
  add_entry (exif, 0x8825, 4, 1, 68);
  ADD (exif, "\0\0\0\0");

  g_assert_cmpint (exif->len, ==, 50);
  ADD (exif, "\0\x01");
  add_entry (exif, 0xa431, 2, 11, 98);
  ADD (exif, "\0\0\0\0");

  g_assert_cmpint (exif->len, ==, 68);
  ADD (exif, "\0\x02");
  add_entry (exif, 1, 2, 2, 0);
  memcpy (exif->data + exif->len - 4, "N\0\0\0", 4);
  add_entry (exif, 2, 5, 3, 110);
  ADD (exif, "\0\0\0\0");

  g_assert_cmpint (exif->len, ==, 98);
  ADD (exif, PHOTOS_SERIAL "\0\0");
  g_assert_cmpint (exif->len, ==, 110);
  ADD (exif, "\0\0\0\x2f\0\0\0\1" PHOTOS_PLACE "\0\0\0\0\0\0\0\1");

  return exif;
}

static void
add_segment (GByteArray   *jpeg,
             int           marker,
             const char   *name,
             gsize         name_size,
             GByteArray   *body)
{
  guint size = 2 + name_size + (body != NULL ? body->len : 0);
  const guint8 head[] = { 0xff, marker, size >> 8, size & 255 };

  g_byte_array_append (jpeg, head, sizeof head);
  g_byte_array_append (jpeg, (const guint8 *) name, name_size);
  if (body != NULL)
    g_byte_array_append (jpeg, body->data, body->len);
}

GBytes *
photos_insert_exif (GBytes *jpeg,
                    int     orientation)
{
  GByteArray *result = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (orientation);
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  g_byte_array_append (result, data, 2);
  add_segment (result, 0xe1, "Exif\0", 6, exif);
  g_byte_array_append (result, data + 2, size - 2);

  return g_byte_array_free_to_bytes (result);
}

/* All that cameras, telephones and editors write, in every place. */
GBytes *
photos_make_talkative_jpeg (GBytes *jpeg)
{
  GByteArray *result = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (1);
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  g_byte_array_append (result, data, 2);
  add_segment (result, 0xe1, "Exif\0", 6, exif);
  add_segment (result, 0xe0, "JFXX\0\x10 small picture " PHOTOS_SERIAL, 32, NULL);
  add_segment (result, 0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" PHOTOS_SERIAL, 50, NULL);
  add_segment (result, 0xe2, "MPF\0" PHOTOS_SERIAL, 14, NULL);
  add_segment (result, 0xed, "Photoshop 3.0\0" "8BIM" PHOTOS_SERIAL, 28, NULL);
  add_segment (result, 0xef, PHOTOS_SERIAL, 10, NULL);
  add_segment (result, 0xfe, "taken with " PHOTOS_SERIAL, 21, NULL);
  g_byte_array_append (result, data + 2, size - 2);

  /* A second picture behind the end, as for films that begin with a photo. */
  g_byte_array_append (result, data, 2);
  add_segment (result, 0xe1, "Exif\0", 6, exif);
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

GBytes *
photos_make_talkative_png (GBytes *png)
{
  GByteArray *result = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (1);
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);

  g_byte_array_append (result, data, 33);
  add_chunk (result, "eXIf", exif->data, exif->len);
  add_chunk (result, "tEXt", (const guint8 *) "Author\0" PHOTOS_SERIAL, 17);
  add_chunk (result, "tIME", (const guint8 *) "\x7\xe8\1\1\1\1\1", 7);
  g_byte_array_append (result, data + 33, size - 33);
  ADD (result, "behind the end: " PHOTOS_SERIAL);

  return g_byte_array_free_to_bytes (result);
}

/* What a file tells by one part alone: @marker is of a segment, or 0 for bytes
 * behind the end. */
GBytes *
photos_make_whispering_jpeg (GBytes *jpeg,
                             int     marker)
{
  GByteArray *result = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  g_byte_array_append (result, data, 2);
  if (marker != 0)
    add_segment (result, marker, PHOTOS_SERIAL, sizeof PHOTOS_SERIAL - 1, NULL);
  g_byte_array_append (result, data + 2, size - 2);
  if (marker == 0)
    ADD (result, PHOTOS_SERIAL);

  return g_byte_array_free_to_bytes (result);
}

/* Grey, 16 bits, one pixel. */
GBytes *
photos_make_deep_png (void)
{
  /* Not packed: a block of three bytes, the first for the filter, and a sum. */
  static const guint8 row[] = { 0x78, 1, 1, 3, 0, 0xfc, 0xff, 0, 0x80, 0, 0x01, 0x03, 0, 0x81 };
  GByteArray *png = g_byte_array_new ();

  ADD (png, "\x89PNG\r\n\x1a\n");
  add_chunk (png, "IHDR", (const guint8 *) "\0\0\0\1\0\0\0\1\x10\0\0\0\0", 13);
  add_chunk (png, "IDAT", row, sizeof row);
  add_chunk (png, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (png);
}

GBytes *
photos_load (const char *name)
{
  g_autoptr(GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", name, NULL));
  g_autoptr(GError) error = NULL;
  GBytes *bytes = dio_image_read_file (file, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static void
add_riff_chunk (GByteArray   *webp,
                const char   *name,
                const guint8 *data,
                guint32       size)
{
  guint32 length = GUINT32_TO_LE (size);

  g_byte_array_append (webp, (const guint8 *) name, 4);
  g_byte_array_append (webp, (const guint8 *) &length, 4);
  g_byte_array_append (webp, data, size);
  if (size % 2 == 1)
    ADD (webp, "\0");
}

/* The picture of the fixture, 9 x 3 pixels, in a file that tells more or nothing. */
GBytes *
photos_make_webp (gboolean is_talkative)
{
  g_autoptr(GBytes) fixture = photos_load ("turned.webp");
  const guint8 *data = g_bytes_get_data (fixture, NULL);
  GByteArray *webp = g_byte_array_new ();
  g_autoptr(GByteArray) exif = make_exif (1);
  guint8 canvas[10];
  guint32 size;

  memcpy (canvas, data + 0x14, sizeof canvas);
  canvas[0] = is_talkative ? 0x0c : 0;
  ADD (webp, "RIFFsizeWEBP");
  add_riff_chunk (webp, "VP8X", canvas, sizeof canvas);
  g_byte_array_append (webp, data + 0x1e, 0x50 - 0x1e);
  if (is_talkative)
    {
      add_riff_chunk (webp, "EXIF", exif->data, exif->len);
      add_riff_chunk (webp, "XMP ", (const guint8 *) "<x:xmpmeta>" PHOTOS_SERIAL, 21);
    }
  size = GUINT32_TO_LE (webp->len - 8);
  memcpy (webp->data + 4, &size, 4);

  return g_byte_array_free_to_bytes (webp);
}

gboolean
photos_can_read (const char *mime_type)
{
  g_autoptr(GSList) formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_auto(GStrv) mime_types = gdk_pixbuf_format_get_mime_types (l->data);

      found |= g_strv_contains ((const char *const *) mime_types, mime_type);
    }

  return found;
}

static char *
encode_profile (gboolean is_srgb)
{
  /* Red and green swapped, so that nothing else gives the same. */
  cmsCIExyY white = { 0.3127, 0.3290, 1.0 };
  cmsCIExyYTRIPLE primaries = { { 0.30, 0.60, 1.0 }, { 0.64, 0.33, 1.0 }, { 0.15, 0.06, 1.0 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2);
  cmsToneCurve *curves[] = { curve, curve, curve };
  cmsHPROFILE profile = is_srgb ? cmsCreate_sRGBProfile () : cmsCreateRGBProfile (&white, &primaries, curves);
  cmsUInt32Number size = 0;
  g_autofree guint8 *data = NULL;

  cmsFreeToneCurve (curve);
  g_assert_true (cmsSaveProfileToMem (profile, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, data, &size));
  cmsCloseProfile (profile);

  return g_base64_encode (data, size);
}

GBytes *
photos_make_profiled_jpeg (gboolean is_srgb)
{
  g_autoptr(GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);
  g_autofree char *profile = encode_profile (is_srgb);

  gdk_pixbuf_fill (picture, 0x64c832ff);

  return photos_save (picture, "jpeg", "icc-profile", profile);
}
