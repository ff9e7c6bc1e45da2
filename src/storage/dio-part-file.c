/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that appear under their name whole, or not at all. What is written is
 * first a part file, ".part-OWNER-NUMBER", in the folder it will stay in: the
 * owner in its name tells whether somebody still writes to it. */

#include "config.h"

#include "dio-part-file.h"

#include "dio-error.h"
#include "dio-hash.h"
#include "dio-owner.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX ".part-"
#define UUID_LENGTH 36

/* What is looked at twice is looked at while the processor still has it. */
#define BLOCK_SIZE (256 << 10)

static gboolean
fail (GError     **error,
      const char  *folder,
      int          code)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
               "Cannot write to %s: %s", folder, g_strerror (code));

  return FALSE;
}

/* Returns: 0, or an errno */
static int
write_whole (int         fd,
             const char *data,
             gsize       size)
{
  while (size > 0)
    {
      /* One write takes less than 2 GiB. */
      ssize_t written = write (fd, data, MIN (size, 1 << 30));

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return errno;

      data += written;
      size -= written;
    }

  return 0;
}

/* Returns: 0, or an errno */
static int
write_piece (int      fd,
             GBytes  *piece,
             DioHash *hash)
{
  gsize size;
  const char *data = g_bytes_get_data (piece, &size);
  int code = 0;

  for (gsize at = 0; at < size && code == 0; at += BLOCK_SIZE)
    {
      gsize n = MIN (BLOCK_SIZE, size - at);

      if (hash != NULL)
        dio_hash_update (hash, data + at, n);
      code = write_whole (fd, data + at, n);
    }

  return code;
}

/* Returns: 0, or an errno */
static int
write_pieces (int        fd,
              GPtrArray *pieces,
              DioHash   *hash)
{
  int code = 0;

  for (guint i = 0; i < pieces->len && code == 0; i++)
    code = write_piece (fd, g_ptr_array_index (pieces, i), hash);

  return code;
}

/* Returns: 0, or an errno */
static int
copy_whole (int from,
            int to)
{
  g_autofree char *buffer = g_malloc (BLOCK_SIZE);
  ssize_t n = 0;
  int code = 0;

  do
    {
      n = read (from, buffer, BLOCK_SIZE);
      if (n < 0 && errno != EINTR)
        return errno;
      if (n > 0)
        code = write_whole (to, buffer, n);
    }
  while (code == 0 && n != 0);

  return code;
}

static char *
make_name (const char *folder,
           const char *owner)
{
  static int counter;

  return g_strdup_printf ("%s/" PREFIX "%s-%d", folder, owner, g_atomic_int_add (&counter, 1));
}

static int
create (const char *part)
{
  return g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

/* Has what was written on the disk, unless @code says that it went wrong.
 * Returns: 0, or an errno, and the file is gone */
static int
end_part (const char *part,
          int         fd,
          int         code)
{
  if (code == 0 && fsync (fd) != 0)
    code = errno;
  /* Some file systems report a lack of space here and not before. */
  if (close (fd) != 0 && code == 0 && errno != EINTR)
    code = errno;
  if (code != 0)
    g_unlink (part);

  return code;
}

static int
rename_to_free_name (const char *from,
                     const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
    return -1;

  /* NFS and some FUSE file systems do not know the flag. */
  if (g_access (to, F_OK) == 0)
    {
      errno = EEXIST;
      return -1;
    }

  return g_rename (from, to);
}

/**
 * dio_part_file_is_part:
 * @name: of a file
 *
 * Returns: whether it is one that somebody has yet to finish
 */
gboolean
dio_part_file_is_part (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return g_str_has_prefix (name, PREFIX);
}

/**
 * dio_part_file_move:
 * @from: a whole file
 * @to: its path from now on, on the same file system
 *
 * Replaces nothing that is there.
 *
 * Returns: 0, or an errno: EEXIST where there is something
 */
int
dio_part_file_move (const char *from,
                    const char *to)
{
  g_return_val_if_fail (from != NULL, EINVAL);
  g_return_val_if_fail (to != NULL, EINVAL);

  return rename_to_free_name (from, to) == 0 ? 0 : errno;
}

/**
 * dio_part_file_sync:
 * @folder: a folder
 * @error: return location for a #GError
 *
 * Has the names in @folder on the disk before it returns.
 */
gboolean
dio_part_file_sync (const char  *folder,
                    GError     **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int code = fd < 0 ? errno : 0;

  /* EINVAL: a file system that has no need of it. */
  if (code == 0 && fsync (fd) != 0 && errno != EINVAL)
    code = errno;
  if (fd >= 0)
    close (fd);

  return code == 0 || fail (error, folder, code);
}

/**
 * dio_part_file_write:
 * @folder: where the file will be
 * @owner: the id of the #DioOwner that writes
 * @bytes: what is in it
 * @error: return location for a #GError
 *
 * Writes a part file and waits until it is on the disk. Any thread may do so.
 *
 * Returns: (transfer full): its path; %NULL with %DIO_ERROR_STORAGE when it
 *   could not be written, and nothing is left of it
 */
char *
dio_part_file_write (const char  *folder,
                     const char  *owner,
                     GBytes      *bytes,
                     GError     **error)
{
  g_autoptr(GPtrArray) pieces = g_ptr_array_new ();

  g_return_val_if_fail (bytes != NULL, NULL);

  g_ptr_array_add (pieces, bytes);

  return dio_part_file_write_pieces (folder, owner, pieces, NULL, error);
}

/**
 * dio_part_file_write_pieces:
 * @folder: where the file will be
 * @owner: the id of the #DioOwner that writes
 * @pieces: (element-type GBytes): what is in it, one behind the other
 * @hash: (out) (optional): of all that, as dio_hash_bytes() has it
 * @error: return location for a #GError
 *
 * As dio_part_file_write(), of what is nowhere whole.
 *
 * Returns: (transfer full): its path; %NULL with %DIO_ERROR_STORAGE
 */
char *
dio_part_file_write_pieces (const char  *folder,
                            const char  *owner,
                            GPtrArray   *pieces,
                            char       **hash,
                            GError     **error)
{
  g_autoptr(DioHash) hashing = hash != NULL ? dio_hash_new () : NULL;
  g_autofree char *part = NULL;
  int code;
  int fd;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (owner != NULL, NULL);
  g_return_val_if_fail (pieces != NULL, NULL);

  part = make_name (folder, owner);
  fd = create (part);
  code = fd < 0 ? errno : 0;
  if (fd >= 0)
    code = end_part (part, fd, write_pieces (fd, pieces, hashing));
  if (code != 0)
    {
      fail (error, folder, code);
      return NULL;
    }
  if (hash != NULL)
    *hash = dio_hash_end (hashing);

  return g_steal_pointer (&part);
}

/* Returns: a descriptor of a regular file whose content is on the disk, or -1
 * with errno */
static int
open_whole (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
  int code = EINVAL;
  struct stat info;

  if (fd < 0)
    return -1;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      if (fchmod (fd, 0600) == 0 && fsync (fd) == 0)
        return fd;
      code = errno;
    }

  close (fd);
  errno = code;

  return -1;
}

