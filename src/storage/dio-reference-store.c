/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of references by their hash, one file each, mapped into memory rather
 * than read. A photo that is used a hundred times is there once. Requests count on
 * it, and so do drafts. */

#include "config.h"

#include "dio-reference-store.h"

#include "dio-error.h"
#include "dio-hash.h"
#include "dio-mapped-bytes.h"
#include "dio-part-file.h"
#include "dio-paths.h"

#include <errno.h>
#include <glib/gstdio.h>

#define HASH_LENGTH 64

struct _DioReferenceStore
{
  char       *folder;  /* (owned) */

  GMutex      mutex;
  char       *owner;   /* (owned) (nullable) (guarded by mutex): NULL before the library is open */
  GHashTable *checked; /* (owned) (guarded by mutex): hash to size, of files whose content was read and is right */
};

/* A hash may come from a file of strangers, and becomes part of a path. */
static gboolean
is_hash (const char *hash)
{
  return hash != NULL && strlen (hash) == HASH_LENGTH &&
         strspn (hash, "0123456789abcdef") == HASH_LENGTH;
}

static gboolean
is_right (DioReferenceStore *self,
          const char        *hash,
          GBytes            *bytes)
{
  g_autofree char *actual = NULL;
  gsize known;

  g_mutex_lock (&self->mutex);
  known = GPOINTER_TO_SIZE (g_hash_table_lookup (self->checked, hash));
  g_mutex_unlock (&self->mutex);

  if (known > 0)
    return known == g_bytes_get_size (bytes);

  actual = dio_hash_bytes (bytes);
  if (!g_str_equal (actual, hash))
    return FALSE;

  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->checked, g_strdup (hash), GSIZE_TO_POINTER (g_bytes_get_size (bytes)));
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

static char *
dup_owner (DioReferenceStore  *self,
           GError            **error)
{
  char *owner;

  g_mutex_lock (&self->mutex);
  owner = g_strdup (self->owner);
  g_mutex_unlock (&self->mutex);

  if (owner == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE, "Cannot write to %s: the library is not open", self->folder);

  return owner;
}

static gboolean
write_file (DioReferenceStore  *self,
            const char         *hash,
            GBytes             *bytes,
            GError            **error)
{
  g_autofree char *owner = dup_owner (self, error);
  g_autofree char *path = g_build_filename (self->folder, hash, NULL);
  g_autofree char *part = NULL;

  if (owner == NULL || !dio_paths_make_folder (self->folder, error))
    return FALSE;

  part = dio_part_file_write (self->folder, owner, bytes, error);
  if (part == NULL)
    return FALSE;

  /* What is there under that name was found damaged, or another program has
   * written the same bytes by now. In one step, so that nobody finds none;
   * whoever still has the old file mapped keeps what they see. */
  if (g_rename (part, path) != 0)
    {
      int code = errno;

      g_unlink (part);
      g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                   "Cannot write to %s: %s", self->folder, g_strerror (code));
      return FALSE;
    }

  return dio_part_file_sync (self->folder, error);
}

DioReferenceStore *
dio_reference_store_new (const char *folder)
{
  DioReferenceStore *self = g_new0 (DioReferenceStore, 1);

  self->folder = g_strdup (folder);
  self->checked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);

  return self;
}

void
dio_reference_store_free (DioReferenceStore *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_free (self->owner);
  g_hash_table_unref (self->checked);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * dio_reference_store_set_owner:
 * @self: a store
 * @owner: id of the #DioOwner in whose name files are written from now on
 */
void
dio_reference_store_set_owner (DioReferenceStore *self,
                               const char        *owner)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  g_free (self->owner);
  self->owner = g_strdup (owner);
  g_mutex_unlock (&self->mutex);
}

/**
 * dio_reference_store_keep:
 * @self: a store with an owner
 * @bytes: a photo
 * @hash: (nullable): of @bytes, where that is known already: photos are large
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the same bytes, from the file that holds them now;
 *   %NULL with %DIO_ERROR_STORAGE
 */
GBytes *
dio_reference_store_keep (DioReferenceStore  *self,
                          GBytes             *bytes,
                          const char         *hash,
                          GError            **error)
{
  g_autofree char *computed = NULL;
  GBytes *kept;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  if (hash == NULL)
    hash = computed = dio_hash_bytes (bytes);
  kept = dio_reference_store_load (self, hash, NULL);
  if (kept != NULL)
    return kept;

  if (!write_file (self, hash, bytes, error))
    return NULL;

  return dio_reference_store_load (self, hash, error);
}

/**
 * dio_reference_store_load:
 * @self: a store
 * @hash: a content hash
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the bytes of that hash; %NULL with
 *   %DIO_ERROR_NOT_FOUND when they are not kept, or are no longer whole
 */
GBytes *
dio_reference_store_load (DioReferenceStore  *self,
                          const char         *hash,
                          GError            **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!is_hash (hash))
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "Not a content hash");
      return NULL;
    }

  path = g_build_filename (self->folder, hash, NULL);
  bytes = dio_mapped_bytes_new (path, &local_error);
  if (bytes == NULL)
    {
      g_propagate_error (error, dio_error_from_io (local_error, "Reference"));
      return NULL;
    }

  if (!is_right (self, hash, bytes))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "%s is damaged", path);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}
