/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: opening it, and what its parts share. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-backup-private.h"
#include "dio-error.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/**
 * dio_archive_new:
 * @folder: the data folder; it need not exist yet
 *
 * Returns: (transfer full): an archive that is not open yet
 */
DioArchive *
dio_archive_new (const char *folder)
{
  DioArchive *self = g_new0 (DioArchive, 1);
  g_autofree char *references = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  references = g_build_filename (folder, "references", NULL);
  self->folder = g_strdup (folder);
  self->pictures = g_build_filename (folder, "pictures", NULL);
  self->trash = g_build_filename (folder, "pictures", ".trash", NULL);
  self->owners = g_build_filename (folder, "owners", NULL);
  self->references = dio_reference_store_new (references);

  return self;
}

void
dio_archive_free (DioArchive *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->database, dio_database_free);
  g_clear_pointer (&self->owner, dio_owner_free);
  dio_reference_store_free (self->references);
  if (self->inscribe_free != NULL)
    self->inscribe_free (self->inscribe_data);
  g_free (self->folder);
  g_free (self->pictures);
  g_free (self->trash);
  g_free (self->owners);
  g_free (self);
}

/**
 * dio_archive_get_references:
 * @self: an archive
 *
 * Returns: (transfer none): its references, which any thread may use
 */
DioReferenceStore *
dio_archive_get_references (DioArchive *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->references;
}

/**
 * dio_archive_set_inscribe:
 * @self: an archive that is not open yet
 * @inscribe: puts into a picture's file what it is to tell
 * @user_data: data for @inscribe
 * @free_data: (nullable): frees it
 *
 * It is called for every picture that comes in.
 */
void
dio_archive_set_inscribe (DioArchive      *self,
                          DioInscribeFunc  inscribe,
                          gpointer         user_data,
                          GDestroyNotify   free_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->inscribe == NULL);

  self->inscribe = inscribe;
  self->inscribe_data = user_data;
  self->inscribe_free = free_data;
}

gboolean
_dio_archive_check_open (DioArchive  *self,
                         GError     **error)
{
  if (self->database != NULL)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "The library in %s is not open", self->folder);

  return FALSE;
}

/* Whoever left in order has cleared up, and to look through a hundred thousand
 * pictures takes longer than all the rest of opening. */
static void
sweep_after_dead (DioArchive *self)
{
  g_autofree char *references = g_build_filename (self->folder, "references", NULL);

  if (!dio_owner_died_any (self->owners))
    return;

  dio_part_file_sweep (self->pictures, self->owners);
  dio_part_file_sweep (references, self->owners);
  dio_owner_sweep (self->owners);
}

static gboolean
open_locked (DioArchive  *self,
             GError     **error)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);

  if (!_dio_backup_settle (self->folder, error))
    return FALSE;

  self->database = dio_database_open (path, _dio_archive_migrations, error);
  if (self->database == NULL)
    return FALSE;

  self->owner = dio_owner_new (self->owners, error);
  if (self->owner == NULL || !_dio_archive_end_orphans (self, error))
    return FALSE;

  sweep_after_dead (self);
  dio_reference_store_set_owner (self->references, dio_owner_get_id (self->owner));

  return dio_part_file_sync (self->folder, error);
}

/* Processes open one after the other: two that migrate, or one that sweeps
 * while another takes up its lock, would be in each other's way.
 * Returns: what holds the lock until it is closed, or -1 with @error */
int
_dio_archive_lock_folder (const char  *folder,
                          GError     **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code = fd < 0 ? errno : 0;

  while (fd >= 0 && flock (fd, LOCK_EX) != 0)
    {
      if (errno == EINTR)
        continue;

      code = errno;
      close (fd);
      fd = -1;
    }

  if (fd < 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot lock %s: %s", folder, g_strerror (code));

  return fd;
}

/**
 * dio_archive_open:
 * @self: an archive
 * @error: return location for a #GError
 *
 * Opens the database, and clears away what processes left that have died: their
 * unfinished files, and jobs of this computer's own engine that they drove.
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE; it may be tried again
 */
gboolean
dio_archive_open (DioArchive  *self,
                  GError     **error)
{
  gboolean opened;
  int fd;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->database != NULL)
    return TRUE;

  if (!dio_paths_make_folder (self->folder, error))
    return FALSE;

  fd = _dio_archive_lock_folder (self->folder, error);
  if (fd < 0)
    return FALSE;

  opened = open_locked (self, error);
  if (!opened)
    {
      g_clear_pointer (&self->database, dio_database_free);
      g_clear_pointer (&self->owner, dio_owner_free);
    }
  close (fd);

  return opened;
}

/**
 * dio_archive_open_to_read:
 * @self: an archive that is not open, or that this was called for before
 * @error: return location for a #GError
 *
 * Opens an archive that another has opened in full. It sees what that has
 * written, and does not wait for what that is writing.
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE; it may be tried again
 */
gboolean
dio_archive_open_to_read (DioArchive  *self,
                          GError     **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->database == NULL)
    {
      path = g_build_filename (self->folder, "library.db", NULL);
      self->database = dio_database_open_to_read (path, error);
    }

  return self->database != NULL;
}
