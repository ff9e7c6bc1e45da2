/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library as a folder somewhere else, made under another name first, so that
 * there is a whole one or none. What was left of one by a program that was killed
 * is removed by the next: each is locked for as long as somebody writes to it. */

#include "config.h"

#include "dio-backup-private.h"

#include "dio-database.h"
#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define ID_LENGTH 8

static const char *const folders[] = { "pictures", "references" };

static gboolean
fail (const char  *path,
      int          code,
      GError     **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", path, g_strerror (code));

  return FALSE;
}

gboolean
_dio_backup_copy_file (const char    *from,
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
    return _dio_backup_copy_file (from, to, cancellable, error);
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

gboolean
_dio_backup_copy_folders (const char    *from,
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
gboolean
_dio_backup_sync (const char  *folder,
                  GError     **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code = fd < 0 || syncfs (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);

  return code == 0 || fail (folder, code, error);
}

void
_dio_backup_remove_tree (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      _dio_backup_remove_tree (child);
    }
  g_remove (path);
}

/* Returns: what holds @folder, a new one, until it is closed, or -1 with @error.
 * Not every file system can lock a folder: then it is not held. */
int
_dio_backup_open_part (const char  *folder,
                       GError     **error)
{
  int fd;

  if (!dio_paths_make_folder (folder, error))
    return -1;

  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0)
    fail (folder, errno, error);
  else if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    g_debug ("%s is not held: %s", folder, g_strerror (errno));

  return fd;
}

/* Where it cannot be known, somebody does. */
gboolean
_dio_backup_is_held (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
  gboolean is_held = fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0;

  if (fd >= 0)
    close (fd);

  return is_held;
}

/* Removes the folders in @folder whose names are @prefix and an id, and that
 * nobody holds. */
void
_dio_backup_sweep (const char *folder,
                   const char *prefix)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix) && strlen (name) == strlen (prefix) + ID_LENGTH && !_dio_backup_is_held (path))
        _dio_backup_remove_tree (path);
    }
}

static gboolean
write_backup (const char    *folder,
              const char    *part,
              const char    *target,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *from = g_build_filename (folder, DIO_BACKUP_DATABASE, NULL);
  g_autofree char *to = g_build_filename (part, DIO_BACKUP_DATABASE, NULL);
  g_autofree char *parent = g_path_get_dirname (target);

  if (!dio_database_copy (from, to, error) ||
      !_dio_backup_copy_folders (folder, part, cancellable, error) ||
      !_dio_backup_sync (part, error))
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
  g_autofree char *parent = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *part = NULL;
  gboolean is_made;
  int fd;

  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  plain = g_canonicalize_filename (target, NULL);
  parent = g_path_get_dirname (plain);
  prefix = g_strconcat (strrchr (plain, '/') + 1, ".part-", NULL);
  part = g_strdup_printf ("%s.part-%.*s", plain, ID_LENGTH, id);
  if (g_rmdir (plain) != 0 && errno != ENOENT)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s is there already", target);
      return FALSE;
    }

  _dio_backup_sweep (parent, prefix);
  fd = _dio_backup_open_part (part, error);
  is_made = fd >= 0 && write_backup (folder, part, plain, cancellable, error);
  if (!is_made)
    _dio_backup_remove_tree (part);
  if (fd >= 0)
    close (fd);

  return is_made;
}
