/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: what goes for good, and what a program that ended at
 * the wrong moment has left half done. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-part-file.h"

#include <errno.h>
#include <glib/gstdio.h>

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
        {
          int code = errno;

          g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot remove %s: %s", path, g_strerror (code));
          return FALSE;
        }
    }

  return TRUE;
}

/* Whose file is in the trash although it is not deleted. */
static gboolean
settle_file (DioArchive  *self,
             const char  *file,
             GError     **error)
{
  const char *extension = _dio_archive_get_extension (file);
  g_autofree char *trashed = g_build_filename (self->trash, file, NULL);
  g_autofree char *id = g_strndup (file, strlen (file) - strlen (extension));
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (!_dio_archive_read_name (self, id, "deleted = 0", &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;

  path = _dio_archive_build_path (self, name);
  if (_dio_archive_is_same_file (trashed, path))
    g_unlink (trashed);
  else
    dio_part_file_move (trashed, path);

  return TRUE;
}

/* Whose file is not in the trash, or has its former name still. */
static gboolean
settle_row (DioArchive  *self,
            const char  *id,
            const char  *name,
            GError     **error)
{
  g_autofree char *trashed = _dio_archive_build_trash_path (self, id, name);
  g_autofree char *path = _dio_archive_build_path (self, name);
  g_autoptr(DioStatement) others = NULL;
  gboolean is_others;

  if (_dio_archive_is_same_file (trashed, path))
    {
      g_unlink (path);
      return TRUE;
    }

  others = dio_database_query (self->database, error, "SELECT 1 FROM results WHERE path = ? AND deleted = 0", "s", name);
  if (others == NULL || !dio_statement_next (others, &is_others, error))
    return FALSE;

  if (!is_others && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    dio_part_file_move (path, trashed);

  return TRUE;
}

/* A program that ended between a file's way and its row's: the row is right, and
 * the file follows. */
static gboolean
settle (DioArchive  *self,
        GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (self->trash, 0, NULL);
  g_autoptr(DioStatement) rows = NULL;
  gboolean has_row = TRUE;
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      if (!settle_file (self, file, error))
        return FALSE;
    }

  rows = dio_database_query (self->database, error, "SELECT id, path FROM results WHERE deleted > 0", "");
  while (rows != NULL && has_row)
    {
      if (!dio_statement_next (rows, &has_row, error))
        return FALSE;
      if (has_row && !settle_row (self, dio_statement_get_text (rows, 0), dio_statement_get_text (rows, 1), error))
        return FALSE;
    }

  return rows != NULL;
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
      g_autofree char *id = g_strndup (name, strlen (name) - strlen (_dio_archive_get_extension (name)));
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

/* What is not in the trash stays. */
static gboolean
remove_one (DioArchive  *self,
            const char  *id,
            guint       *n_removed,
            GError     **error)
{
  g_autoptr(DioStatement) rows = NULL;

  rows = dio_database_query (self->database, error,
                             "SELECT id, path FROM results WHERE deleted > 0 AND id = ?", "s", id);
  if (rows == NULL || !unlink_all (self, rows, error))
    return FALSE;

  g_clear_pointer (&rows, dio_statement_free);
  if (!dio_database_run (self->database, error, "DELETE FROM results WHERE deleted > 0 AND id = ?", "s", id))
    return FALSE;
  *n_removed += dio_database_get_n_changes (self->database);

  return TRUE;
}

/**
 * dio_archive_remove:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results that are in the trash; others stay
 * @n_removed: (out): how many went
 * @error: return location for a #GError
 *
 * Takes away results for good. The jobs that made them stay in the history.
 */
gboolean
dio_archive_remove (DioArchive          *self,
                    const char * const  *ids,
                    guint               *n_removed,
                    GError             **error)
{
  gboolean is_right;

  *n_removed = 0;
  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  is_right = settle (self, error);
  for (guint i = 0; is_right && ids[i] != NULL; i++)
    is_right = remove_one (self, ids[i], n_removed, error);
  if (is_right && dio_database_commit (self->database, error))
    return TRUE;

  dio_database_rollback (self->database);

  return FALSE;
}
