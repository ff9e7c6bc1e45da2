/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library as a folder somewhere else, and back. Either is made under another
 * name first, so that there is a whole one or none; and what a restored library
 * takes the place of is put aside, never removed. */

#include "config.h"

#include "dio-backup.h"

#include "dio-archive-private.h"
#include "dio-database-private.h"
#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define DATABASE "library.db"
#define LOG      DATABASE "-wal"

/* What a library is made of, with what SQLite keeps beside it. */
static const char *const parts[] = { DATABASE, LOG, DATABASE "-shm", "pictures", "references" };
static const char *const folders[] = { "pictures", "references" };

static gboolean
fail (const char  *path,
      int          code,
      GError     **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", path, g_strerror (code));

  return FALSE;
}

static gboolean
copy_file (const char    *from,
           const char    *to,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);
  g_autoptr(GError) local_error = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_NONE, cancellable, NULL, NULL, &local_error))
    return TRUE;

  /* A picture may be deleted while we are at it. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && !g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;

  g_propagate_error (error, dio_error_from_io (local_error, from));

  return FALSE;
}

/* Returns: (transfer full) (nullable): NULL without @error where there is none */
static GDir *
open_folder (const char  *path,
             GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  GDir *dir = g_dir_open (path, 0, &local_error);

  if (dir == NULL && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot read %s: %s", path, local_error->message);

  return dir;
}

static gboolean copy_folder (const char    *from,
                             const char    *to,
                             GCancellable  *cancellable,
                             GError       **error);

/* A link to a file becomes a file. One to a folder is no part of a library: in
 * one of somebody else it could lead to where nothing may be removed. */
static gboolean
copy_child (const char    *from,
            const char    *to,
            GCancellable  *cancellable,
            GError       **error)
{
  if (g_file_test (from, G_FILE_TEST_IS_REGULAR))
    return copy_file (from, to, cancellable, error);
  if (g_file_test (from, G_FILE_TEST_IS_DIR) && !g_file_test (from, G_FILE_TEST_IS_SYMLINK))
    return copy_folder (from, to, cancellable, error);

  return TRUE;
}

static gboolean
copy_folder (const char    *from,
             const char    *to,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GDir) dir = open_folder (from, &local_error);
  const char *name;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!dio_paths_make_folder (to, error))
    return FALSE;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (!dio_part_file_is_part (name) && !copy_child (source, target, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
copy_folders (const char    *from,
              const char    *to,
              GCancellable  *cancellable,
              GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *source = g_build_filename (from, folders[i], NULL);
      g_autofree char *target = g_build_filename (to, folders[i], NULL);

      if (!copy_folder (source, target, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Has all that was written in @folder on the disk. */
static gboolean
sync_all (const char  *folder,
          GError     **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code = fd < 0 || syncfs (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);

  return code == 0 || fail (folder, code, error);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static gboolean
write_backup (const char    *folder,
              const char    *part,
              const char    *target,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *from = g_build_filename (folder, DATABASE, NULL);
  g_autofree char *to = g_build_filename (part, DATABASE, NULL);
  g_autofree char *parent = g_path_get_dirname (target);

  if (!dio_paths_make_folder (part, error) ||
      !dio_database_copy (from, to, error) ||
      !copy_folders (folder, part, cancellable, error) ||
      !sync_all (part, error))
    return FALSE;

  /* Over an empty folder, but over nothing else. */
  if (g_rename (part, target) != 0)
    return fail (target, errno, error);

  /* Not all file systems of other computers know how; the folder is there. */
  dio_part_file_sync (parent, NULL);

  return TRUE;
}

/**
 * dio_backup_make:
 * @folder: a data folder; programs may be using it
 * @target: a folder that is not there yet, or is empty
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Writes all results, jobs, pictures and references into a folder of its own,
 * which appears when it is whole.
 */
gboolean
dio_backup_make (const char    *folder,
                 const char    *target,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *plain = NULL;
  g_autofree char *part = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  plain = g_canonicalize_filename (target, NULL);
  part = g_strdup_printf ("%s.part-%.8s", plain, id);
  if (g_rmdir (plain) != 0 && errno != ENOENT)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s is there already", target);
      return FALSE;
    }

  if (write_backup (folder, part, plain, cancellable, error))
    return TRUE;

  remove_tree (part);

  return FALSE;
}

/* Restoring */

static gboolean
check_replaceable (const char  *folder,
                   gboolean     replaces,
                   GError     **error)
{
  g_autofree char *path = g_build_filename (folder, DATABASE, NULL);
  g_autofree char *owners = g_build_filename (folder, "owners", NULL);

  if (dio_owner_lives_any (owners))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "The library in %s is in use by another program", folder);
      return FALSE;
    }

  if (replaces || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "There is a library in %s", folder);

  return FALSE;
}

/* Returns: 0, or an errno; a part that is not there is none */
static int
move_part (const char *from,
           const char *to,
           guint       i)
{
  g_autofree char *source = g_build_filename (from, parts[i], NULL);
  g_autofree char *target = g_build_filename (to, parts[i], NULL);
  int code = dio_part_file_move (source, target);

  return code == ENOENT ? 0 : code;
}

/* Moves all parts, or none: a folder may be a disk of its own, which cannot be
 * moved. */
static gboolean
move_parts (const char  *from,
            const char  *to,
            GError     **error)
{
  guint n_moved = 0;
  int code = 0;

  while (n_moved < G_N_ELEMENTS (parts) && (code = move_part (from, to, n_moved)) == 0)
    n_moved++;

  if (code == 0 && dio_part_file_sync (from, error) && dio_part_file_sync (to, error))
    return TRUE;

  while (n_moved > 0)
    move_part (to, from, --n_moved);

  return code != 0 && fail (to, code, error);
}

static gboolean
replace (const char  *part,
         const char  *folder,
         gboolean     replaces,
         char       **aside,
         GError     **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "before restore %Y-%m-%d %H%M%S");
  g_autofree char *old = g_build_filename (folder, name, NULL);
  gboolean is_replaced;

  if (!check_replaceable (folder, replaces, error) || !dio_paths_make_folder (old, error))
    return FALSE;

  is_replaced = move_parts (folder, old, error);
  if (is_replaced && !move_parts (part, folder, error))
    {
      is_replaced = FALSE;
      move_parts (old, folder, NULL);
    }

  /* Where something is in it, a person has to know. */
  if (g_rmdir (old) != 0)
    *aside = g_steal_pointer (&old);

  return is_replaced;
}

/* Returns: whether a database that is whole is one of ours */
static gboolean
check_ours (const char  *path,
            const char  *source,
            GError     **error)
{
  g_autoptr(DioDatabase) database = dio_database_open_to_read (path, error);
  gint64 n_versions = g_strv_length ((GStrv) _dio_archive_migrations);
  gint64 version;
  gint64 seq;

  if (database == NULL || !_dio_database_read_number (database, "PRAGMA user_version", &version, error))
    return FALSE;

  if (version > n_versions)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NEWER, "%s was written by a newer version of Diorama", source);
      return FALSE;
    }

  if (version > 0 && _dio_database_read_number (database, "SELECT seq FROM results JOIN jobs ON job_id = jobs.id LIMIT 1",
                                                &seq, NULL))
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "%s is no back-up of a library", source);

  return FALSE;
}

