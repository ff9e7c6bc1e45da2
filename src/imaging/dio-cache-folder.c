/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a folder of files that can be made again from growing. When a file was
 * used last is its time of access, set by hand, since most file systems are
 * mounted so that reading does not. Several processes may do this at once. */

#include "config.h"

#include "dio-cache-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char   *path;
  guint64 size;
  gint64  used;
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
}

static GArray *
list_entries (const char *folder,
              const char *mark)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (entries, entry_clear);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;
      Entry entry;

      if ((mark != NULL && strstr (name, mark) == NULL) ||
          g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;

      entry.size = status.st_size;
      entry.used = MAX (status.st_atime, status.st_mtime);
      entry.path = g_steal_pointer (&path);
      g_array_append_val (entries, entry);
    }

  return entries;
}

static int
compare_by_use (gconstpointer a,
                gconstpointer b)
{
  const Entry *x = a;
  const Entry *y = b;

  return (x->used > y->used) - (x->used < y->used);
}

/**
 * dio_cache_folder_mark_used:
 * @path: a file in a cache
 *
 * Has @path outlive those that were used before it.
 */
void
dio_cache_folder_mark_used (const char *path)
{
  const struct timespec times[] = { { .tv_nsec = UTIME_NOW }, { .tv_nsec = UTIME_OMIT } };

  utimensat (AT_FDCWD, path, times, 0);
}

/**
 * dio_cache_folder_trim:
 * @folder: a folder of files that can be made again
 * @mark: (nullable): what is in the names of those; %NULL where all are
 * @max_bytes: what all its files may take
 * @min_age: seconds for which a file that was used is left alone
 *
 * Removes what was used the longest ago, until the rest is small enough. What a
 * crash left half written goes like everything else.
 */
void
dio_cache_folder_trim (const char *folder,
                       const char *mark,
                       guint64     max_bytes,
                       gint64      min_age)
{
  g_autoptr(GArray) entries = list_entries (folder, mark);
  gint64 newest = g_get_real_time () / G_USEC_PER_SEC - min_age;
  guint64 total = 0;

  for (guint i = 0; i < entries->len; i++)
    total += g_array_index (entries, Entry, i).size;
  if (total <= max_bytes)
    return;

  g_array_sort (entries, compare_by_use);
  for (guint i = 0; i < entries->len && total > max_bytes; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->used > newest)
        return;
      if (g_unlink (entry->path) == 0)
        total -= entry->size;
    }
}
