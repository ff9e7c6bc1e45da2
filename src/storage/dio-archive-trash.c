/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: what was deleted. The row stays, with the time, and
 * the file lies in pictures/.trash under the result's id, so that either can
 * always come back. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A file on its way, for a transaction that may yet fail. It has both names until
 * that is over, so that there is no moment at which its row tells the wrong one. */
typedef struct
{
  char     *from;      /* (owned) */
  char     *to;        /* (owned) */
  gboolean  has_both;
} Move;

static void
move_free (Move *move)
{
  g_free (move->from);
  g_free (move->to);
  g_free (move);
}

const char *
_dio_archive_get_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? dot : "";
}

char *
_dio_archive_build_path (DioArchive *self,
                         const char *name)
{
  /* Whatever a damaged row says, it leads nowhere else. */
  g_autofree char *base = g_path_get_basename (name);

  return g_build_filename (self->pictures, base, NULL);
}

char *
_dio_archive_build_trash_path (DioArchive *self,
                               const char *id,
                               const char *name)
{
  g_autofree char *file = g_strconcat (id, _dio_archive_get_extension (name), NULL);
  g_autofree char *base = g_path_get_basename (file);

  return g_build_filename (self->trash, base, NULL);
}

gboolean
_dio_archive_is_same_file (const char *path,
                           const char *other)
{
  GStatBuf first;
  GStatBuf second;

  return g_lstat (path, &first) == 0 && g_lstat (other, &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Returns: 0, or an errno; a file that is not there is none */
static int
move_file (GPtrArray  *moves,
           const char *from,
           const char *to)
{
  gboolean has_both = link (from, to) == 0 || (errno == EEXIST && _dio_archive_is_same_file (from, to));
  int code = has_both ? 0 : errno;

  /* Not every file system can give two names. */
  if (code == EPERM || code == ENOSYS || code == EOPNOTSUPP || code == EMLINK)
    code = dio_part_file_move (from, to);

  if (code == 0)
    {
      Move *move = g_new (Move, 1);

      move->from = g_strdup (from);
      move->to = g_strdup (to);
      move->has_both = has_both;
      g_ptr_array_add (moves, move);
    }

  return code == ENOENT ? 0 : code;
}

static void
finish_moves (GPtrArray *moves,
              gboolean   is_right)
{
  for (guint i = moves->len; i > 0; i--)
    {
      Move *move = g_ptr_array_index (moves, i - 1);

      if (move->has_both)
        g_unlink (is_right ? move->from : move->to);
      else if (!is_right && dio_part_file_move (move->to, move->from) != 0)
        g_message ("%s could not be moved back", move->to);
    }
}

static gboolean
fail (DioArchive  *self,
      int          code,
      GError     **error)
{
  if (code != 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", self->pictures, g_strerror (code));

  return code == 0;
}

static gboolean
trash_one (DioArchive  *self,
           const char  *id,
           gint64       deleted,
           GPtrArray   *moves,
           GError     **error)
{
  g_autofree char *name = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!_dio_archive_read_name (self, id, "deleted = 0", &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;

  from = _dio_archive_build_path (self, name);
  to = _dio_archive_build_trash_path (self, id, name);
  /* A damaged row must not take a folder along. */
  if (g_file_test (from, G_FILE_TEST_IS_REGULAR) && !fail (self, move_file (moves, from, to), error))
    return FALSE;

  return dio_database_run (self->database, error, "UPDATE results SET deleted = ? WHERE id = ?", "xs", deleted, id);
}

/* Returns: (transfer full): the name that the file has now in pictures/ */
static char *
bring_back (DioArchive  *self,
            const char  *trashed,
            const char  *name,
            GPtrArray   *moves,
            GError     **error)
{
  const char *extension = _dio_archive_get_extension (name);
  int stem = strlen (name) - strlen (extension);

  for (guint attempt = 1; ; attempt++)
    {
      g_autofree char *other = attempt > 1 ? g_strdup_printf ("%.*s (%u)%s", stem, name, attempt, extension)
                                           : g_strdup (name);
      g_autofree char *path = _dio_archive_build_path (self, other);
      int code;

      code = move_file (moves, trashed, path);
      if (code == EEXIST)
        continue;

      return fail (self, code, error) ? g_steal_pointer (&other) : NULL;
    }
}

static gboolean
restore_one (DioArchive  *self,
             const char  *id,
             GPtrArray   *moves,
             GError     **error)
{
  g_autofree char *name = NULL;
  g_autofree char *trashed = NULL;
  g_autofree char *restored = NULL;

  if (!_dio_archive_read_name (self, id, "deleted > 0", &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;

  trashed = _dio_archive_build_trash_path (self, id, name);
  restored = bring_back (self, trashed, name, moves, error);

  return restored != NULL &&
         dio_database_run (self->database, error, "UPDATE results SET deleted = 0, path = ? WHERE id = ?", "ss",
                           restored, id);
}

/* Either all are moved and written, or none. */
static gboolean
change_all (DioArchive          *self,
            const char * const  *ids,
            gint64               deleted,
            GError             **error)
{
  g_autoptr(GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) move_free);
  gboolean is_right = TRUE;

  if (!_dio_archive_check_open (self, error) ||
      !dio_paths_make_folder (self->trash, error) ||
      !dio_database_begin (self->database, error))
    return FALSE;

  for (guint i = 0; is_right && ids[i] != NULL; i++)
    is_right = deleted > 0 ? trash_one (self, ids[i], deleted, moves, error)
                           : restore_one (self, ids[i], moves, error);

  if (is_right && moves->len > 0)
    is_right = dio_part_file_sync (self->trash, error) && dio_part_file_sync (self->pictures, error);
  is_right = is_right && dio_database_commit (self->database, error);
  if (!is_right)
    dio_database_rollback (self->database);
  finish_moves (moves, is_right);

  return is_right;
}

/**
 * dio_archive_delete:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results
 * @deleted: the time, in microseconds since 1970
 * @error: return location for a #GError
 *
 * Moves results to the trash. Those that are there, or are gone, are no error.
 */
gboolean
dio_archive_delete (DioArchive          *self,
                    const char * const  *ids,
                    gint64               deleted,
                    GError             **error)
{
  g_return_val_if_fail (deleted > 0, FALSE);

  return change_all (self, ids, deleted, error);
}

/**
 * dio_archive_restore:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results
 * @error: return location for a #GError
 *
 * Brings results back from the trash, to where they were in every order.
 */
gboolean
dio_archive_restore (DioArchive          *self,
                     const char * const  *ids,
                     GError             **error)
{
  return change_all (self, ids, 0, error);
}
