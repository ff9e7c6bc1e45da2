/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as it is kept while it is edited. Its photos are in the library
 * by their hashes, so it is small, and can be written after every change. A lock
 * that dies with the process tells which drafts nobody has. */

#include "config.h"

#include "dio-draft.h"

#include "dio-composition-json.h"
#include "dio-error.h"
#include "dio-paths.h"
#include "dio-read-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX      ".json"
#define LOCK_SUFFIX ".lock"

struct _DioDraft
{
  char *path;      /* (owned) */
  char *lock_path; /* (owned) */
  int   lock;      /* (owned): a descriptor */
};

/* Whoever looks for drafts takes away locks that have none: so a file may be gone,
 * or another one, by the time that it is locked. */
static gboolean
has_name (int         fd,
          const char *path)
{
  struct stat ours;
  struct stat named;

  return fstat (fd, &ours) == 0 && lstat (path, &named) == 0 &&
         ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

/* @flags: LOCK_NB where another process may have it
 * Returns: a descriptor, or -1 with errno */
static int
lock_file (const char *path,
           int         flags)
{
  for (;;)
    {
      int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

      if (fd < 0)
        return -1;

      if (flock (fd, LOCK_EX | flags) == 0)
        {
          if (has_name (fd, path))
            return fd;
        }
      else if (errno != EINTR)
        {
          int code = errno;

          close (fd);
          errno = code;
          return -1;
        }

      close (fd);
    }
}

/* Returns: (transfer full) (nullable): NULL where another process has it */
static DioDraft *
claim (const char  *folder,
       const char  *id,
       int          flags,
       GError     **error)
{
  g_autoptr(DioDraft) self = g_new0 (DioDraft, 1);

  self->path = g_strconcat (folder, "/", id, SUFFIX, NULL);
  self->lock_path = g_strconcat (folder, "/", id, LOCK_SUFFIX, NULL);
  self->lock = lock_file (self->lock_path, flags);
  if (self->lock >= 0)
    return g_steal_pointer (&self);

  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot lock %s: %s", self->lock_path, g_strerror (errno));

  return NULL;
}

/**
 * dio_draft_new:
 * @folder: the folder of drafts; made if it is missing
 * @error: return location for %DIO_ERROR_STORAGE
 *
 * Returns: (transfer full): a draft that nobody else has, not written yet
 */
DioDraft *
dio_draft_new (const char  *folder,
               GError     **error)
{
  g_autofree char *id = g_uuid_string_random ();

  g_return_val_if_fail (folder != NULL, NULL);

  return dio_paths_make_folder (folder, error) ? claim (folder, id, 0, error) : NULL;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

static GPtrArray *
list_ids (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = g_strndup (name, strcspn (name, "."));

      if (g_str_has_suffix (name, LOCK_SUFFIX) && g_uuid_string_is_valid (id))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }

  g_ptr_array_sort (ids, compare_names);

  return ids;
}

/**
 * dio_draft_find:
 * @folder: the folder of drafts
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full) (element-type DioDraft): those that no process has,
 *   and that are ours from now on
 */
GPtrArray *
dio_draft_find (const char *folder)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_draft_free);
  g_autoptr(GPtrArray) ids = NULL;

  g_return_val_if_fail (folder != NULL, drafts);

  ids = list_ids (folder);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(DioDraft) draft = claim (folder, g_ptr_array_index (ids, i), LOCK_NB, NULL);

      if (draft != NULL && g_file_test (draft->path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (drafts, g_steal_pointer (&draft));
      else if (draft != NULL)
        g_unlink (draft->lock_path); /* of one that was never written, or emptied */
    }

  return drafts;
}

/**
 * dio_draft_free:
 * @self: (transfer full) (nullable): a draft
 *
 * What was written stays, to be found by the next one.
 */
void
dio_draft_free (DioDraft *self)
{
  if (self == NULL)
    return;

  if (self->lock >= 0)
    close (self->lock);
  g_free (self->path);
  g_free (self->lock_path);
  g_free (self);
}

/**
 * dio_draft_read:
 * @self: a draft
 * @error: return location for an error
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full): what was written last
 */
GBytes *
dio_draft_read (DioDraft  *self,
                GError   **error)
{
  g_autoptr(GFile) file = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  file = g_file_new_for_path (self->path);

  return dio_read_file (file, DIO_COMPOSITION_MAX_BYTES, NULL, error);
}

/**
 * dio_draft_write:
 * @self: a draft
 * @bytes: what is to be kept
 * @error: return location for %DIO_ERROR_STORAGE
 *
 * Blocks until it is on the disk: for worker threads.
 *
 * Returns: %FALSE when there is still what was written before
 */
gboolean
dio_draft_write (DioDraft  *self,
                 GBytes    *bytes,
                 GError   **error)
{
  g_autoptr(GError) reason = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_return_val_if_fail (self != NULL, FALSE);

  if (g_file_set_contents_full (self->path, data, size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &reason))
    return TRUE;

  g_propagate_error (error, dio_error_from_io (reason, "The draft could not be written"));

  return FALSE;
}

/**
 * dio_draft_remove:
 * @self: a draft
 *
 * There is nothing to be found, unless it is written again.
 */
void
dio_draft_remove (DioDraft *self)
{
  g_return_if_fail (self != NULL);

  g_unlink (self->path);
}
