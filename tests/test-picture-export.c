/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture in another format, with and without what it tells. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-picture-export.h"
#include "dio-picture-metadata.h"

#include <glib/gstdio.h>
#include <string.h>

static const DioImageFormat image_formats[] = { DIO_IMAGE_FORMAT_PNG, DIO_IMAGE_FORMAT_JPEG, DIO_IMAGE_FORMAT_WEBP };

static GBytes *
make_picture (int channels)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (64, 48, channels);

  for (int y = 0; y < pixels->height; y++)
    for (int x = 0; x < pixels->width * channels; x++)
      dio_pixels_row (pixels, y)[x] = x % channels == 3 ? 128 : (x + 2 * y) & 255;

  return dio_image_encode_png (pixels, NULL, NULL);
}

static GBytes *
make_inscribed (int channels)
{
  g_autoptr(GBytes) picture = make_picture (channels);
  g_autoptr(DioPictureMetadata) metadata = dio_picture_metadata_new (DIO_METADATA_DIORAMA);
  g_autoptr(GPtrArray) pieces = NULL;
  GByteArray *bytes = g_byte_array_new ();

  metadata->prompt = g_strdup ("Secret words");
  metadata->model = g_strdup ("model");
  pieces = dio_picture_metadata_inscribe (metadata, picture, NULL);
  for (guint i = 0; i < pieces->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (pieces, i), &size);

      g_byte_array_append (bytes, data, size);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
contains (GBytes     *bytes,
          const char *text)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}

static GBytes *
export (GBytes          *bytes,
        DioExportFormat  format,
        int              quality,
        gboolean         keeps_metadata)
{
  const DioExportOptions options = { format, quality, keeps_metadata };
  g_autoptr(GError) error = NULL;
  GBytes *exported = dio_picture_export (bytes, &options, NULL, &error);

  g_assert_no_error (error);

  return exported;
}

static void
test_formats (void)
{
  for (int channels = 3; channels <= 4; channels++)
    for (guint format = DIO_EXPORT_PNG; format <= DIO_EXPORT_WEBP; format++)
      for (int keeps = 0; keeps <= 1; keeps++)
        {
          g_autoptr(GBytes) picture = make_inscribed (channels);
          g_autoptr(GBytes) exported = export (picture, format, 80, keeps);
          g_autoptr(DioPictureMetadata) metadata = dio_picture_metadata_read (exported);
          DioImageHeader header;

          g_assert_true (dio_image_header_read (exported, &header, NULL));
          g_assert_cmpint (header.format, ==, image_formats[format]);
          g_assert_cmpint (header.width, ==, 64);
          g_assert_cmpint (header.height, ==, 48);
          g_assert_cmpint (contains (exported, "Secret words"), ==, keeps);
          g_assert_cmpint (metadata != NULL, ==, keeps);
        }
}

/* Nothing is compressed anew that need not be. */
static void
test_same_format (void)
{
  g_autoptr(GBytes) bare = make_picture (3);
  g_autoptr(GBytes) picture = make_inscribed (3);
  g_autoptr(GBytes) kept = export (picture, DIO_EXPORT_PNG, 50, TRUE);
  g_autoptr(GBytes) stripped = export (picture, DIO_EXPORT_PNG, 50, FALSE);
  g_autoptr(GBytes) jpeg = export (picture, DIO_EXPORT_JPEG, 70, TRUE);
  g_autoptr(GBytes) same = export (jpeg, DIO_EXPORT_JPEG, 0, TRUE);
  g_autoptr(GBytes) smaller = export (jpeg, DIO_EXPORT_JPEG, 10, TRUE);

  g_assert_true (g_bytes_equal (picture, kept));
  g_assert_true (g_bytes_equal (bare, stripped));
  g_assert_true (g_bytes_equal (jpeg, same));
  g_assert_cmpuint (g_bytes_get_size (smaller), <, g_bytes_get_size (jpeg));
}

static void
test_quality (void)
{
  for (guint format = DIO_EXPORT_JPEG; format <= DIO_EXPORT_WEBP; format++)
    {
      g_autoptr(GBytes) picture = make_picture (3);
      g_autoptr(GBytes) low = export (picture, format, 10, FALSE);
      g_autoptr(GBytes) high = export (picture, format, 95, FALSE);

      g_assert_cmpuint (g_bytes_get_size (low), <, g_bytes_get_size (high));
    }
}

static void
test_too_large (void)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (16384, 2, 3);
  g_autoptr(GError) error = NULL;

  memset (pixels->data, 0, (gsize) pixels->height * pixels->stride);
  g_assert_null (dio_image_encode_webp (pixels, 80, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **finished = user_data;

  *finished = g_object_ref (result);
}

static gboolean
export_file (const char  *source_path,
             const char  *target_path,
             GError     **error)
{
  const DioExportOptions options = { DIO_EXPORT_WEBP, 80, TRUE };
  g_autoptr(GFile) source = g_file_new_for_path (source_path);
  g_autoptr(GFile) target = g_file_new_for_path (target_path);
  g_autoptr(GAsyncResult) finished = NULL;

  dio_picture_export_async (source, target, &options, NULL, result_cb, &finished);
  while (finished == NULL)
    g_main_context_iteration (NULL, TRUE);

  return dio_picture_export_finish (finished, error);
}

static void
test_file (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("diorama-export-XXXXXX", &error);
  g_autofree char *source = g_build_filename (folder, "a.png", NULL);
  g_autofree char *target = g_build_filename (folder, "b.webp", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", "b.webp", NULL);
  g_autoptr(GBytes) picture = make_inscribed (3);
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_true (g_file_set_contents (source, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture), NULL));
  g_assert_true (export_file (source, target, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (target, &contents, &size, NULL));
  g_assert_cmpmem (contents, 4, "RIFF", 4);

  g_assert_false (export_file (source, missing, &error));
  g_assert_cmpint (error->domain, ==, DIO_ERROR);
  g_clear_error (&error);
  g_assert_false (export_file (missing, target, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);

  g_unlink (source);
  g_unlink (target);
  g_rmdir (folder);
}

/* What was cut short after it was stored is no picture any more, whatever is made
 * of it. */
static void
test_cut_short (void)
{
  g_autoptr(GBytes) png = make_inscribed (3);

  for (guint from = DIO_EXPORT_PNG; from <= DIO_EXPORT_WEBP; from++)
    {
      g_autoptr(GBytes) whole = export (png, from, 80, TRUE);

      for (guint to = DIO_EXPORT_PNG; to <= DIO_EXPORT_WEBP; to++)
        for (guint n = 1; n < 4; n++)
          {
            g_autoptr(GBytes) cut = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) * n / 4);
            const DioExportOptions options = { to, 0, n % 2 };
            g_autoptr(GError) error = NULL;

            g_assert_null (dio_picture_export (cut, &options, NULL, &error));
            g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
          }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/picture-export/formats", test_formats);
  g_test_add_func ("/picture-export/cut-short", test_cut_short);
  g_test_add_func ("/picture-export/same-format", test_same_format);
  g_test_add_func ("/picture-export/quality", test_quality);
  g_test_add_func ("/picture-export/too-large", test_too_large);
  g_test_add_func ("/picture-export/file", test_file);

  return g_test_run ();
}