/* There is a log where a person has copied the folder of a program that runs. */
static gboolean
copy_database (const char    *from_folder,
               const char    *to_folder,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *from = g_build_filename (from_folder, DATABASE, NULL);
  g_autofree char *to = g_build_filename (to_folder, DATABASE, NULL);
  g_autofree char *from_log = g_build_filename (from_folder, LOG, NULL);
  g_autofree char *to_log = g_build_filename (to_folder, LOG, NULL);

  return copy_file (from, to, cancellable, error) &&
         copy_file (from_log, to_log, cancellable, error) &&
         dio_database_check (to, error) &&
         check_ours (to, from_folder, error);
}

static gboolean
stage (const char    *source,
       const char    *part,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autofree char *from = g_build_filename (source, DATABASE, NULL);

  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "%s is no back-up of a library", source);
      return FALSE;
    }

  return dio_paths_make_folder (part, error) &&
         copy_database (source, part, cancellable, error) &&
         copy_folders (source, part, cancellable, error) &&
         sync_all (part, error);
}

/**
 * dio_backup_restore:
 * @source: what dio_backup_make() wrote
 * @folder: a data folder that no program is using
 * @replaces: whether a library that is there may be put aside
 * @cancellable: (nullable): a #GCancellable
 * @aside: (out) (nullable) (transfer full): where what was there is now
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND where @source is no back-up,
 *   %DIO_ERROR_NEWER where it is one of a later version, %DIO_ERROR_INVALID where
 *   there is a library, or %DIO_ERROR_STORAGE; all is then as it was
 */
gboolean
dio_backup_restore (const char    *source,
                    const char    *folder,
                    gboolean       replaces,
                    GCancellable  *cancellable,
                    char         **aside,
                    GError       **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("restore.part-%.8s", id);
  g_autofree char *part = g_build_filename (folder, name, NULL);
  gboolean is_restored;
  int fd;

  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (aside != NULL, FALSE);

  *aside = NULL;
  if (!dio_paths_make_folder (folder, error) || !check_replaceable (folder, replaces, error))
    return FALSE;

  fd = -1;
  is_restored = stage (source, part, cancellable, error) &&
                (fd = _dio_archive_lock_folder (folder, error)) >= 0 &&
                replace (part, folder, replaces, aside, error);
  if (fd >= 0)
    close (fd);
  remove_tree (part);

  return is_restored;
}
