/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos made to fit: as little is changed as the limits allow, nothing but the
 * picture is told, and a copy is made once. The program is its own children. */

#include "config.h"

#include "dio-cache-folder.h"
#include "dio-error.h"
#include "dio-hash.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-prepared.h"
#include "prepared-photos.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MEGABYTE (1024 * 1024)

#define ANY_FORMAT (DIO_PHOTO_JPEG | DIO_PHOTO_PNG | DIO_PHOTO_WEBP)

static const DioPhotoLimits any = { .formats = ANY_FORMAT };

typedef struct
{
  char       *folder;
  DioWorkers *workers;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *parent = g_dir_make_tmp ("diorama-prepared-XXXXXX", NULL);

  fixture->folder = g_build_filename (parent, "prepared", NULL);
  fixture->workers = dio_workers_new (2, NULL);
}

static GPtrArray *
list_files (Fixture *fixture)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (fixture->folder, name, NULL));

  return paths;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  g_autoptr(GPtrArray) paths = list_files (fixture);

  for (guint i = 0; i < paths->len; i++)
    g_unlink (paths->pdata[i]);
  g_rmdir (fixture->folder);
  g_assert_cmpint (g_rmdir (parent), ==, 0);

  dio_workers_free (fixture->workers);
  g_free (fixture->folder);
}

/* What comes of them */

static DioPrepared *
try (Fixture               *fixture,
     GBytes                *photo,
     const DioPhotoLimits  *limits,
     GError               **error)
{
  g_autofree char *hash = dio_hash_bytes (photo);

  return dio_prepare (photo, hash, limits, fixture->folder, fixture->workers, NULL, error);
}

static GBytes *
read_copy (const DioPrepared *prepared)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = dio_image_read_file (prepared->file, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

/* What a copy says of itself is true of its file. */
static void
assert_true_to_file (const DioPrepared    *prepared,
                     const DioPhotoLimits *limits)
{
  g_autoptr(GBytes) bytes = read_copy (prepared);
  g_autoptr(GError) error = NULL;
  DioImageHeader header;

  g_assert_true (dio_image_header_read (bytes, &header, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_bytes_get_size (bytes), ==, prepared->size);
  g_assert_cmpint (header.width, ==, prepared->width);
  g_assert_cmpint (header.height, ==, prepared->height);
  g_assert_cmpint (header.orientation, ==, 1);
  g_assert_false (header.animated);
  g_assert_cmpstr (dio_image_format_get_mime_type (header.format), ==, prepared->mime_type);

  g_assert_true ((header.format == DIO_IMAGE_FORMAT_JPEG && limits->formats & DIO_PHOTO_JPEG) ||
                 (header.format == DIO_IMAGE_FORMAT_PNG && limits->formats & DIO_PHOTO_PNG) ||
                 (header.format == DIO_IMAGE_FORMAT_WEBP && limits->formats & DIO_PHOTO_WEBP));
  if (limits->max_bytes > 0)
    g_assert_cmpint (prepared->size, <=, limits->max_bytes);
  if (limits->max_base64_bytes > 0)
    {
      g_autofree char *text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      g_assert_cmpint (strlen (text), <=, limits->max_base64_bytes);
    }
  if (limits->max_side > 0)
    g_assert_cmpint (MAX (header.width, header.height), <=, limits->max_side);
  g_assert_cmpint (MIN (header.width, header.height), >=, limits->min_side);
  if (limits->max_pixels > 0)
    g_assert_cmpint ((gint64) header.width * header.height, <=, limits->max_pixels);
  if (limits->max_aspect > 0)
    g_assert_cmpfloat (MAX (header.width, header.height), <=, limits->max_aspect * MIN (header.width, header.height));
}

static DioPrepared *
prepare (Fixture              *fixture,
         GBytes               *photo,
         const DioPhotoLimits *limits)
{
  g_autoptr(GError) error = NULL;
  DioPrepared *prepared = try (fixture, photo, limits, &error);

  g_assert_no_error (error);
  g_assert_nonnull (prepared);
  assert_true_to_file (prepared, limits);

  return prepared;
}

static void
assert_refused (Fixture              *fixture,
                GBytes               *photo,
                const DioPhotoLimits *limits,
                const char           *why)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DioPrepared) prepared = try (fixture, photo, limits, &error);

  g_assert_null (prepared);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, why));
}

static void
assert_silent (GBytes *bytes)
{
  static const char *const words[] = { "Exif", "xmp", "8BIM", "MPF", "JFXX", "tEXt", "tIME", "eXIf", PHOTOS_SERIAL };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_null (memmem (data, size, words[i], strlen (words[i])));
  g_assert_null (memmem (data, size, PHOTOS_PLACE, sizeof PHOTOS_PLACE - 1));
}

