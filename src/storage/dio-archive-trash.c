/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: what was deleted. The row stays, with the time, and
 * the file lies in pictures/.trash under the result's id, so that either can
 * always come back; only emptying the trash takes them away. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Files that were moved for a transaction that may yet fail. */
typedef struct
{
  char *from; /* (owned) */
  char *to;   /* (owned) */
} Move;

static void
move_free (Move *move)
{
  g_free (move->from);
  g_free (move->to);
  g_free (move);
}

static const char *
get_extension (const char *name)
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
  g_autofree char *file = g_strconcat (id, get_extension (name), NULL);
  g_autofree char *base = g_path_get_basename (file);

  return g_build_filename (self->trash, base, NULL);
}

/* Returns: 0, or an errno; a file that is not there is none */
static int
move_file (GPtrArray  *moves,
           const char *from,
           const char *to)
{
  int code = dio_part_file_move (from, to);

  if (code == 0)
    {
      Move *move = g_new (Move, 1);

      move->from = g_strdup (from);
      move->to = g_strdup (to);
      g_ptr_array_add (moves, move);
    }

  return code == ENOENT ? 0 : code;
}

static void
move_back (GPtrArray *moves)
{
  for (guint i = moves->len; i > 0; i--)
    {
      Move *move = g_ptr_array_index (moves, i - 1);

      if (dio_part_file_move (move->to, move->from) != 0)
        g_message ("%s stays in the trash's place", move->to);
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
  const char *extension = get_extension (name);
  int stem = strlen (name) - strlen (extension);

  for (guint attempt = 1; ; attempt++)
    {
      g_autofree char *other = attempt > 1 ? g_strdup_printf ("%.*s (%u)%s", stem, name, attempt, extension)
                                           : g_strdup (name);
      g_autofree char *path = _dio_archive_build_path (self, other);
      int code;

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        {
          /* Deleted by a program that ended before it moved the file. */
          if (!g_file_test (trashed, G_FILE_TEST_EXISTS))
            return g_steal_pointer (&other);
          continue;
        }

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
  if (is_right && dio_database_commit (self->database, error))
    return TRUE;

  dio_database_rollback (self->database);
  move_back (moves);

  return FALSE;
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

static gboolean
unlink_all (DioArchive    *self,
            DioStatement  *rows,
            GError       **error)
{
  gboolean has_row = TRUE;

  while (has_row)
    {
      g_autofree char *path = NULL;

      if (!dio_statement_next (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;

      path = _dio_archive_build_trash_path (self, dio_statement_get_text (rows, 0), dio_statement_get_text (rows, 1));
      if (g_unlink (path) != 0 && errno != ENOENT)
        return fail (self, errno, error);
    }

  return TRUE;
}

/* A program that ended between a file's way and its row's: the row is right, and
 * the file follows. */
static gboolean
settle (DioArchive  *self,
        GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (self->trash, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *trashed = g_build_filename (self->trash, file, NULL);
      g_autofree char *id = g_strndup (file, strlen (file) - strlen (get_extension (file)));
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;

      if (!_dio_archive_read_name (self, id, "deleted = 0", &name, error))
        return FALSE;
      if (name == NULL)
        continue;

      path = _dio_archive_build_path (self, name);
      dio_part_file_move (trashed, path);
    }

  return TRUE;
}

/* What an earlier version, or a library that is lost, has left there: a file's
 * status changes as it is moved, so that tells since when. */
static void
sweep_strays (DioArchive *self,
              gint64      limit)
{
  g_autoptr(GDir) dir = g_dir_open (self->trash, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->trash, name, NULL);
      g_autofree char *id = g_strndup (name, strlen (name) - strlen (get_extension (name)));
      gboolean is_known = TRUE;
      GStatBuf info;

      if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) ||
          (gint64) info.st_ctime * G_USEC_PER_SEC >= limit)
        continue;

      if (_dio_archive_has_result (self, id, &is_known, NULL) && !is_known)
        g_unlink (path);
    }
}

/**
 * dio_archive_empty_trash:
 * @self: an open archive
 * @before: what was deleted before this time goes, in microseconds since 1970
 * @n_removed: (out): how many results went
 * @error: return location for a #GError
 *
 * Takes away results for good. The jobs that made them stay in the history. What
 * is there although its result is not deleted goes back.
 */
gboolean
dio_archive_empty_trash (DioArchive  *self,
                         gint64       before,
                         guint       *n_removed,
                         GError     **error)
{
  g_autoptr(DioStatement) rows = NULL;
  gboolean is_right;

  *n_removed = 0;
  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  if (!settle (self, error))
    {
      dio_database_rollback (self->database);
      return FALSE;
    }

  rows = dio_database_query (self->database, error,
                             "SELECT id, path FROM results WHERE deleted > 0 AND deleted < ?", "x", before);
  is_right = rows != NULL && unlink_all (self, rows, error);
  g_clear_pointer (&rows, dio_statement_free);
  is_right = is_right && dio_database_run (self->database, error,
                                           "DELETE FROM results WHERE deleted > 0 AND deleted < ?", "x", before);
  if (is_right)
    *n_removed = dio_database_get_n_changes (self->database);
  if (!is_right || !dio_database_commit (self->database, error))
    {
      dio_database_rollback (self->database);
      return FALSE;
    }

  sweep_strays (self, before);

  return TRUE;
}
