/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEGs made to fit without being decoded: the picture stays what it was, upright,
 * in files of whatever kind cameras write; what is odd is left to the decoder. */

#include "config.h"

#include "dio-error.h"
#include "dio-hash.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-prepared.h"
#include "prepared-photos.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/* Samples of brightness to one of colour, across and along; 0 without colour. */
typedef struct
{
  int      across;
  int      along;
  gboolean progressive;
} Kind;

static const Kind kinds[] = { { 2, 2, FALSE }, { 2, 1, FALSE }, { 0, 0, FALSE }, { 2, 2, TRUE } };

typedef struct
{
  char       *folder;
  DioWorkers *workers;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("diorama-prepared-jpeg-XXXXXX", NULL);
  fixture->workers = dio_workers_new (1, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  dio_workers_free (fixture->workers);
  g_free (fixture->folder);
}

static GBytes *
make_jpeg (GdkPixbuf *picture,
           Kind       kind)
{
  struct jpeg_error_mgr errors;
  struct jpeg_compress_struct encoder = { .err = jpeg_std_error (&errors) };
  guint8 *bytes = NULL;
  gulong size = 0;

  jpeg_create_compress (&encoder);
  jpeg_mem_dest (&encoder, &bytes, &size);
  encoder.image_width = gdk_pixbuf_get_width (picture);
  encoder.image_height = gdk_pixbuf_get_height (picture);
  encoder.input_components = 3;
  encoder.in_color_space = JCS_RGB;
  jpeg_set_defaults (&encoder);
  jpeg_set_quality (&encoder, 95, TRUE);
  if (kind.across == 0)
    jpeg_set_colorspace (&encoder, JCS_GRAYSCALE);
  encoder.comp_info[0].h_samp_factor = MAX (kind.across, 1);
  encoder.comp_info[0].v_samp_factor = MAX (kind.along, 1);
  if (kind.progressive)
    jpeg_simple_progression (&encoder);

  jpeg_start_compress (&encoder, TRUE);
  while (encoder.next_scanline < encoder.image_height)
    {
      JSAMPROW row = gdk_pixbuf_get_pixels (picture) + encoder.next_scanline * gdk_pixbuf_get_rowstride (picture);

      jpeg_write_scanlines (&encoder, &row, 1);
    }
  jpeg_finish_compress (&encoder);
  jpeg_destroy_compress (&encoder);

  return g_bytes_new_with_free_func (bytes, size, free, bytes);
}

static DioPrepared *
prepare (Fixture *fixture,
         GBytes  *photo,
         gsize    max_size)
{
  const DioPhotoLimits limits = { .formats = DIO_PHOTO_JPEG, .max_bytes = max_size };
  g_autofree char *hash = dio_hash_bytes (photo);
  g_autoptr(GError) error = NULL;
  DioPrepared *prepared = dio_prepare (photo, hash, &limits, fixture->folder, fixture->workers, NULL, &error);

  g_assert_no_error (error);
  if (max_size > 0)
    g_assert_cmpint (prepared->size, <=, max_size);

  return prepared;
}

static DioPixels *
decode (GBytes *photo)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_image_decode (photo, 0, NULL, NULL, &error);

  g_assert_no_error (error);

  return pixels;
}

static DioPixels *
decode_copy (const DioPrepared *prepared)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) copy = dio_image_read_file (prepared->file, NULL, &error);
  DioPixels *pixels;

  g_assert_no_error (error);
  pixels = decode (copy);
  g_assert_cmpint (pixels->width, ==, prepared->width);
  g_assert_cmpint (pixels->height, ==, prepared->height);

  return pixels;
}

/* Mean of the squares. */
static double
measure_difference (const DioPixels *a,
                    const DioPixels *b)
{
  double sum = 0;

  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  for (int y = 0; y < a->height; y++)
    for (int x = 0; x < a->width * 3; x++)
      {
        int difference = dio_pixels_row (a, y)[x] - dio_pixels_row (b, y)[x];

        sum += difference * difference;
      }

  return sum / ((double) a->width * a->height * 3);
}

/* Nothing is lost but what rounding and the softening of colours do. */
static void
test_turned (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (96, 64, 60);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GBytes) jpeg = make_jpeg (picture, kinds[i]);

      for (int orientation = 2; orientation <= 8; orientation++)
        {
          g_autoptr(GBytes) photo = photos_insert_exif (jpeg, orientation);
          g_autoptr(DioPrepared) prepared = prepare (fixture, photo, 0);
          g_autoptr(DioPixels) upright = decode (photo);
          g_autoptr(DioPixels) copy = decode_copy (prepared);
          gboolean is_lossless = orientation < 5 || kinds[i].across == kinds[i].along;

          g_test_message ("%d x %d, %s, orientation %d", kinds[i].across, kinds[i].along,
                          kinds[i].progressive ? "progressive" : "baseline", orientation);
          g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_TURNED | DIO_PREPARED_METADATA_REMOVED |
                                                  (is_lossless ? 0 : DIO_PREPARED_REENCODED));
          g_assert_cmpfloat (measure_difference (upright, copy), <, is_lossless ? 1.5 : 60);
        }
    }
}