static DioPixels *
decode (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_image_decode (bytes, 0, NULL, NULL, &error);

  g_assert_no_error (error);

  return pixels;
}

static void
assert_same_pixels (GBytes *a,
                    GBytes *b)
{
  g_autoptr(DioPixels) x = decode (a);
  g_autoptr(DioPixels) y = decode (b);

  g_assert_cmpint (x->channels, ==, y->channels);
  g_assert_cmpmem (x->data, x->stride * x->height, y->data, y->stride * y->height);
}

static void
assert_pixel (GBytes       *bytes,
              int           x,
              int           y,
              const guint8 *wanted,
              int           tolerance)
{
  g_autoptr(DioPixels) pixels = decode (bytes);
  const guint8 *seen = dio_pixels_row (pixels, y) + x * pixels->channels;

  for (int c = 0; c < pixels->channels; c++)
    g_assert_cmpint (ABS (seen[c] - wanted[c]), <=, tolerance);
}

/* Tests */

static void
test_same_bytes (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GBytes) jpeg = photos_make_jpeg (60, 40);
  g_autoptr(GBytes) png = photos_make_png (60, 40);
  g_autoptr(GBytes) clear = photos_make_transparent_png (60, 40, 0);
  g_autoptr(GBytes) webp = photos_make_webp (FALSE);
  g_autoptr(GBytes) srgb = photos_make_profiled_jpeg (TRUE);
  GBytes *const photos[] = { jpeg, png, clear, webp, srgb };

  for (guint i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr(DioPrepared) prepared = prepare (fixture, photos[i], &any);
      g_autoptr(GBytes) copy = read_copy (prepared);

      g_assert_cmpint (prepared->changes, ==, 0);
      g_assert_true (g_bytes_equal (copy, photos[i]));
    }
}

/* The picture itself is not touched, and nothing else is left. */
static void
test_metadata (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GBytes) jpeg = photos_make_jpeg (60, 40);
  g_autoptr(GBytes) png = photos_make_png (60, 40);
  g_autoptr(GBytes) talkative_jpeg = photos_make_talkative_jpeg (jpeg);
  g_autoptr(GBytes) talkative_png = photos_make_talkative_png (png);
  g_autoptr(GBytes) talkative_webp = photos_make_webp (TRUE);
  g_autoptr(GBytes) quiet_webp = photos_make_webp (FALSE);
  GBytes *const photos[][2] = {
    { talkative_jpeg, jpeg }, { talkative_png, png }, { talkative_webp, quiet_webp },
  };

  for (guint i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr(DioPrepared) prepared = prepare (fixture, photos[i][0], &any);
      g_autoptr(GBytes) copy = read_copy (prepared);

      g_assert_nonnull (memmem (g_bytes_get_data (photos[i][0], NULL), g_bytes_get_size (photos[i][0]), PHOTOS_PLACE, 8));
      g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_METADATA_REMOVED);
      assert_silent (copy);
      g_assert_true (g_bytes_equal (copy, photos[i][1]));
    }
}

/* One part that tells something is enough, wherever and whatever it is. */
static void
test_metadata_alone (Fixture       *fixture,
                     gconstpointer  data)
{
  static const int markers[] = { 0, 0x02, 0xe0, 0xe1, 0xe2, 0xe5, 0xed, 0xee, 0xef, 0xf7, 0xfe };
  g_autoptr(GBytes) jpeg = photos_make_jpeg (60, 40);

  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    {
      g_autoptr(GBytes) photo = photos_make_whispering_jpeg (jpeg, markers[i]);
      g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
      g_autoptr(GBytes) copy = read_copy (prepared);

      g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_METADATA_REMOVED);
      g_assert_true (g_bytes_equal (copy, jpeg));
    }
}

/* A file that only fits once it is quiet is not encoded anew. */
static void
test_metadata_too_large (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GBytes) jpeg = photos_make_jpeg (60, 40);
  g_autoptr(GBytes) talkative = photos_make_talkative_jpeg (jpeg);
  const DioPhotoLimits limits = { .formats = DIO_PHOTO_JPEG, .max_bytes = g_bytes_get_size (jpeg) };
  g_autoptr(DioPrepared) prepared = prepare (fixture, talkative, &limits);

  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_METADATA_REMOVED);
}

