/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kept thumbnails are found again, by us and by others, and never for a file
 * that has changed. */

#include "config.h"

#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-thumbnail-store.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

typedef struct
{
  char  *folder; /* of everything */
  char  *store;
  GFile *file;   /* the picture */
} Fixture;

static void
write_picture (Fixture *fixture,
               int      side,
               guint8   grey,
               gint64   mtime)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (side, side / 2, 3);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;

  memset (pixels->data, grey, (gsize) pixels->stride * pixels->height);
  png = dio_image_encode_png (pixels, NULL, NULL);
  g_file_replace_contents (fixture->file, g_bytes_get_data (png, NULL), g_bytes_get_size (png),
                           NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_set_attribute_uint64 (fixture->file, G_FILE_ATTRIBUTE_TIME_MODIFIED, mtime, G_FILE_QUERY_INFO_NONE, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("diorama-thumbnails-XXXXXX", NULL);
  fixture->store = g_build_filename (fixture->folder, "thumbnails", NULL);
  path = g_build_filename (fixture->folder, "a picture é.png", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->store);
  g_object_unref (fixture->file);
}

static DioPixels *
load (Fixture  *fixture,
      int       side)
{
  g_autoptr(GError) error = NULL;
  DioPixels *pixels = dio_thumbnail_store_load (fixture->store, fixture->file, side, NULL, &error);

  g_assert_no_error (error);

  return pixels;
}

/* The example of the standard. */
static void
test_thumbnail_store_name (void)
{
  g_autoptr(GFile) file = g_file_new_for_uri ("file:///home/jens/photos/me.png");
  g_autofree char *normal = dio_thumbnail_store_get_path ("/store", file, 128);
  g_autofree char *large = dio_thumbnail_store_get_path ("/store", file, 129);
  g_autofree char *huge = dio_thumbnail_store_get_path ("/store", file, 5000);

  g_assert_cmpstr (normal, ==, "/store/normal/c6ee772d9e49320e97ec29a7eb5b1697.png");
  g_assert_cmpstr (large, ==, "/store/large/c6ee772d9e49320e97ec29a7eb5b1697.png");
  g_assert_cmpstr (huge, ==, "/store/xx-large/c6ee772d9e49320e97ec29a7eb5b1697.png");
}

static void
test_thumbnail_store_keeps (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autofree char *path = dio_thumbnail_store_get_path (fixture->store, fixture->file, 300);
  g_autofree char *uri = g_file_get_uri (fixture->file);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(DioPixels) made = NULL;
  g_autoptr(GdkPixbuf) kept = NULL;
  GStatBuf status;

  write_picture (fixture, 1400, 90, 1000000000);
  made = load (fixture, 300);
  g_assert_cmpint (made->width, ==, 512);
  g_assert_cmpint (made->height, ==, 256);

  kept = gdk_pixbuf_new_from_file (path, NULL);
  g_assert_nonnull (kept);
  g_assert_cmpint (gdk_pixbuf_get_width (kept), ==, 512);
  g_assert_cmpstr (gdk_pixbuf_get_option (kept, "tEXt::Thumb::URI"), ==, uri);
  g_assert_cmpstr (gdk_pixbuf_get_option (kept, "tEXt::Thumb::MTime"), ==, "1000000000");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

/* Another picture with the same time is taken for the same, so what comes is
 * what was kept; with another time it is not. */
static void
test_thumbnail_store_finds (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autoptr(DioPixels) first = NULL;
  g_autoptr(DioPixels) again = NULL;
  g_autoptr(DioPixels) changed = NULL;

  write_picture (fixture, 600, 90, 1000000000);
  first = load (fixture, 128);
  write_picture (fixture, 600, 200, 1000000000);
  again = load (fixture, 128);
  write_picture (fixture, 600, 200, 1000000001);
  changed = load (fixture, 128);

  g_assert_cmpint (first->data[0], ==, 90);
  g_assert_cmpint (again->data[0], ==, 90);
  g_assert_cmpint (changed->data[0], ==, 200);
}

static void
test_thumbnail_store_small (Fixture       *fixture,
                            gconstpointer  user_data)
{
  g_autoptr(DioPixels) pixels = NULL;

  write_picture (fixture, 60, 90, 1000000000);
  pixels = load (fixture, 512);
  g_assert_cmpint (pixels->width, ==, 60);
}

/* What somebody else has left there is taken for nothing. */
static void
test_thumbnail_store_foreign (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autofree char *path = dio_thumbnail_store_get_path (fixture->store, fixture->file, 128);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(DioPixels) other = dio_pixels_new (100, 100, 3);
  g_autoptr(GBytes) png = dio_image_encode_png (other, NULL, NULL);
  g_autoptr(DioPixels) pixels = NULL;
  g_autoptr(DioPixels) after = NULL;

  write_picture (fixture, 600, 90, 1000000000);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  pixels = load (fixture, 128);
  g_assert_cmpint (pixels->data[0], ==, 90);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL));
  after = load (fixture, 128);
  g_assert_cmpint (after->data[0], ==, 90);
}

static void
assert_fails (Fixture    *fixture,
              const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_thumbnail_store_load (fixture->store, fixture->file, 128, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

/* It is not decoded in vain a second time, until it has changed. */
static void
test_thumbnail_store_failed (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(DioPixels) pixels = NULL;

  g_file_replace_contents (fixture->file, "no picture", 10, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL);
  assert_fails (fixture, NULL);
  assert_fails (fixture, "The picture could not be decoded before");

  write_picture (fixture, 600, 90, 1000000000);
  pixels = load (fixture, 128);
  g_assert_cmpint (pixels->data[0], ==, 90);
}

/* Where nothing can be kept, it is shown all the same. */
static void
test_thumbnail_store_unwritable (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(DioPixels) pixels = NULL;

  write_picture (fixture, 600, 90, 1000000000);
  g_assert_true (g_file_set_contents (fixture->store, "a file", -1, NULL));
  pixels = load (fixture, 128);
  g_assert_cmpint (pixels->data[0], ==, 90);
}

static void
test_thumbnail_store_missing (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_thumbnail_store_load (fixture->store, fixture->file, 128, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thumbnail-store/name", test_thumbnail_store_name);
#define ADD(path, func) g_test_add ("/thumbnail-store/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("keeps", test_thumbnail_store_keeps);
  ADD ("finds", test_thumbnail_store_finds);
  ADD ("small", test_thumbnail_store_small);
  ADD ("foreign", test_thumbnail_store_foreign);
  ADD ("failed", test_thumbnail_store_failed);
  ADD ("unwritable", test_thumbnail_store_unwritable);
  ADD ("missing", test_thumbnail_store_missing);
#undef ADD

  return g_test_run ();
}
