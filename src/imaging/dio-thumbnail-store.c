/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thumbnails that are kept on disk, by the rules of freedesktop.org's Thumbnail
 * Managing Standard (0.9): file managers find ours, and we theirs. */

#include "config.h"

#include "dio-thumbnail-store.h"

#include "dio-error.h"
#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-thumbnail.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

/* Where we say what cannot be shown; the name has to change with what we can read. */
#define FAILED "fail/diorama-" PACKAGE_VERSION

/* The folders of the standard, by the longest side of what is in them. */
static const struct
{
  const char *name;
  int         side;
} sizes[] = {
  { "normal", 128 },
  { "large", 256 },
  { "x-large", 512 },
  { "xx-large", 1024 },
};

/* What is known of a file and its thumbnail. */
typedef struct
{
  char   *uri;
  char   *mtime; /* seconds since 1970, as the standard writes them */
  guint64 size;
  char   *path;   /* of the thumbnail */
  char   *failed; /* of the note that there is none */
  int     side;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->uri);
  g_free (place->mtime);
  g_free (place->path);
  g_free (place->failed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static guint
choose_size (int side)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (sizes) && sizes[i].side < side)
    i++;

  return i;
}

static char *
make_path (const char *folder,
           const char *name,
           const char *uri)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *file_name = g_strconcat (hash, ".png", NULL);

  return g_build_filename (folder, name, file_name, NULL);
}

/* Returns: %FALSE where @file is not to be looked at */
static gboolean
find_place (Place         *place,
            const char    *folder,
            GFile         *file,
            int            side,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GFileInfo) info = g_file_query_info (file,
                                                 G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                 G_FILE_QUERY_INFO_NONE, cancellable, error);
  guint i = choose_size (side);

  if (info == NULL)
    return FALSE;

  place->uri = g_file_get_uri (file);
  place->mtime = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                  g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED));
  place->size = g_file_info_get_size (info);
  place->path = make_path (folder, sizes[i].name, place->uri);
  place->failed = make_path (folder, FAILED, place->uri);
  place->side = sizes[i].side;

  return TRUE;
}

static gboolean
is_of (GdkPixbuf   *pixbuf,
       const Place *place)
{
  return g_strcmp0 (gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::URI"), place->uri) == 0 &&
         g_strcmp0 (gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::MTime"), place->mtime) == 0;
}

/* What other programs have written there is strangers' data like any other. */
static GBytes *
read_small_png (const char *path,
                int         side)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;
  DioImageHeader header;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;

  file = g_file_new_for_path (path);
  bytes = dio_image_read_file (file, NULL, NULL);
  if (bytes == NULL || !dio_image_header_read (bytes, &header, NULL) ||
      header.format != DIO_IMAGE_FORMAT_PNG || MAX (header.width, header.height) > side)
    return NULL;

  return g_steal_pointer (&bytes);
}

/* Returns: (transfer full) (nullable): what is kept at @path, if it is of the
 * file as it is now */
static GdkPixbuf *
read_kept (const char  *path,
           const Place *place)
{
  g_autoptr(GBytes) bytes = read_small_png (path, place->side);
  g_autoptr(GdkPixbufLoader) loader = NULL;
  GdkPixbuf *pixbuf;

  if (bytes == NULL)
    return NULL;

  loader = gdk_pixbuf_loader_new_with_type ("png", NULL);
  if (!gdk_pixbuf_loader_write_bytes (loader, bytes, NULL))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }

  if (!gdk_pixbuf_loader_close (loader, NULL))
    return NULL;

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  return pixbuf != NULL && is_of (pixbuf, place) ? g_object_ref (pixbuf) : NULL;
}

static DioPixels *
wrap (GdkPixbuf *pixbuf)
{
  return dio_pixels_new_for (gdk_pixbuf_get_pixels (pixbuf),
                             gdk_pixbuf_get_width (pixbuf),
                             gdk_pixbuf_get_height (pixbuf),
                             gdk_pixbuf_get_n_channels (pixbuf),
                             gdk_pixbuf_get_rowstride (pixbuf),
                             g_object_unref, g_object_ref (pixbuf));
}

/* The standard wants the folders and files to be the person's alone. A thumbnail
 * that cannot be kept is made again: no failure. */
static void
keep (const DioPixels *pixels,
      const Place     *place,
      const char      *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, place->size);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  gsize n;

  pixbuf = gdk_pixbuf_new_from_data (pixels->data, GDK_COLORSPACE_RGB, pixels->channels == 4, 8,
                                     pixels->width, pixels->height, pixels->stride, NULL, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !gdk_pixbuf_save_to_buffer (pixbuf, &data, &n, "png", &error,
                                  "compression", "3",
                                  "tEXt::Thumb::URI", place->uri,
                                  "tEXt::Thumb::MTime", place->mtime,
                                  "tEXt::Thumb::Size", size,
                                  "tEXt::Software", "Diorama",
                                  NULL) ||
      !g_file_set_contents_full (path, data, n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("A thumbnail is not kept: %s", error != NULL ? error->message : folder);
}

static void
keep_failure (const Place *place)
{
  g_autoptr(DioPixels) dot = dio_pixels_new (1, 1, 3);

  keep (dot, place, place->failed);
}

static gboolean
has_failed (const Place *place)
{
  g_autoptr(GdkPixbuf) note = read_kept (place->failed, place);

  return note != NULL;
}

static DioPixels *
make_and_keep (GFile         *file,
               const Place   *place,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) bytes = dio_image_read_file (file, cancellable, error);
  g_autoptr(DioPixels) pixels = NULL;

  if (bytes == NULL)
    return NULL;

  pixels = dio_thumbnail_make (bytes, place->side, cancellable, &local_error);
  if (pixels != NULL)
    keep (pixels, place, place->path);
  else if (g_error_matches (local_error, DIO_ERROR, DIO_ERROR_INVALID))
    keep_failure (place);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return g_steal_pointer (&pixels);
}

/**
 * dio_thumbnail_store_get_path:
 * @folder: the store, "thumbnails" in the person's cache folder
 * @file: a picture
 * @side: the longest side that is wanted, in pixels
 *
 * Returns: (transfer full): where the thumbnail of @file is, or would be
 */
char *
dio_thumbnail_store_get_path (const char *folder,
                              GFile      *file,
                              int         side)
{
  g_autofree char *uri = g_file_get_uri (file);

  return make_path (folder, sizes[choose_size (side)].name, uri);
}

/**
 * dio_thumbnail_store_load:
 * @folder: the store, "thumbnails" in the person's cache folder
 * @file: a picture
 * @side: the longest side that is wanted, in pixels: what comes is of the next
 *   size of the standard, at most 1024
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads. Reads what is kept, or makes it and keeps it. What
 * cannot be decoded is not tried again until the file changes.
 *
 * Returns: (transfer full): the thumbnail, no larger than the picture
 */
DioPixels *
dio_thumbnail_store_load (const char    *folder,
                          GFile         *file,
                          int            side,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_auto(Place) place = { 0 };
  g_autoptr(GdkPixbuf) kept = NULL;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (side > 0, NULL);

  if (!find_place (&place, folder, file, side, cancellable, error))
    return NULL;

  kept = read_kept (place.path, &place);
  if (kept != NULL)
    return wrap (kept);

  if (has_failed (&place))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The picture could not be decoded before");
      return NULL;
    }

  return make_and_keep (file, &place, cancellable, error);
}