/* Where it must be decoded, nothing of it comes through either. */
static void
test_turned (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GBytes) jpeg = photos_make_jpeg (64, 32);

  for (int orientation = 2; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) photo = photos_insert_exif (jpeg, orientation);
      g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
      g_autoptr(GBytes) copy = read_copy (prepared);
      g_autoptr(DioPixels) upright = decode (photo);
      g_autoptr(DioPixels) pixels = decode (copy);
      int x = pixels->width / 8;

      g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_TURNED | DIO_PREPARED_METADATA_REMOVED);
      g_assert_cmpstr (prepared->mime_type, ==, "image/jpeg");
      g_assert_cmpint (prepared->width, ==, orientation >= 5 ? 32 : 64);
      assert_silent (copy);
      for (int y = 2; y < pixels->height; y += 7)
        assert_pixel (copy, x, y, dio_pixels_row (upright, y) + x * 3, 12);
    }
}

static void
test_colour (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GBytes) photo = photos_make_profiled_jpeg (FALSE);
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
  g_autoptr(GBytes) copy = read_copy (prepared);
  g_autoptr(GBytes) inks = photos_load ("cmyk.jpg");
  g_autoptr(DioPrepared) lights = prepare (fixture, inks, &any);

  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_CONVERTED_COLOUR | DIO_PREPARED_REENCODED);
  assert_pixel (copy, 20, 15, (const guint8[]) { 200, 100, 50 }, 4);
  g_assert_null (memmem (g_bytes_get_data (copy, NULL), prepared->size, "ICC_PROFILE", 11));

  g_assert_cmpint (lights->changes & DIO_PREPARED_CONVERTED_COLOUR, !=, 0);
}

/* A profile that changes nothing goes with everything else. */
static void
test_colour_srgb (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GBytes) srgb = photos_make_profiled_jpeg (TRUE);
  g_autoptr(GBytes) photo = photos_make_talkative_jpeg (srgb);
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
  g_autoptr(GBytes) copy = read_copy (prepared);

  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_METADATA_REMOVED);
  g_assert_null (memmem (g_bytes_get_data (copy, NULL), prepared->size, "ICC_PROFILE", 11));
  assert_silent (copy);
  assert_same_pixels (copy, srgb);
}

typedef struct
{
  DioPhotoLimits      limits;
  int                 width, height;
  int                 new_width, new_height;
  DioPreparedChanges  changes;
  const char         *why; /* it is refused */
} SideCase;

