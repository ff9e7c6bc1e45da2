/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frees what can be made again. Upload addresses are not among it: a photo that
 * a provider has already would be sent once more. */

#include "config.h"

#include "dio-studio-caches.h"

#include "dio-cache-folder.h"

/* For which a file is left alone while a job may be about to read it; other
 * programs of this person may have one too. */
#define MIN_AGE_WITH_JOBS (60 * 60)
#define MIN_AGE 10

static const char * const folders[] = { "cut-outs", "prepared" };

typedef struct
{
  char   *folder; /* (owned) */
  gint64  min_age;
} Clearing;

static void
clearing_free (gpointer data)
{
  Clearing *clearing = data;

  g_free (clearing->folder);
  g_free (clearing);
}

static void
clear_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Clearing *clearing = task_data;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (clearing->folder, folders[i], NULL);

      dio_cache_folder_trim (path, NULL, 0, clearing->min_age);
    }

  g_task_return_boolean (task, TRUE);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);

  g_task_return_boolean (task, g_task_propagate_boolean (G_TASK (result), NULL));
}

/**
 * dio_studio_clear_caches_async:
 * @self: a studio
 * @callback: called when nothing more can be freed
 * @user_data: data for @callback
 *
 * Leaves what a job under way may need.
 */
void
dio_studio_clear_caches_async (DioStudio           *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) worker = NULL;
  Clearing *clearing;
  GTask *task;

  g_return_if_fail (DIO_IS_STUDIO (self));

  clearing = g_new0 (Clearing, 1);
  clearing->folder = g_strdup (dio_studio_get_cache_folder (self));
  clearing->min_age = dio_job_queue_get_n_open (dio_studio_get_queue (self)) > 0 ? MIN_AGE_WITH_JOBS : MIN_AGE;

  /* The thread must not be the last to hold the studio. */
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_studio_clear_caches_async);
  worker = g_task_new (NULL, NULL, cleared_cb, task);
  g_task_set_task_data (worker, clearing, clearing_free);
  g_task_run_in_thread (worker, clear_thread);
}

gboolean
dio_studio_clear_caches_finish (DioStudio     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_clear_caches_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
