/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells living processes from dead ones. Each has a file of its own, locked as
 * long as it lives: the kernel lets go of the lock however a process dies, and
 * an id is never given out again, as a process number is. */

#include "config.h"

#include "dio-owner.h"

#include "dio-error.h"
#include "dio-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _DioOwner
{
  char *id;   /* (owned) */
  char *path; /* (owned) */
  int   fd;   /* locked */
};

/**
 * dio_owner_new:
 * @folder: the folder of the owners' files
 * @error: return location for a #GError
 *
 * Must not run beside another process's dio_owner_sweep(), which could take
 * the file for a dead one's before it is locked.
 *
 * Returns: (transfer full): a new owner, alive until freed
 */
DioOwner *
dio_owner_new (const char  *folder,
               GError     **error)
{
  g_autoptr(DioOwner) self = g_new0 (DioOwner, 1);

  g_return_val_if_fail (folder != NULL, NULL);

  self->id = g_uuid_string_random ();
  self->path = g_build_filename (folder, self->id, NULL);
  self->fd = -1;

  if (!dio_paths_make_folder (folder, error))
    return NULL;

  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0 || flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      int code = errno;

      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "Cannot write to %s: %s", folder, g_strerror (code));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
dio_owner_free (DioOwner *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    {
      g_unlink (self->path);
      close (self->fd);
    }
  g_free (self->path);
  g_free (self->id);
  g_free (self);
}

const char *
dio_owner_get_id (DioOwner *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * dio_owner_is_gone:
 * @folder: the folder of the owners' files
 * @id: (nullable): an owner's id
 *
 * When in doubt an owner is taken to live: its work is then left alone.
 *
 * Returns: %TRUE when the process of that id has ended
 */
gboolean
dio_owner_is_gone (const char *folder,
                   const char *id)
{
  g_autofree char *path = NULL;
  gboolean gone;
  int fd;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (id == NULL || !g_uuid_string_is_valid (id))
    return TRUE;

  path = g_build_filename (folder, id, NULL);
  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0)
    return errno == ENOENT;

  /* Shared, so that two who ask at once do not take each other for the owner. */
  gone = flock (fd, LOCK_SH | LOCK_NB) == 0;
  close (fd);

  return gone;
}

static gboolean
has_any (const char *folder,
         gboolean    is_gone)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_uuid_string_is_valid (name) && dio_owner_is_gone (folder, name) == is_gone)
        return TRUE;
    }

  return FALSE;
}

/**
 * dio_owner_lives_any:
 * @folder: the folder of the owners' files
 *
 * Returns: whether there is a process that has the data folder in use
 */
gboolean
dio_owner_lives_any (const char *folder)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  return has_any (folder, FALSE);
}

/**
 * dio_owner_died_any:
 * @folder: the folder of the owners' files
 *
 * Returns: whether a process has ended without clearing up behind itself, since
 *   dio_owner_sweep()
 */
gboolean
dio_owner_died_any (const char *folder)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  return has_any (folder, TRUE);
}

/**
 * dio_owner_sweep:
 * @folder: the folder of the owners' files
 *
 * Removes the files of owners that are gone.
 */
void
dio_owner_sweep (const char *folder)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_return_if_fail (folder != NULL);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_uuid_string_is_valid (name) && dio_owner_is_gone (folder, name))
        g_unlink (path);
    }
}