/* Each border from inside and from outside. */
static void
test_sides (Fixture       *fixture,
            gconstpointer  data)
{
  const DioPreparedChanges down = DIO_PREPARED_SCALED_DOWN | DIO_PREPARED_REENCODED;
  const DioPreparedChanges up = DIO_PREPARED_SCALED_UP | DIO_PREPARED_REENCODED;
  const SideCase cases[] = {
    { { ANY_FORMAT, .max_side = 400 }, 400, 300, 400, 300, 0, NULL },
    { { ANY_FORMAT, .max_side = 400 }, 401, 300, 400, 299, down, NULL },
    { { ANY_FORMAT, .max_side = 400 }, 300, 401, 299, 400, down, NULL },
    { { ANY_FORMAT, .min_side = 300 }, 400, 300, 400, 300, 0, NULL },
    { { ANY_FORMAT, .min_side = 300 }, 400, 299, 401, 300, up, NULL },
    { { ANY_FORMAT, .min_side = 300 }, 150, 200, 300, 400, up, NULL },
    { { ANY_FORMAT, .min_side = 300 }, 149, 200, 0, 0, 0, "The shorter side of the picture has 149 pixels" },
    { { ANY_FORMAT, .max_aspect = 2.5 }, 500, 200, 500, 200, 0, NULL },
    { { ANY_FORMAT, .max_aspect = 2.5 }, 501, 200, 0, 0, 0, "at most 2.5 times as long" },
    { { ANY_FORMAT, .max_aspect = 2.5 }, 200, 501, 0, 0, 0, "at most 2.5 times as long" },
    { { ANY_FORMAT, .max_pixels = 30000 }, 200, 150, 200, 150, 0, NULL },
    { { ANY_FORMAT, .max_pixels = 30000 }, 151, 200, 150, 199, down, NULL },

    /* Rounding does not lead over another border. */
    { { ANY_FORMAT, .max_aspect = 2.5, .max_side = 204 }, 500, 200, 204, 82, down, NULL },
    { { ANY_FORMAT, .max_aspect = 2.5, .max_side = 203 }, 500, 200, 203, 82, down, NULL },
    { { ANY_FORMAT, .max_aspect = 2.5, .max_pixels = 2000 }, 500, 200, 70, 28, down, NULL },
    { { ANY_FORMAT, .min_side = 300, .max_side = 330 }, 299, 330, 0, 0, 0, "too large" },
    { { ANY_FORMAT, .min_side = 300, .max_side = 2048 }, 2100, 302, 0, 0, 0, "would have 295 of at least 300" },
    { { ANY_FORMAT, .min_side = 300, .max_pixels = 100000 }, 301, 400, 0, 0, 0, "at least 300" },

    /* What providers state. */
    { { DIO_PHOTO_JPEG | DIO_PHOTO_PNG, 10 * MEGABYTE, .min_side = 300, .max_aspect = 2.5 }, 750, 300, 750, 300, 0, NULL },
    { { ANY_FORMAT, 20 * MEGABYTE, .min_side = 300, .max_side = 2048 }, 4000, 3000, 2048, 1536, down, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SideCase *side = &cases[i];
      g_autoptr(GBytes) photo = photos_make_jpeg (side->width, side->height);
      g_autoptr(DioPrepared) prepared = NULL;

      if (side->why != NULL)
        {
          assert_refused (fixture, photo, &side->limits, side->why);
          continue;
        }

      prepared = prepare (fixture, photo, &side->limits);
      g_assert_cmpint (prepared->width, ==, side->new_width);
      g_assert_cmpint (prepared->height, ==, side->new_height);
      g_assert_cmpint (prepared->changes, ==, side->changes);
    }
}

static void
test_formats (Fixture       *fixture,
              gconstpointer  data)
{
  const DioPhotoLimits jpeg_only = { .formats = DIO_PHOTO_JPEG };
  const DioPhotoLimits png_only = { .formats = DIO_PHOTO_PNG };
  g_autoptr(GBytes) jpeg = photos_make_jpeg (60, 40);
  g_autoptr(GBytes) png = photos_make_png (60, 40);
  g_autoptr(DioPrepared) as_jpeg = prepare (fixture, png, &jpeg_only);
  g_autoptr(DioPrepared) as_png = prepare (fixture, jpeg, &png_only);
  g_autoptr(GBytes) png_copy = read_copy (as_png);
  g_autoptr(GBytes) webp = photos_make_webp (FALSE);
  g_autoptr(DioPrepared) from_webp = NULL;

  g_assert_cmpint (as_jpeg->changes, ==, DIO_PREPARED_REENCODED);
  g_assert_cmpint (as_png->changes, ==, DIO_PREPARED_REENCODED);
  assert_same_pixels (png_copy, jpeg);

  if (!photos_can_read ("image/webp"))
    return;
  from_webp = prepare (fixture, webp, &jpeg_only);
  g_assert_cmpint (from_webp->changes, ==, DIO_PREPARED_REENCODED);
}

/* One byte less than the file has, in bytes and in letters of base64. */
static void
test_size (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GBytes) jpeg = photos_make_jpeg (200, 150);
  goffset size = g_bytes_get_size (jpeg);
  goffset base64_size = (size + 2) / 3 * 4;
  const DioPhotoLimits limits[] = {
    { ANY_FORMAT, .max_bytes = size },
    { ANY_FORMAT, .max_base64_bytes = base64_size },
    { ANY_FORMAT, .max_bytes = size - 1 },
    { ANY_FORMAT, .max_base64_bytes = base64_size - 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr(DioPrepared) prepared = prepare (fixture, jpeg, &limits[i]);

      g_assert_cmpint (prepared->changes, ==, i < 2 ? 0 : DIO_PREPARED_REENCODED);
      g_assert_cmpint (prepared->width, ==, 200);
    }
}

/* First detail is given up, then pixels, and then it is said. */
static void
test_size_in_steps (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (400, 300, 60);
  g_autoptr(GBytes) photo = photos_save (picture, "jpeg", "quality", "98");
  DioPhotoLimits limits = { .formats = ANY_FORMAT, .min_side = 100 };
  int last_width = 400;
  goffset last_size = g_bytes_get_size (photo);
  gboolean has_shrunk = FALSE;

  for (int kilobytes = last_size / 1024; kilobytes >= 8; kilobytes -= 4)
    {
      g_autoptr(DioPrepared) prepared = NULL;

      limits.max_bytes = kilobytes * 1024;
      prepared = prepare (fixture, photo, &limits);
      g_assert_cmpint (prepared->width, <=, last_width);
      g_assert_cmpint (prepared->size, <=, last_size);
      g_assert_cmpint ((prepared->changes & DIO_PREPARED_SCALED_DOWN) != 0, ==, prepared->width < 400);
      has_shrunk |= prepared->width < 400;
      last_width = prepared->width;
      last_size = prepared->size;
    }
  g_assert_true (has_shrunk);

  limits.max_bytes = 1500;
  assert_refused (fixture, photo, &limits, "at least 100");
  limits.min_side = 0;
  limits.max_bytes = 100;
  assert_refused (fixture, photo, &limits, "No picture is as small");
}

static void
test_alpha (Fixture       *fixture,
            gconstpointer  data)
{
  const DioPhotoLimits small = { .formats = ANY_FORMAT, .max_side = 50 };
  const DioPhotoLimits tight = { .formats = ANY_FORMAT, .max_bytes = 8000 };
  g_autoptr(GBytes) photo = photos_make_transparent_png (100, 80, 120);
  g_autoptr(DioPrepared) kept = prepare (fixture, photo, &small);
  g_autoptr(DioPrepared) flat = prepare (fixture, photo, &tight);
  g_autoptr(GBytes) kept_copy = read_copy (kept);
  g_autoptr(GBytes) flat_copy = read_copy (flat);
  g_autoptr(DioPixels) pixels = decode (kept_copy);

  g_assert_cmpint (kept->changes, ==, DIO_PREPARED_SCALED_DOWN | DIO_PREPARED_REENCODED);
  g_assert_cmpstr (kept->mime_type, ==, "image/png");
  g_assert_cmpint (pixels->channels, ==, 4);
  g_assert_cmpint (dio_pixels_row (pixels, 20)[5 * 4 + 3], ==, 0);
  g_assert_cmpint (dio_pixels_row (pixels, 20)[40 * 4 + 3], ==, 128);

  g_assert_cmpint (g_bytes_get_size (photo), >, tight.max_bytes);
  g_assert_cmpint (flat->changes, ==, DIO_PREPARED_FLATTENED | DIO_PREPARED_REENCODED);
  g_assert_cmpstr (flat->mime_type, ==, "image/jpeg");
  assert_pixel (flat_copy, 20, 40, (const guint8[]) { 255, 255, 255 }, 6);
}

/* One picture of 8 bits, whatever it was. */
static void
test_first_frame (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char gif[] =
    "GIF89a\1\0\1\0\x80\0\0" "\xff\0\0\0\0\xff"
    "\x21\xf9\4\0\x0a\0\0\0" "\x2c\0\0\0\0\1\0\1\0\0" "\2\2\x44\1\0"
    "\x21\xf9\4\0\x0a\0\0\0" "\x2c\0\0\0\0\1\0\1\0\0" "\2\2\x4c\1\0"
    "\x3b";
  g_autoptr(GBytes) photo = g_bytes_new_static (gif, sizeof gif - 1);
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
  g_autoptr(GBytes) film = NULL;
  g_autoptr(DioPrepared) still = NULL;

  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_FIRST_FRAME | DIO_PREPARED_REENCODED);
  g_assert_cmpstr (prepared->mime_type, ==, "image/png");

  if (!photos_can_read ("image/webp"))
    return;
  film = photos_load ("film.webp");
  still = prepare (fixture, film, &any);
  g_assert_cmpint (still->changes & DIO_PREPARED_FIRST_FRAME, !=, 0);
  g_assert_cmpstr (still->mime_type, !=, "image/webp");
}

