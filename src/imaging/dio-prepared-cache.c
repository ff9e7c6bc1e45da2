/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prepared copies on disk. All that is known of one is in its file's name, with
 * a hash of its bytes: it is there whole or not at all, and a file that is not
 * what its name says is passed over, until a good one takes its place. Several
 * processes may make the same copy: the last name wins, over the same bytes. */

#include "config.h"

#include "dio-prepare-private.h"

#include "dio-cache-folder.h"
#include "dio-error.h"
#include "dio-hash.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Counted up whenever the same photo would become another copy. */
#define ENGINE_VERSION 2

#define KEY_LENGTH  32
#define HASH_LENGTH 32

#define MAX_TOTAL (1024 * (guint64) 1024 * 1024)

/* As long as a request may take that sends a copy. */
#define MIN_AGE (60 * 60)

/**
 * dio_prepared_cache_make_key:
 * @hash: of the photo
 * @limits: what the copy fits
 *
 * Returns: (transfer full): what the copy is found by; fit for a file name
 */
char *
dio_prepared_cache_make_key (const char           *hash,
                             const DioPhotoLimits *limits)
{
  char aspect[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *all = NULL;
  g_autofree char *digest = NULL;

  g_ascii_dtostr (aspect, sizeof aspect, limits->max_aspect);
  all = g_strdup_printf ("%d %u %" G_GOFFSET_FORMAT " %" G_GOFFSET_FORMAT " %d %d %s %" G_GINT64_FORMAT " %s",
                         ENGINE_VERSION, limits->formats, limits->max_bytes, limits->max_base64_bytes,
                         limits->min_side, limits->max_side, aspect, limits->max_pixels, hash);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  return g_strndup (digest, KEY_LENGTH);
}

static char *
make_name (const char    *key,
           const char    *hash,
           const DioCopy *copy)
{
  return g_strdup_printf ("%s-%s-%dx%d-%x.%s", key, hash, copy->width, copy->height,
                          copy->changes, dio_image_format_get_extension (copy->format));
}

static gboolean
find_format (const char     *extension,
             DioImageFormat *format)
{
  static const DioImageFormat formats[] = { DIO_IMAGE_FORMAT_JPEG, DIO_IMAGE_FORMAT_PNG, DIO_IMAGE_FORMAT_WEBP };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (extension, dio_image_format_get_extension (formats[i])))
      {
        *format = formats[i];
        return TRUE;
      }

  return FALSE;
}

/* What a name says, and no more; @copy gets no bytes. */
static gboolean
parse_name (const char *name,
            DioCopy    *copy,
            char       *hash)
{
  char extension[5];
  guint changes;
  int end = 0;

  if (sscanf (name + KEY_LENGTH, "-%32[0-9a-f]-%5dx%5d-%3x.%4[a-z]%n", hash, &copy->width, &copy->height,
              &changes, extension, &end) != 5 ||
      name[KEY_LENGTH + end] != '\0')
    return FALSE;
  copy->changes = changes;

  return find_format (extension, &copy->format);
}

static gboolean
has_hash (const char *path,
          const char *hash,
          goffset    *size)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *actual = NULL;

  if (file == NULL)
    return FALSE;

  bytes = g_mapped_file_get_bytes (file);
  actual = dio_hash_bytes (bytes);
  *size = g_bytes_get_size (bytes);

  return strncmp (actual, hash, HASH_LENGTH) == 0;
}

static DioPrepared *
make_prepared (const char    *path,
               goffset        size,
               const char    *hash,
               const DioCopy *copy)
{
  DioPrepared *self = g_atomic_rc_box_new0 (DioPrepared);

  self->file = g_file_new_for_path (path);
  self->size = size;
  self->hash = g_strdup (hash);
  self->mime_type = dio_image_format_get_mime_type (copy->format);
  self->width = copy->width;
  self->height = copy->height;
  self->changes = copy->changes;

  return self;
}

static DioPrepared *
open_copy (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char hash[HASH_LENGTH + 1];
  DioCopy copy = { 0 };
  goffset size;

  if (!parse_name (name, &copy, hash) || !has_hash (path, hash, &size))
    return NULL;

  dio_cache_folder_mark_used (path);

  return make_prepared (path, size, hash, &copy);
}

/**
 * dio_prepared_cache_lookup:
 * @folder: the cache, which need not be there
 * @key: of a copy
 *
 * Returns: (transfer full) (nullable): the copy, where a sound one is kept
 */
DioPrepared *
dio_prepared_cache_lookup (const char *folder,
                           const char *key)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  DioPrepared *found = NULL;
  const char *name;

  while (found == NULL && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, key))
      found = open_copy (folder, name);

  return found;
}

/**
 * dio_prepared_cache_store:
 * @folder: the cache, which is made if it is not there
 * @key: of the copy
 * @copy: the copy
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full): the copy as a file; %NULL with an error when it
 *   could not be written
 */
DioPrepared *
dio_prepared_cache_store (const char     *folder,
                          const char     *key,
                          const DioCopy  *copy,
                          GError        **error)
{
  g_autofree char *whole_hash = dio_hash_bytes (copy->bytes);
  g_autofree char *hash = g_strndup (whole_hash, HASH_LENGTH);
  g_autofree char *name = make_name (key, hash, copy);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) local_error = NULL;
  gsize size = g_bytes_get_size (copy->bytes);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "The folder of prepared photos could not be made: %s",
                   g_strerror (errno));
      return NULL;
    }

  /* Written under another name first, then renamed. */
  if (!g_file_set_contents_full (path, g_bytes_get_data (copy->bytes, NULL), size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_ONLY_EXISTING, 0600,
                                 &local_error))
    {
      g_propagate_error (error, dio_error_from_io (local_error, "The prepared photo could not be written"));
      return NULL;
    }

  dio_cache_folder_trim (folder, NULL, MAX_TOTAL, MIN_AGE);

  return make_prepared (path, size, hash, copy);
}
