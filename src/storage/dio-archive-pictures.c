/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: its pictures. A picture's file is whole and on the
 * disk before its row is written; there is never a row that waits for a file. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-hash.h"
#include "dio-mapped-bytes.h"
#include "dio-part-file.h"
#include "dio-paths.h"
#include "dio-picture-name.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>

static gboolean
has_row_of (DioArchive *self,
            const char *name)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  statement = dio_database_query (self->database, NULL, "SELECT 1 FROM results WHERE path = ?", "s", name);

  return statement == NULL || !dio_statement_next (statement, &has_row, NULL) || has_row;
}

/* The program may have ended between the name and the row, and now the same
 * picture comes again: there is no need to have it twice. */
static gboolean
is_stray (DioArchive *self,
          const char *name,
          const char *part)
{
  g_autofree char *path = g_build_filename (self->pictures, name, NULL);
  g_autofree char *there = dio_hash_file (path, NULL);
  g_autofree char *here = there != NULL ? dio_hash_file (part, NULL) : NULL;

  return g_strcmp0 (there, here) == 0 && here != NULL && !has_row_of (self, name);
}

/* Returns: (transfer full): the name that @part, of which nothing is left, has
 * now in pictures/ */
static char *
publish (DioArchive          *self,
         const DioJobRecord  *job,
         DioPicture          *picture,
         const char          *part,
         GError             **error)
{
  gboolean taken = TRUE;

  for (guint attempt = 0; taken; attempt++)
    {
      g_autofree char *name =
        dio_picture_name_make (job->created, *job->title != '\0' ? job->title : job->prompt,
                               picture->index, picture->extension, attempt);

      if (dio_part_file_publish (part, name, &taken, error))
        return g_steal_pointer (&name);

      if (taken && is_stray (self, name, part))
        {
          g_unlink (part);
          return g_steal_pointer (&name);
        }
    }

  return NULL;
}

/* Returns: (transfer full) (element-type GBytes) (nullable): what is kept in the
 * place of what came, or NULL where that is kept as it is */
static GPtrArray *
inscribe (DioArchive         *self,
          const DioJobRecord *job,
          DioPicture         *picture)
{
  g_autoptr(GBytes) bytes = NULL;

  if (self->inscribe == NULL || job->asked == NULL)
    return NULL;

  /* What cannot be read here is told when it is taken over. */
  bytes = picture->file != NULL ? dio_mapped_bytes_new (g_file_peek_path (picture->file), NULL)
                                : g_bytes_ref (picture->bytes);

  return bytes != NULL ? self->inscribe (bytes, job->asked, picture, job->created, self->inscribe_data) : NULL;
}

/* Returns: (transfer full): the path of a part file; with its @hash where that is
 * known, having been written */
static char *
write_part (DioArchive          *self,
            const DioJobRecord  *job,
            DioPicture          *picture,
            char               **hash,
            GError             **error)
{
  const char *owner = dio_owner_get_id (self->owner);
  g_autoptr(GPtrArray) pieces = inscribe (self, job, picture);

  if (pieces != NULL)
    return dio_part_file_write_pieces (self->pictures, owner, pieces, hash, error);
  if (picture->file != NULL)
    return dio_part_file_take (self->pictures, owner, g_file_peek_path (picture->file), error);

  return dio_part_file_write (self->pictures, owner, picture->bytes, error);
}

/* Returns: (transfer full): the name of the new file in pictures/ */
static char *
write_file (DioArchive          *self,
            const DioJobRecord  *job,
            DioPicture          *picture,
            char               **hash,
            GError             **error)
{
  g_autofree char *part = NULL;

  if (!dio_paths_make_folder (self->pictures, error))
    return NULL;

  part = write_part (self, job, picture, hash, error);

  return part != NULL ? publish (self, job, picture, part, error) : NULL;
}

/* What came as a file is taken over when nothing can go wrong any more: until
 * then, whoever brought it can bring it again. */
static void
remove_incoming (DioPicture *picture)
{
  if (picture->file != NULL)
    g_unlink (g_file_peek_path (picture->file));
}

/* Of the file as it was written, which is what will be used as a reference. NULL
 * where it cannot be read back: the picture is there all the same. */
static char *
hash_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *hash = dio_hash_file (path, &error);

  if (hash == NULL)
    g_message ("%s has no content hash: %s", path, error->message);

  return hash;
}

static gboolean
write_row (DioArchive          *self,
           const DioJobRecord  *job,
           DioPicture          *picture,
           const char          *name,
           const char          *hash,
           GError             **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *used = _dio_archive_words_to_text (picture->used);
  g_autofree char *unused = _dio_archive_words_to_text (picture->unused);
  g_autofree char *notes = _dio_archive_notes_to_text (picture->notes);
  g_autofree char *parents = _dio_archive_words_to_text (job->parents);

  return dio_database_run (self->database, error,
                           "INSERT INTO results (id, job_id, path, created, provider, model, prompt, idx, width,"
                           "                     height, seed, seconds, used, unused, notes, remote_id, cost,"
                           "                     currency, expires, title, names, parents, hash) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                           "ON CONFLICT (job_id, idx) DO NOTHING",
                           "sssxsssxxxxdsss" "sdsx" "ssss",
                           id, job->id, name, g_get_real_time (),
                           job->provider_id, job->model_id, job->prompt,
                           (gint64) picture->index, (gint64) picture->width, (gint64) picture->height,
                           picture->seed, picture->seconds, used, unused, notes,
                           picture->remote_id, picture->cost >= 0 && isfinite (picture->cost) ? picture->cost : NAN,
                           picture->currency, picture->expires, job->title, job->names, parents, hash);
}

static gboolean
write_picture (DioArchive          *self,
               const DioJobRecord  *job,
               DioPicture          *picture,
               gboolean            *is_new,
               GError             **error)
{
  g_autofree char *hash = NULL;
  g_autofree char *name = write_file (self, job, picture, &hash, error);
  g_autofree char *path = NULL;

  if (name == NULL)
    return FALSE;

  path = g_build_filename (self->pictures, name, NULL);
  if (hash == NULL)
    hash = hash_file (path);
  if (!write_row (self, job, picture, name, hash, error))
    {
      g_unlink (path);
      return FALSE;
    }

  *is_new = dio_database_get_n_changes (self->database) > 0;
  if (!*is_new)
    g_unlink (path);

  return TRUE;
}

/**
 * dio_archive_add_picture:
 * @self: an open archive
 * @job: the job that @picture belongs to
 * @picture: a picture, whole
 * @is_new: (out): %FALSE when this picture of the job was there already
 * @error: return location for a #GError
 *
 * Writes a picture's file and row; on success it survives anything, and a file
 * that it came in is gone. What was there first stays.
 *
 * Returns: (transfer full): the result; %NULL with %DIO_ERROR_STORAGE, and
 *   nothing is left of the picture but the file that it came in
 */
DioResult *
dio_archive_add_picture (DioArchive          *self,
                         const DioJobRecord  *job,
                         DioPicture          *picture,
                         gboolean            *is_new,
                         GError             **error)
{
  g_autoptr(DioResult) result = NULL;

  *is_new = FALSE;
  if (!_dio_archive_check_open (self, error) ||
      !_dio_archive_find_result (self, job->id, picture->index, &result, error))
    return NULL;

  if (result == NULL &&
      (!write_picture (self, job, picture, is_new, error) ||
       !_dio_archive_find_result (self, job->id, picture->index, &result, error)))
    return NULL;

  remove_incoming (picture);
  if (result == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                 "Another program has removed picture %u of job %s", picture->index + 1, job->id);

  return g_steal_pointer (&result);
}