/* Many readers make white of 16 bits. */
static void
test_deep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GBytes) photo = photos_make_deep_png ();
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
  g_autoptr(GBytes) copy = read_copy (prepared);
  DioImageHeader header;

  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_REENCODED);
  g_assert_true (dio_image_header_read (copy, &header, NULL));
  g_assert_cmpint (header.bits, ==, 8);
  assert_pixel (copy, 0, 0, (const guint8[]) { 128, 128, 128 }, 0);
}

/* A drawing is drawn as large as is wanted of photos, and stays sharp. */
static void
test_drawing (Fixture       *fixture,
              gconstpointer  data)
{
  static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><metadata>" PHOTOS_SERIAL "</metadata>"
    "<rect x='10' width='10' height='10' fill='#c86432'/></svg>";
  g_autoptr(GBytes) photo = g_bytes_new_static (svg, sizeof svg - 1);
  g_autoptr(DioPrepared) prepared = NULL;
  g_autoptr(GBytes) copy = NULL;

  if (!photos_can_read ("image/svg+xml"))
    return;

  prepared = prepare (fixture, photo, &any);
  copy = read_copy (prepared);
  g_assert_cmpstr (prepared->mime_type, ==, "image/png");
  g_assert_cmpint (prepared->width, ==, 1024);
  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_METADATA_REMOVED | DIO_PREPARED_REENCODED);
  assert_silent (copy);
}

