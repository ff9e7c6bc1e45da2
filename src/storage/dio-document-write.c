/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a document beside the file it takes the place of, waits until it is on
 * the disk, and gives it the name: whatever happens, there is a whole file. */

#include "config.h"

#include "dio-document-private.h"

#include "dio-error.h"
#include "dio-json.h"
#include "dio-part-file.h"
#include "dio-zip.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of one entry, at most, with its name. */
#define HEADERS 512

static gboolean
fail (GError     **error,
      const char  *path,
      int          code)
{
  g_set_error (error, DIO_ERROR, code == EACCES || code == EPERM || code == EROFS ? DIO_ERROR_PERMISSION : DIO_ERROR_STORAGE,
               "Cannot write to %s: %s", path, g_strerror (code));

  return FALSE;
}

static int
write_piece (int     fd,
             GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0)
    {
      ssize_t written = write (fd, data, MIN (size, 1 << 30));

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return errno;

      data += written;
      size -= written;
    }

  return 0;
}

/* Returns: 0, or an errno */
static int
write_pieces (int        fd,
              GPtrArray *pieces)
{
  int code = 0;

  for (guint i = 0; code == 0 && i < pieces->len; i++)
    code = write_piece (fd, g_ptr_array_index (pieces, i));
  if (code == 0 && fsync (fd) != 0)
    code = errno;

  return code;
}

/* A link stays one, and who may read the file stays as it was. */
static gboolean
replace_file (const char  *path,
              GPtrArray   *pieces,
              GError     **error)
{
  g_autofree char *target = realpath (path, NULL);
  const char *goal = target != NULL ? target : path;
  g_autofree char *folder = g_path_get_dirname (goal);
  g_autofree char *part = g_build_filename (folder, ".diorama-XXXXXX", NULL);
  struct stat info;
  int code;
  int fd;

  fd = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail (error, path, errno);

  code = write_pieces (fd, pieces);
  if (code == 0 && stat (goal, &info) == 0 && fchmod (fd, info.st_mode & 0777) != 0)
    g_debug ("The mode of %s is another now: %s", goal, g_strerror (errno));
  if (close (fd) != 0 && code == 0 && errno != EINTR)
    code = errno;
  if (code == 0 && g_rename (part, goal) != 0)
    code = errno;
  if (code != 0)
    {
      g_unlink (part);
      return fail (error, path, code);
    }

  /* Not all file systems of other computers know how; the file is there. */
  dio_part_file_sync (folder, NULL);

  return TRUE;
}

/* A stream that is only let go of puts half a file in the place of a whole one; one
 * whose closing is cancelled leaves that as it is. */
static void
abandon (GFileOutputStream *stream)
{
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
}

static gboolean
replace_remote_file (GFile         *file,
                     GPtrArray     *pieces,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr(GFileOutputStream) stream = NULL;
  g_autoptr(GError) reason = NULL;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, &reason);
  for (guint i = 0; stream != NULL && reason == NULL && i < pieces->len; i++)
    {
      GBytes *piece = g_ptr_array_index (pieces, i);

      g_output_stream_write_all (G_OUTPUT_STREAM (stream), g_bytes_get_data (piece, NULL), g_bytes_get_size (piece),
                                 NULL, cancellable, &reason);
    }
  if (reason == NULL && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &reason))
    return TRUE;

  if (stream != NULL)
    abandon (stream);

  g_propagate_error (error, dio_error_from_io (reason, "The file could not be written"));

  return FALSE;
}

/* For a person who looks into the file with another program. */
static char *
make_photo_name (JsonObject *reference,
                 const char *hash)
{
  const char *type = dio_json_get_string (reference, "type");
  const char *suffix = NULL;

  if (g_strcmp0 (type, "image/jpeg") == 0)
    suffix = "jpg";
  else if (g_strcmp0 (type, "image/svg+xml") == 0)
    suffix = "svg";
  else if (type != NULL && g_str_has_prefix (type, "image/"))
    suffix = type + strlen ("image/");

  return suffix != NULL ? g_strdup_printf (DIO_DOCUMENT_PHOTOS "%s.%s", hash, suffix)
                        : g_strdup_printf (DIO_DOCUMENT_PHOTOS "%s", hash);
}

static void
add_photos (DioDocument *self,
            GPtrArray   *entries)
{
  JsonArray *references = dio_json_get_array (json_node_get_object (self->root), "references");
  g_autoptr(GHashTable) added = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (references); i++)
    {
      JsonObject *reference = json_array_get_object_element (references, i);
      const char *hash = dio_json_get_string (reference, "hash");
      GBytes *bytes = g_hash_table_lookup (self->photos, hash);
      g_autofree char *name = make_photo_name (reference, hash);

      /* The same photo may be in the strip twice. */
      if (bytes != NULL && g_hash_table_add (added, (gpointer) hash))
        dio_zip_add (entries, name, bytes);
    }
}

/* What is written must be read again. */
static gboolean
check_size (GPtrArray  *entries,
            GError    **error)
{
  guint64 size = 0;

  for (guint i = 0; i < entries->len; i++)
    size += HEADERS + g_bytes_get_size (((DioZipEntry *) g_ptr_array_index (entries, i))->bytes);

  if (size <= DIO_DOCUMENT_MAX_BYTES && entries->len <= DIO_DOCUMENT_MAX_ENTRIES)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "A composition with %u photos of %" G_GUINT64_FORMAT " bytes is too large for a file",
               entries->len, size);

  return FALSE;
}

/**
 * dio_document_write:
 * @self: a document of ours, with the photos its description speaks of
 * @file: where to; what is there is replaced
 * @cancellable: (nullable): ends the writing
 * @error: return location for %DIO_ERROR_STORAGE and others
 *
 * Blocks: for worker threads.
 *
 * Returns: %FALSE when @file is what it was before
 */
gboolean
dio_document_write (DioDocument   *self,
                    GFile         *file,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(GPtrArray) entries = dio_zip_new ();
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GBytes) type = g_bytes_new_static (DIO_DOCUMENT_MIME_TYPE, strlen (DIO_DOCUMENT_MIME_TYPE));
  g_autoptr(GBytes) description = NULL;
  char *text = json_to_string (self->root, TRUE);

  description = g_bytes_new_take (text, strlen (text));
  dio_zip_add (entries, DIO_DOCUMENT_TYPE_NAME, type);
  dio_zip_add (entries, DIO_DOCUMENT_JSON_NAME, description);
  add_photos (self, entries);
  if (!check_size (entries, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  pieces = dio_zip_pack (entries);

  return g_file_peek_path (file) != NULL ? replace_file (g_file_peek_path (file), pieces, error)
                                         : replace_remote_file (file, pieces, cancellable, error);
}