/* Gives the file a second name, which costs nothing; what is on another disk is
 * copied. Returns: 0, or an errno */
static int
link_or_copy (const char *path,
              int         from,
              const char *part)
{
  int fd;

  if (link (path, part) == 0)
    return 0;

  fd = create (part);

  return fd < 0 ? errno : end_part (part, fd, copy_whole (from, fd));
}

/**
 * dio_part_file_take:
 * @folder: where the file will be
 * @owner: the id of the #DioOwner that writes
 * @path: a whole file
 * @error: return location for a #GError
 *
 * Makes a part file of a file that is there already, on the disk. On the same
 * file system nothing is copied; @path stays, for the caller to remove when what
 * it holds is safe.
 *
 * Returns: (transfer full): its path; %NULL with %DIO_ERROR_STORAGE
 */
char *
dio_part_file_take (const char  *folder,
                    const char  *owner,
                    const char  *path,
                    GError     **error)
{
  g_autofree char *part = NULL;
  int code;
  int from;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (owner != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  from = open_whole (path);
  if (from < 0)
    {
      code = errno;
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot read %s: %s", path, g_strerror (code));
      return NULL;
    }

  part = make_name (folder, owner);
  code = link_or_copy (path, from, part);
  close (from);
  if (code == 0)
    return g_steal_pointer (&part);

  fail (error, folder, code);

  return NULL;
}

/**
 * dio_part_file_publish:
 * @part: a file of dio_part_file_write()
 * @name: the name it gets, in the same folder
 * @taken: (out): %TRUE when another file has that name
 * @error: return location for a #GError
 *
 * Gives @part its name, and waits until that is on the disk. No file is ever
 * replaced: where @name is taken, @part stays, to be published under another.
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE when it could not be, and nothing is
 *   left of @part; %FALSE without an error when the name is taken
 */
gboolean
dio_part_file_publish (const char  *part,
                       const char  *name,
                       gboolean    *taken,
                       GError     **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (part != NULL, FALSE);
  g_return_val_if_fail (name != NULL && strchr (name, '/') == NULL, FALSE);
  g_return_val_if_fail (taken != NULL, FALSE);

  folder = g_path_get_dirname (part);
  path = g_build_filename (folder, name, NULL);
  *taken = FALSE;

  if (rename_to_free_name (part, path) != 0)
    {
      int code = errno;

      *taken = code == EEXIST;
      if (*taken)
        return FALSE;

      g_unlink (part);
      return fail (error, folder, code);
    }

  if (!dio_part_file_sync (folder, error))
    {
      g_unlink (path);
      return FALSE;
    }

  return TRUE;
}

/**
 * dio_part_file_sweep:
 * @folder: a folder of part files
 * @owners: the folder of the owners' files
 *
 * Removes the part files of owners that are gone.
 */
void
dio_part_file_sweep (const char *folder,
                     const char *owners)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_return_if_fail (folder != NULL);
  g_return_if_fail (owners != NULL);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *owner = NULL;

      if (!g_str_has_prefix (name, PREFIX))
        continue;

      owner = g_strndup (name + strlen (PREFIX), UUID_LENGTH);
      /* Whoever has no file in @owners may live all the same. */
      if (g_uuid_string_is_valid (owner) && dio_owner_is_gone (owners, owner))
        g_unlink (path);
    }
}