/* A name for the page where it says how the pixels lie: that is as usual. */
static void
test_tiff (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (60, 40, 10);
  g_autoptr(GBytes) quiet = photos_save (picture, "tiff", NULL, NULL);
  g_autoptr(GBytes) talkative = NULL;
  g_autoptr(DioPrepared) from_quiet = prepare (fixture, quiet, &any);
  g_autoptr(DioPrepared) from_talkative = NULL;
  gsize size = g_bytes_get_size (quiet);
  guint8 *changed = g_memdup2 (g_bytes_get_data (quiet, NULL), size);
  guint8 *entry = memmem (changed, size, "\x1c\x01\x03\0\1\0\0\0", 8);

  g_assert_nonnull (entry);
  entry[0] = 0x1d;
  talkative = g_bytes_new_take (changed, size);
  from_talkative = prepare (fixture, talkative, &any);

  g_assert_cmpint (from_quiet->changes, ==, DIO_PREPARED_REENCODED);
  g_assert_cmpint (from_talkative->changes, ==, DIO_PREPARED_METADATA_REMOVED | DIO_PREPARED_REENCODED);
  g_assert_cmpstr (from_quiet->mime_type, ==, "image/jpeg");
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  const DioPhotoLimits small = { .formats = ANY_FORMAT, .max_side = 50 };
  const DioPhotoLimits smaller = { .formats = ANY_FORMAT, .max_side = 49 };
  g_autoptr(GBytes) photo = photos_make_jpeg (60, 40);
  g_autoptr(DioPrepared) first = prepare (fixture, photo, &small);
  g_autoptr(DioPrepared) second = NULL;
  g_autoptr(DioPrepared) other = NULL;
  g_autoptr(GPtrArray) files = NULL;
  GStatBuf before, after;

  g_assert_cmpint (g_stat (g_file_peek_path (first->file), &before), ==, 0);
  second = prepare (fixture, photo, &small);
  g_assert_true (g_file_equal (first->file, second->file));
  g_assert_cmpint (second->changes, ==, first->changes);
  g_assert_cmpint (g_stat (g_file_peek_path (first->file), &after), ==, 0);
  g_assert_cmpint (after.st_ino, ==, before.st_ino);
  g_assert_cmpint (after.st_mtim.tv_sec, ==, before.st_mtim.tv_sec);
  g_assert_cmpint (after.st_mtim.tv_nsec, ==, before.st_mtim.tv_nsec);

  other = prepare (fixture, photo, &smaller);
  g_assert_false (g_file_equal (first->file, other->file));
  files = list_files (fixture);
  g_assert_cmpint (files->len, ==, 2);
}

/* Nothing that was made to fit one provider is taken for another. */
static void
test_kept_apart (Fixture       *fixture,
                 gconstpointer  data)
{
  const DioPhotoLimits limits[] = {
    any,
    { .formats = DIO_PHOTO_JPEG },
    { ANY_FORMAT, .max_bytes = MEGABYTE },
    { ANY_FORMAT, .max_base64_bytes = MEGABYTE },
    { ANY_FORMAT, .min_side = 20 },
    { ANY_FORMAT, .max_side = 2000 },
    { ANY_FORMAT, .max_aspect = 2.5 },
    { ANY_FORMAT, .max_pixels = MEGABYTE },
  };
  g_autoptr(GBytes) photo = photos_make_jpeg (60, 40);
  g_autoptr(GPtrArray) files = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &limits[i]);

      g_assert_cmpint (prepared->changes, ==, 0);
    }

  files = list_files (fixture);
  g_assert_cmpint (files->len, ==, G_N_ELEMENTS (limits));
}

/* Cut short, one byte changed, empty, gone: made again each time. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  const DioPhotoLimits small = { .formats = ANY_FORMAT, .max_side = 50 };
  g_autoptr(GBytes) photo = photos_make_jpeg (60, 40);
  g_autoptr(DioPrepared) first = prepare (fixture, photo, &small);
  g_autoptr(GBytes) good = read_copy (first);
  const char *path = g_file_peek_path (first->file);

  for (int way = 0; way < 4; way++)
    {
      g_autoptr(DioPrepared) again = NULL;
      g_autoptr(GBytes) copy = NULL;
      g_autoptr(GPtrArray) files = NULL;
      int fd = g_open (path, O_RDWR, 0);

      g_assert_cmpint (fd, >=, 0);
      if (way < 2)
        g_assert_cmpint (ftruncate (fd, way * 100), ==, 0);
      else if (way == 2)
        g_assert_cmpint (pwrite (fd, "x", 1, first->size / 2), ==, 1);
      else
        g_unlink (path);
      close (fd);

      again = prepare (fixture, photo, &small);
      copy = read_copy (again);
      files = list_files (fixture);
      g_assert_true (g_bytes_equal (copy, good));
      g_assert_cmpint (files->len, ==, 1);
    }
}

static char *
make_old_file (Fixture    *fixture,
               const char *name,
               goffset     size,
               int         age)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  time_t then = g_get_real_time () / G_USEC_PER_SEC - age;
  const struct timespec times[] = { { .tv_sec = then }, { .tv_sec = then } };

  /* Sparse: takes no room on the disk. */
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, size), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);

  return path;
}

