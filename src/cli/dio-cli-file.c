/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that the command line writes for a person: whole or not at all, and
 * never in place of another unless that was asked for. */

#include "config.h"

#include "dio-cli-file.h"

#include "dio-error.h"
#include "dio-part-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_PREFIX ".part-diorama-cli-"
#define MAX_PART_SECONDS 3600

static gboolean
set_folder_error (GError     **error,
                  const char  *folder,
                  int          code)
{
  g_autofree char *shown = g_filename_display_name (folder);
  DioError class = DIO_ERROR_STORAGE;

  if (code == EACCES || code == EPERM || code == EROFS)
    class = DIO_ERROR_PERMISSION;

  g_set_error (error, DIO_ERROR, class,
               "The folder %s cannot be written to: %s", shown, g_strerror (code));

  return FALSE;
}

/* Part files are private; what a person asked for is as open as the umask says. */
static void
open_to_others (const char *path)
{
  mode_t mask = umask (0);

  umask (mask);
  g_chmod (path, 0666 & ~mask);
}

/* A part file is there for moments. One that is older was left by a run that
 * was killed; in a folder of the person's own no library clears it away. */
static void
sweep_parts (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, PART_PREFIX) && g_lstat (path, &status) == 0 &&
          S_ISREG (status.st_mode) && status.st_mtime < now - MAX_PART_SECONDS)
        g_unlink (path);
    }
}

/* Returns: (transfer full) (nullable): a part file in @folder */
static char *
write_part (const char  *folder,
            GBytes      *bytes,
            GError     **error)
{
  /* Containers give out the same process numbers again and again. */
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *owner = g_strconcat ("diorama-cli-", id, NULL);
  char *part;

  sweep_parts (folder);
  part = dio_part_file_write (folder, owner, bytes, error);
  if (part != NULL)
    open_to_others (part);

  return part;
}

static gboolean
set_taken_error (GError     **error,
                 const char  *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s exists already", shown);

  return FALSE;
}

/**
 * dio_cli_file_write:
 * @path: the file
 * @bytes: what is in it
 * @replace: whether it may take the place of another
 * @error: return location for a #GError
 *
 * Returns: %FALSE when it could not be written; nothing is left of it
 */
gboolean
dio_cli_file_write (const char  *path,
                    GBytes      *bytes,
                    gboolean     replace,
                    GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *part = write_part (folder, bytes, error);
  gboolean taken = FALSE;

  if (part == NULL)
    return FALSE;

  if (replace)
    {
      if (g_rename (part, path) == 0)
        return TRUE;

      set_folder_error (error, folder, errno);
      g_unlink (part);
      return FALSE;
    }

  if (dio_part_file_publish (part, name, &taken, error))
    return TRUE;

  if (taken)
    {
      g_unlink (part);
      set_taken_error (error, path);
    }

  return FALSE;
}

/**
 * dio_cli_file_write_number:
 * @folder: where
 * @stem: what the name begins with
 * @extension: what it ends with, without the dot
 * @bytes: what is in the file
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the path of a new file with the first number that
 *   is free in its name
 */
char *
dio_cli_file_write_number (const char  *folder,
                           const char  *stem,
                           const char  *extension,
                           GBytes      *bytes,
                           GError     **error)
{
  g_autofree char *part = write_part (folder, bytes, error);
  gboolean taken = part != NULL;

  for (guint i = 1; taken; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u.%s", stem, i, extension);

      if (dio_part_file_publish (part, name, &taken, error))
        return g_build_filename (folder, name, NULL);
    }

  return NULL;
}

static gboolean
make_folder (const char  *folder,
             gboolean    *made,
             GError     **error)
{
  g_autofree char *shown = g_filename_display_name (folder);

  *made = g_mkdir (folder, 0777) == 0;
  if (*made || errno == EEXIST)
    return TRUE;

  if (errno != ENOENT)
    return set_folder_error (error, folder, errno);

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
               "The folder %s cannot be made: the one above it does not exist", shown);
  return FALSE;
}

static gboolean
try_folder (const char  *folder,
            GError     **error)
{
  g_autofree char *trial = g_build_filename (folder, PART_PREFIX "XXXXXX", NULL);
  int fd = g_mkstemp (trial);

  if (fd < 0)
    return set_folder_error (error, folder, errno);

  close (fd);
  g_unlink (trial);

  return TRUE;
}

/**
 * dio_cli_file_check_folder:
 * @folder: where a file is to be written later
 * @error: return location for a #GError
 *
 * Tries whether it can be written to: better known before the work than after
 * it.
 *
 * Returns: %FALSE when it cannot; nothing is left behind
 */
gboolean
dio_cli_file_check_folder (const char  *folder,
                           GError     **error)
{
  g_autofree char *shown = g_filename_display_name (folder);

  if (g_file_test (folder, G_FILE_TEST_EXISTS))
    return try_folder (folder, error);

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "The folder %s does not exist", shown);

  return FALSE;
}

/**
 * dio_cli_file_open_folder:
 * @folder: where files are to be written later
 * @made: (out): whether it was made now
 * @error: return location for a #GError
 *
 * Makes @folder, but not those above it, and tries whether it can be written
 * to.
 *
 * Returns: %FALSE when it cannot; nothing is left behind
 */
gboolean
dio_cli_file_open_folder (const char  *folder,
                          gboolean    *made,
                          GError     **error)
{
  if (!make_folder (folder, made, error))
    return FALSE;

  if (try_folder (folder, error))
    return TRUE;

  if (*made)
    g_rmdir (folder);

  return FALSE;
}

/**
 * dio_cli_file_check_target:
 * @path: a file that is to be written
 * @replace: whether it may take the place of another
 * @error: return location for a #GError
 *
 * Better known before the work than after it.
 *
 * Returns: whether it is likely that dio_cli_file_write() can do so
 */
gboolean
dio_cli_file_check_target (const char  *path,
                           gboolean     replace,
                           GError     **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s is a folder", shown);
      return FALSE;
    }

  /* Replacing takes away what was there: not for a device or a pipe. */
  if (replace && g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s is not a regular file", shown);
      return FALSE;
    }

  if (!replace && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s exists already; “--force” replaces it", shown);
      return FALSE;
    }

  return dio_cli_file_check_folder (folder, error);
}
