/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: its pictures. A picture's file is whole and on the
 * disk before its row is written; there is never a row that waits for a file. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"
#include "dio-picture-name.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>

/* The columns that make_result() reads, in its order. */
#define RESULT_COLUMNS \
  "id, job_id, path, created, provider, model, prompt, idx, width, height, seed, seconds, used, unused, notes, " \
  "remote_id, coalesce (cost, -1), currency, expires"

static DioResult *
make_result (DioArchive   *self,
             DioStatement *row)
{
  g_autoptr(DioPicture) picture = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  picture = dio_picture_new (NULL, NULL,
                             dio_statement_get_integer (row, 7),
                             dio_statement_get_integer (row, 8),
                             dio_statement_get_integer (row, 9));
  picture->seed = dio_statement_get_integer (row, 10);
  picture->seconds = dio_statement_get_number (row, 11);
  picture->used = _dio_archive_words_of_text (dio_statement_get_text (row, 12));
  picture->unused = _dio_archive_words_of_text (dio_statement_get_text (row, 13));
  _dio_archive_notes_of_text (dio_statement_get_text (row, 14), picture->notes);
  picture->remote_id = g_strdup (dio_statement_get_text (row, 15));
  picture->cost = dio_statement_get_number (row, 16);
  picture->currency = g_strdup (dio_statement_get_text (row, 17));
  picture->expires = dio_statement_get_integer (row, 18);

  /* Whatever a damaged row says, it leads nowhere else. */
  name = g_path_get_basename (dio_statement_get_text (row, 2));
  path = g_build_filename (self->pictures, name, NULL);

  return dio_result_new (dio_statement_get_text (row, 0),
                         dio_statement_get_text (row, 1),
                         path,
                         dio_statement_get_integer (row, 3),
                         dio_statement_get_text (row, 4),
                         dio_statement_get_text (row, 5),
                         dio_statement_get_text (row, 6),
                         picture);
}

/* Returns: %FALSE with @error; @result is NULL where there is none */
static gboolean
find_result (DioArchive  *self,
             const char  *job_id,
             guint        index,
             DioResult  **result,
             GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;

  *result = NULL;
  statement = dio_database_query (self->database, error,
                                  "SELECT " RESULT_COLUMNS " FROM results WHERE job_id = ? AND idx = ?",
                                  "sx", job_id, (gint64) index);
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  if (has_row)
    *result = make_result (self, statement);

  return TRUE;
}

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
  g_autoptr(GMappedFile) there = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr(GMappedFile) here = g_mapped_file_new (part, FALSE, NULL);
  g_autoptr(GBytes) old = there != NULL ? g_mapped_file_get_bytes (there) : NULL;
  g_autoptr(GBytes) new = here != NULL ? g_mapped_file_get_bytes (here) : NULL;

  return old != NULL && new != NULL && g_bytes_equal (old, new) && !has_row_of (self, name);
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

