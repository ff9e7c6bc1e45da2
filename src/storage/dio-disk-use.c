/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of the disk a folder takes. Counted in a thread, since a large
 * library on a slow disk takes its time. */

#include "config.h"

#include "dio-disk-use.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* A chain of folders deeper than any of ours. */
#define MAX_DEPTH 16

typedef struct
{
  /* Given */
  char    *folder;  /* (owned) */
  GStrv    without; /* (owned) (nullable): names in the folder that do not count */

  /* Result */
  guint64  n_bytes;
  guint    n_files;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_free (count->folder);
  g_strfreev (count->without);
  g_free (count);
}

static void
count_folder (Count        *count,
              const char   *folder,
              guint         depth,
              GCancellable *cancellable)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_cancellable_is_cancelled (cancellable))
        return;
      if (depth == 0 && count->without != NULL && g_strv_contains ((const char * const *) count->without, name))
        continue;
      if (g_lstat (path, &status) != 0)
        continue;

      if (S_ISDIR (status.st_mode) && depth < MAX_DEPTH)
        count_folder (count, path, depth + 1, cancellable);
      if (!S_ISREG (status.st_mode))
        continue;

      /* Blocks, so that the sum is what would be freed. */
      count->n_bytes += (guint64) status.st_blocks * 512;
      count->n_files++;
    }
}

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Count *count = task_data;

  count_folder (count, count->folder, 0, cancellable);
  g_task_return_boolean (task, TRUE);
}

/**
 * dio_disk_use_measure_async:
 * @folder: a folder, there or not
 * @without: (nullable): names in @folder that do not count
 * @cancellable: (nullable): ends the counting
 * @callback: called when everything is counted
 * @user_data: data for @callback
 */
void
dio_disk_use_measure_async (const char          *folder,
                            const char * const  *without,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Count *count;

  g_return_if_fail (folder != NULL);

  count = g_new0 (Count, 1);
  count->folder = g_strdup (folder);
  count->without = g_strdupv ((GStrv) without);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_disk_use_measure_async);
  g_task_set_task_data (task, count, count_free);
  g_task_run_in_thread (task, count_thread);
}

/**
 * dio_disk_use_measure_finish:
 * @result: a result
 * @n_bytes: (out): what its files take on the disk
 * @n_files: (out) (optional): how many there are
 * @error: return location for a #GError
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
dio_disk_use_measure_finish (GAsyncResult  *result,
                             guint64       *n_bytes,
                             guint         *n_files,
                             GError       **error)
{
  Count *count;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_disk_use_measure_async), FALSE);
  g_return_val_if_fail (n_bytes != NULL, FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  count = g_task_get_task_data (G_TASK (result));
  *n_bytes = count->n_bytes;
  if (n_files != NULL)
    *n_files = count->n_files;

  return TRUE;
}