/* The oldest go, those that somebody may be sending stay. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GBytes) photo = photos_make_jpeg (60, 40);
  g_autoptr(GBytes) other_photo = photos_make_jpeg (61, 40);
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &any);
  g_autoptr(DioPrepared) other = NULL;
  g_autofree char *oldest = make_old_file (fixture, "oldest", 600 * (goffset) MEGABYTE, 500000);
  g_autofree char *older = make_old_file (fixture, "older.XY1Z2A", 600 * (goffset) MEGABYTE, 400000);
  g_autofree char *old = make_old_file (fixture, "old", 10 * (goffset) MEGABYTE, 300000);
  g_autofree char *new = make_old_file (fixture, "new", 5000 * (goffset) MEGABYTE, 600);

  dio_cache_folder_mark_used (old);
  g_unlink (new);
  other = prepare (fixture, other_photo, &any);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (older, G_FILE_TEST_EXISTS));

  /* Too much at once is better than a file gone while it is sent. */
  g_free (g_steal_pointer (&new));
  new = make_old_file (fixture, "new", 5000 * (goffset) MEGABYTE, 600);
  dio_cache_folder_trim (fixture->folder, NULL, 1, 3600);
  g_assert_false (g_file_test (older, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_query_exists (prepared->file, NULL));
}

static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  const DioPhotoLimits limits = { ANY_FORMAT, 5 * MEGABYTE, .min_side = 300, .max_side = 2048 };
  g_autoptr(GBytes) jpeg = photos_make_jpeg (6000, 4000);
  g_autoptr(GBytes) photo = photos_insert_exif (jpeg, 6);
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, &limits);
  g_autoptr(GBytes) copy = read_copy (prepared);

  g_assert_cmpint (prepared->width, ==, 1365);
  g_assert_cmpint (prepared->height, ==, 2048);
  assert_silent (copy);

  /* Turned a quarter: what was left and above is now right and above. */
  assert_pixel (copy, 1360, 5, (const guint8[]) { 45, 45, 100 }, 4);
  assert_pixel (copy, 5, 2040, (const guint8[]) { 194, 194, 100 }, 4);
}

static void
test_no_picture (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GBytes) text = g_bytes_new_static ("Dear reader, nothing to see here.", 33);
  g_autoptr(GPtrArray) files = NULL;

  assert_refused (fixture, text, &any, "not a picture");
  files = list_files (fixture);
  g_assert_cmpint (files->len, ==, 0);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  const DioPhotoLimits small = { .formats = ANY_FORMAT, .max_side = 50 };
  g_autoptr(GBytes) photo = photos_make_jpeg (60, 40);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dio_prepare (photo, "0", &small, fixture->folder, fixture->workers, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GBytes) photo = photos_make_jpeg (60, 40);
  g_autoptr(GError) error = NULL;

  /* A file stands where the folder should be. */
  g_assert_true (g_file_set_contents (fixture->folder, "", 0, NULL));
  g_assert_null (try (fixture, photo, &any, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_STORAGE);
  g_unlink (fixture->folder);
}

static GBytes *
damage (GBytes *bytes,
        GRand  *rand)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  for (int i = g_rand_int_range (rand, 1, 6); i > 0; i--)
    copy[g_rand_int_range (rand, 0, MIN (size, 700))] = g_rand_int (rand);

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

/* Whatever is wrong with a file: it is refused, or a copy says what it holds. */
static void
test_strangers (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GBytes) jpeg = photos_make_jpeg (60, 40);
  g_autoptr(GBytes) png = photos_make_png (60, 40);
  g_autoptr(GBytes) talkative_jpeg = photos_make_talkative_jpeg (jpeg);
  g_autoptr(GBytes) talkative_png = photos_make_talkative_png (png);
  g_autoptr(GBytes) talkative_webp = photos_make_webp (TRUE);
  g_autoptr(GBytes) profiled = photos_make_profiled_jpeg (FALSE);
  GBytes *const seeds[] = { talkative_jpeg, talkative_png, talkative_webp, profiled };
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_thorough () ? g_test_rand_int () : 1);
  int n_prepared = 0;
  int n_runs = g_test_thorough () ? 20000 : 1200;

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);

  for (int run = 0; run < n_runs; run++)
    {
      const DioPhotoLimits limits = { .formats = ANY_FORMAT, .max_side = 60, .max_bytes = 1 + run % 5 * 1000 };
      g_autoptr(GBytes) photo = damage (seeds[run % G_N_ELEMENTS (seeds)], rand);
      g_autoptr(DioPrepared) prepared = NULL;
      g_autoptr(GError) error = NULL;
      DioImageHeader header;

      if (!dio_image_header_read (photo, &header, NULL) || (gint64) header.width * header.height > 100000)
        continue;

      prepared = try (fixture, photo, &limits, &error);
      if (prepared == NULL)
        {
          g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
          continue;
        }
      n_prepared++;
      assert_true_to_file (prepared, &limits);
    }

  g_assert_cmpint (n_prepared, >, n_runs / 50);
}