/* Returns: (transfer full): the name of the new file in pictures/ */
static char *
write_file (DioArchive          *self,
            const DioJobRecord  *job,
            DioPicture          *picture,
            GError             **error)
{
  const char *owner = dio_owner_get_id (self->owner);
  g_autofree char *part = NULL;

  if (!dio_paths_make_folder (self->pictures, error))
    return NULL;

  if (picture->file != NULL)
    part = dio_part_file_take (self->pictures, owner, g_file_peek_path (picture->file), error);
  else
    part = dio_part_file_write (self->pictures, owner, picture->bytes, error);

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

static gboolean
write_row (DioArchive          *self,
           const DioJobRecord  *job,
           DioPicture          *picture,
           const char          *name,
           GError             **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *used = _dio_archive_words_to_text (picture->used);
  g_autofree char *unused = _dio_archive_words_to_text (picture->unused);
  g_autofree char *notes = _dio_archive_notes_to_text (picture->notes);

  return dio_database_run (self->database, error,
                           "INSERT INTO results (id, job_id, path, created, provider, model, prompt, idx, width,"
                           "                     height, seed, seconds, used, unused, notes, remote_id, cost,"
                           "                     currency, expires) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                           "ON CONFLICT (job_id, idx) DO NOTHING",
                           "sssxsssxxxxdsss" "sdsx",
                           id, job->id, name, g_get_real_time (),
                           job->provider_id, job->model_id, job->prompt,
                           (gint64) picture->index, (gint64) picture->width, (gint64) picture->height,
                           picture->seed, picture->seconds, used, unused, notes,
                           picture->remote_id, picture->cost >= 0 && isfinite (picture->cost) ? picture->cost : NAN,
                           picture->currency, picture->expires);
}

static gboolean
write_picture (DioArchive          *self,
               const DioJobRecord  *job,
               DioPicture          *picture,
               gboolean            *is_new,
               GError             **error)
{
  g_autofree char *name = write_file (self, job, picture, error);
  g_autofree char *path = NULL;

  if (name == NULL)
    return FALSE;

  path = g_build_filename (self->pictures, name, NULL);
  if (!write_row (self, job, picture, name, error))
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
      !find_result (self, job->id, picture->index, &result, error))
    return NULL;

  if (result == NULL &&
      (!write_picture (self, job, picture, is_new, error) ||
       !find_result (self, job->id, picture->index, &result, error)))
    return NULL;

  remove_incoming (picture);
  if (result == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                 "Another program has removed picture %u of job %s", picture->index + 1, job->id);

  return g_steal_pointer (&result);
}

static GPtrArray *
read_results (DioArchive    *self,
              DioStatement  *statement,
              GError       **error)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_row = TRUE;

  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (results, make_result (self, statement));
    }

  return statement != NULL ? g_steal_pointer (&results) : NULL;
}

/* Returns: (transfer full) (element-type DioResult): those of one job, in the
 * order of coming */
GPtrArray *
_dio_archive_load_results_of (DioArchive  *self,
                              const char  *job_id,
                              GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT " RESULT_COLUMNS " FROM results WHERE job_id = ? ORDER BY seq",
                                  "s", job_id);

  return read_results (self, statement, error);
}

/**
 * dio_archive_load_results:
 * @self: an open archive
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): all results, newest first,
 *   also those whose file is gone
 */
GPtrArray *
dio_archive_load_results (DioArchive  *self,
                          GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT " RESULT_COLUMNS " FROM results ORDER BY seq DESC", "");

  return read_results (self, statement, error);
}

/* Where there is no trash, one of our own: what cost money is not deleted at a
 * click. */
static gboolean
move_to_own_trash (DioArchive  *self,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *trash = g_build_filename (self->pictures, ".trash", NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *target = NULL;
  int code;

  if (!dio_paths_make_folder (trash, error))
    return FALSE;

  target = g_build_filename (trash, name, NULL);
  for (guint i = 2; g_access (target, F_OK) == 0; i++)
    {
      g_free (target);
      target = g_strdup_printf ("%s/%s.%u", trash, name, i);
    }

  if (g_rename (path, target) == 0 || errno == ENOENT)
    return TRUE;

  code = errno;
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", trash, g_strerror (code));

  return FALSE;
}

static gboolean
move_to_trash (DioArchive  *self,
               const char  *path,
               GError     **error)
{
  g_autoptr(GFile) file = NULL;

  /* Gone already, or never a picture: a damaged row must not take a folder along. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;

  file = g_file_new_for_path (path);

  return g_file_trash (file, NULL, NULL) || move_to_own_trash (self, path, error);
}

/**
 * dio_archive_remove_result:
 * @self: an open archive
 * @id: a result
 * @path: its file
 * @error: return location for a #GError
 *
 * Moves the file to the trash, and then forgets the row. One that is gone
 * already is no error.
 */
gboolean
dio_archive_remove_result (DioArchive  *self,
                           const char  *id,
                           const char  *path,
                           GError     **error)
{
  return _dio_archive_check_open (self, error) &&
         move_to_trash (self, path, error) &&
         dio_database_run (self->database, error, "DELETE FROM results WHERE id = ?", "s", id);
}
