/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as bytes. What was read of a mapped file stays with the process until it
 * is told otherwise: with many large photos in the strip, that is most of its
 * memory. Which bytes are of a file, only this file knows. */

#include "config.h"

#include "dio-mapped-bytes.h"

#include <sys/mman.h>

/* (element-type gpointer): where each mapping begins; whatever else is given to
 * madvise() would lose what is in it. */
static GHashTable *mappings;
static GMutex mutex;

static void
mapping_free (gpointer data)
{
  GMappedFile *file = data;

  g_mutex_lock (&mutex);
  g_hash_table_remove (mappings, g_mapped_file_get_contents (file));
  g_mutex_unlock (&mutex);

  g_mapped_file_unref (file);
}

/**
 * dio_mapped_bytes_new:
 * @path: a file of our own folders, that is replaced and never written to
 * @error: return location for a #GFileError
 *
 * Not for what lies where others may write: a file that is cut short while it is
 * mapped ends the program that reads on.
 *
 * Returns: (transfer full): what is in it
 */
GBytes *
dio_mapped_bytes_new (const char  *path,
                      GError     **error)
{
  GMappedFile *file = g_mapped_file_new (path, FALSE, error);
  char *contents;

  if (file == NULL)
    return NULL;

  /* An empty file is not mapped. */
  contents = g_mapped_file_get_contents (file);
  if (contents == NULL)
    {
      g_mapped_file_unref (file);
      return g_bytes_new_static ("", 0);
    }

  g_mutex_lock (&mutex);
  if (mappings == NULL)
    mappings = g_hash_table_new (NULL, NULL);
  g_hash_table_add (mappings, contents);
  g_mutex_unlock (&mutex);

  return g_bytes_new_with_free_func (contents, g_mapped_file_get_length (file), mapping_free, file);
}

/**
 * dio_mapped_bytes_let_go:
 * @bytes: any bytes
 *
 * Gives the memory back that @bytes of dio_mapped_bytes_new() take up by having
 * been read; they can be read again, from the system's cache as long as it keeps
 * them. Does nothing to other bytes. From any thread.
 */
void
dio_mapped_bytes_let_go (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  g_mutex_lock (&mutex);
  if (mappings != NULL && data != NULL && g_hash_table_contains (mappings, data))
    madvise ((gpointer) data, size, MADV_DONTNEED);
  g_mutex_unlock (&mutex);
}