/* Two processes */

static int
run_child (const char *folder)
{
  const DioPhotoLimits small = { .formats = ANY_FORMAT, .max_side = 50 };
  g_autoptr(DioWorkers) workers = dio_workers_new (1, NULL);
  char byte;

  /* Both begin when the parent says so. */
  if (read (STDIN_FILENO, &byte, 1) != 1)
    return 1;

  for (int i = 0; i < 40; i++)
    {
      g_autoptr(GBytes) photo = photos_make_jpeg (60 + i, 40);
      g_autofree char *hash = dio_hash_bytes (photo);
      g_autoptr(GError) error = NULL;
      g_autoptr(DioPrepared) prepared = dio_prepare (photo, hash, &small, folder, workers, NULL, &error);

      g_assert_no_error (error);
      assert_true_to_file (prepared, &small);
    }

  return 0;
}

static void
test_processes (Fixture       *fixture,
                gconstpointer  data)
{
  GSubprocess *children[3];
  g_autoptr(GPtrArray) files = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autoptr(GError) error = NULL;

      children[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                                      data, "--child", fixture->folder, NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (children[i]), "x", 1, NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autoptr(GError) error = NULL;

      g_subprocess_wait_check (children[i], NULL, &error);
      g_assert_no_error (error);
      g_object_unref (children[i]);
    }

  files = list_files (fixture);
  g_assert_cmpint (files->len, ==, 40);
}

static void
test_nicks (void)
{
  for (guint i = 0; i < DIO_N_PREPARED_CHANGES; i++)
    for (guint k = 0; k < i; k++)
      g_assert_cmpstr (dio_prepared_change_get_nick (i), !=, dio_prepared_change_get_nick (k));

  g_assert_cmpint (1 << (DIO_N_PREPARED_CHANGES - 1), ==, DIO_PREPARED_REENCODED);
  g_assert_cmpstr (dio_prepared_change_get_nick (7), ==, "reencoded");
}

#define ADD_TEST(path, func) g_test_add (path, Fixture, argv[0], set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("/prepared/same-bytes", test_same_bytes);
  ADD_TEST ("/prepared/metadata", test_metadata);
  ADD_TEST ("/prepared/metadata-alone", test_metadata_alone);
  ADD_TEST ("/prepared/metadata-too-large", test_metadata_too_large);
  ADD_TEST ("/prepared/turned", test_turned);
  ADD_TEST ("/prepared/colour", test_colour);
  ADD_TEST ("/prepared/colour-srgb", test_colour_srgb);
  ADD_TEST ("/prepared/sides", test_sides);
  ADD_TEST ("/prepared/formats", test_formats);
  ADD_TEST ("/prepared/size", test_size);
  ADD_TEST ("/prepared/size-in-steps", test_size_in_steps);
  ADD_TEST ("/prepared/alpha", test_alpha);
  ADD_TEST ("/prepared/first-frame", test_first_frame);
  ADD_TEST ("/prepared/deep", test_deep);
  ADD_TEST ("/prepared/drawing", test_drawing);
  ADD_TEST ("/prepared/tiff", test_tiff);
  ADD_TEST ("/prepared/kept", test_kept);
  ADD_TEST ("/prepared/kept-apart", test_kept_apart);
  ADD_TEST ("/prepared/damaged", test_damaged);
  ADD_TEST ("/prepared/full", test_full);
  ADD_TEST ("/prepared/large", test_large);
  ADD_TEST ("/prepared/no-picture", test_no_picture);
  ADD_TEST ("/prepared/cancelled", test_cancelled);
  ADD_TEST ("/prepared/no-room", test_no_room);
  ADD_TEST ("/prepared/strangers", test_strangers);
  ADD_TEST ("/prepared/processes", test_processes);
  g_test_add_func ("/prepared/nicks", test_nicks);

  return g_test_run ();
}