/* A block that is filled in part cannot stand first. */
static void
test_turned_odd (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (90, 52, 10);
  g_autoptr(GBytes) jpeg = make_jpeg (picture, kinds[0]);

  for (int orientation = 2; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) photo = photos_insert_exif (jpeg, orientation);
      g_autoptr(DioPrepared) prepared = prepare (fixture, photo, 0);
      g_autoptr(DioPixels) upright = decode (photo);
      g_autoptr(DioPixels) copy = decode_copy (prepared);

      g_assert_cmpint ((prepared->changes & DIO_PREPARED_REENCODED) == 0, ==, orientation == 5);
      g_assert_cmpfloat (measure_difference (upright, copy), <, 8);
    }
}

/* As like the photo as what is encoded from its pixels, in as many bytes. */
static void
test_fewer_bytes (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (1200, 1100, 60);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GBytes) photo = make_jpeg (picture, kinds[i]);
      g_autoptr(DioPixels) pixels = decode (photo);

      for (int percent = 90; percent >= 30; percent -= 20)
        {
          gsize max_size = g_bytes_get_size (photo) * percent / 100;
          g_autoptr(DioPrepared) prepared = prepare (fixture, photo, max_size);
          g_autoptr(DioPixels) copy = decode_copy (prepared);
          g_autoptr(GBytes) bytes = NULL;
          g_autoptr(DioPixels) encoded = NULL;

          for (int quality = 95; bytes == NULL; quality--)
            bytes = dio_image_encode_jpeg_within (pixels, quality, prepared->size, NULL);
          encoded = decode (bytes);

          g_test_message ("%d x %d, %d %%: %d x %d, %.1f, encoded %.1f", kinds[i].across, kinds[i].along, percent,
                          copy->width, copy->height, measure_difference (pixels, copy),
                          measure_difference (pixels, encoded));
          g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_REENCODED);
          g_assert_cmpfloat (measure_difference (pixels, copy), <, 1.2 * measure_difference (pixels, encoded));
        }
    }
}

/* Colours of full size take up twice the memory of their pixels. */
static void
test_full_colour (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (320, 320, 60);
  g_autoptr(GBytes) photo = make_jpeg (picture, (Kind) { 1, 1, FALSE });
  g_autoptr(DioPrepared) prepared = prepare (fixture, photo, g_bytes_get_size (photo) / 2);
  g_autoptr(DioPixels) copy = decode_copy (prepared);

  g_assert_cmpint (copy->width, ==, 320);
  g_assert_cmpint (prepared->changes, ==, DIO_PREPARED_REENCODED);
}

/* What the decoder takes is prepared, and what it does not is refused. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GdkPixbuf) picture = photos_make_picture (320, 320, 60);
  g_autoptr(GBytes) photo = make_jpeg (picture, kinds[0]);
  const DioPhotoLimits limits = { .formats = DIO_PHOTO_JPEG, .max_bytes = g_bytes_get_size (photo) / 2 };
  gsize size = g_bytes_get_size (photo);

  for (gsize at = 300; at < size - 100; at += size / 50)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (photo, NULL), size);
      g_autoptr(GBytes) damaged = NULL;
      g_autoptr(DioPixels) pixels = NULL;
      g_autoptr(DioPrepared) prepared = NULL;
      g_autofree char *hash = NULL;
      g_autoptr(GError) error = NULL;

      for (gsize i = at; i < at + 40; i++)
        bytes[i] = (i * 37) & 0x7f;
      damaged = g_bytes_new (bytes, size);
      hash = dio_hash_bytes (damaged);
      pixels = dio_image_decode (damaged, 0, NULL, NULL, NULL);
      prepared = dio_prepare (damaged, hash, &limits, fixture->folder, fixture->workers, NULL, &error);

      g_assert_true ((prepared != NULL) == (pixels != NULL));
      if (prepared == NULL)
        g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD_TEST ("/prepared-jpeg/turned", test_turned);
  ADD_TEST ("/prepared-jpeg/turned-odd", test_turned_odd);
  ADD_TEST ("/prepared-jpeg/fewer-bytes", test_fewer_bytes);
  ADD_TEST ("/prepared-jpeg/full-colour", test_full_colour);
  ADD_TEST ("/prepared-jpeg/damaged", test_damaged);

  return g_test_run ();
}
