/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library that was backed up takes its place again. What it takes the place of is
 * put aside, never removed. A program that is killed on the way leaves what was, or
 * what the next start makes what will be. */

#include "config.h"

#include "dio-backup-private.h"

#include "dio-archive-private.h"
#include "dio-database-private.h"
#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define LOG   DIO_BACKUP_DATABASE "-wal"
#define PART  "restore.part-"
#define WHOLE "restore.whole-"

/* What a library is made of, with what SQLite keeps beside it. */
static const char *const parts[] = { DIO_BACKUP_DATABASE, LOG, DIO_BACKUP_DATABASE "-shm", "pictures", "references" };

static gboolean
fail (const char  *path,
      int          code,
      GError     **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: %s", path, g_strerror (code));

  return FALSE;
}

static gboolean
check_replaceable (const char  *folder,
                   gboolean     replaces,
                   GError     **error)
{
  g_autofree char *path = g_build_filename (folder, DIO_BACKUP_DATABASE, NULL);
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
         char       **aside,
         GError     **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "before restore %Y-%m-%d %H%M%S");
  g_autofree char *old = g_build_filename (folder, name, NULL);
  gboolean is_replaced;

  if (!dio_paths_make_folder (old, error))
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

/* Whoever opens the library meanwhile must not take it for what was left behind.
 * Returns: what holds @part, or -1 with @error */
static int
begin (const char  *folder,
       const char  *part,
       GError     **error)
{
  int fd = _dio_archive_lock_folder (folder, error);
  int part_fd = -1;

  if (fd >= 0)
    {
      part_fd = _dio_backup_open_part (part, error);
      close (fd);
    }

  return part_fd;
}

/* From here on it will be the library, even if this program ends. */
static gboolean
rename_whole (const char  *part,
              const char  *whole,
              GError     **error)
{
  return g_rename (part, whole) == 0 || fail (whole, errno, error);
}

/* There is a log where a person has copied the folder of a program that runs. */
static gboolean
copy_database (const char    *from_folder,
               const char    *to_folder,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *from = g_build_filename (from_folder, DIO_BACKUP_DATABASE, NULL);
  g_autofree char *to = g_build_filename (to_folder, DIO_BACKUP_DATABASE, NULL);
  g_autofree char *from_log = g_build_filename (from_folder, LOG, NULL);
  g_autofree char *to_log = g_build_filename (to_folder, LOG, NULL);

  return _dio_backup_copy_file (from, to, cancellable, error) &&
         _dio_backup_copy_file (from_log, to_log, cancellable, error) &&
         dio_database_check (to, error) &&
         check_ours (to, from_folder, error);
}

static gboolean
stage (const char    *source,
       const char    *part,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autofree char *from = g_build_filename (source, DIO_BACKUP_DATABASE, NULL);

  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "%s is no back-up of a library", source);
      return FALSE;
    }

  return copy_database (source, part, cancellable, error) &&
         _dio_backup_copy_folders (source, part, cancellable, error) &&
         _dio_backup_sync (part, error);
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
  g_autofree char *part = NULL;
  g_autofree char *whole = NULL;
  gboolean is_restored;
  int part_fd;
  int fd;

  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (aside != NULL, FALSE);

  *aside = NULL;
  part = g_strdup_printf ("%s/" PART "%.8s", folder, id);
  whole = g_strdup_printf ("%s/" WHOLE "%.8s", folder, id);
  if (!dio_paths_make_folder (folder, error) || !check_replaceable (folder, replaces, error))
    return FALSE;

  part_fd = begin (folder, part, error);
  if (part_fd < 0)
    return FALSE;

  fd = -1;
  is_restored = stage (source, part, cancellable, error) &&
                (fd = _dio_archive_lock_folder (folder, error)) >= 0 &&
                check_replaceable (folder, replaces, error) &&
                rename_whole (part, whole, error) &&
                replace (whole, folder, aside, error);
  _dio_backup_remove_tree (part);
  _dio_backup_remove_tree (whole);
  close (part_fd);
  if (fd >= 0)
    close (fd);

  return is_restored;
}

/* What was killed in the middle of taking the place of a library goes on: while its
 * database is still in @whole, the old one may be in its place. */
static gboolean
go_on (const char  *folder,
       const char  *whole,
       GError     **error)
{
  g_autofree char *database = g_build_filename (whole, DIO_BACKUP_DATABASE, NULL);
  g_autofree char *aside = NULL;
  gboolean is_right;

  if (g_file_test (database, G_FILE_TEST_EXISTS))
    is_right = replace (whole, folder, &aside, error);
  else
    is_right = move_parts (whole, folder, error);

  if (is_right)
    _dio_backup_remove_tree (whole);

  return is_right;
}

/* To be called before a library is opened, with its folder locked. Ends what a
 * program has begun that was killed: what was not whole yet is removed, and what
 * was, takes its place. */
gboolean
_dio_backup_settle (const char  *folder,
                    GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  _dio_backup_sweep (folder, PART);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, WHOLE) && !_dio_backup_is_held (path) && !go_on (folder, path, error))
        return FALSE;
    }

  return TRUE;
}
