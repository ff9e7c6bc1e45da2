/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clears away what a process that has died was downloading for a job: whoever
 * drives the job now fetches it anew, and nobody else would look there. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder; /* (owned) */
  char *job_id; /* (owned) */
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_free (sweep->folder);
  g_free (sweep->job_id);
  g_free (sweep);
}

static void
sweep_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Sweep *sweep = task_data;
  g_autoptr(GDir) dir = g_dir_open (sweep->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (sweep->folder, name, NULL);

      /* What is not whole yet has a dot in front. */
      if (g_str_has_prefix (*name == '.' ? name + 1 : name, sweep->job_id))
        g_unlink (path);
    }

  g_task_return_boolean (task, TRUE);
}

/**
 * dio_hosted_sweep_async:
 * @provider: who drives it
 * @job_id: a job of which nothing is being fetched or stored
 * @callback: called when nothing of its downloads is left
 * @user_data: data for @callback
 */
void
dio_hosted_sweep_async (DioHostedProvider   *provider,
                        const char          *job_id,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Sweep *sweep = g_new (Sweep, 1);

  sweep->folder = dio_hosted_provider_dup_folder (provider, DIO_HOSTED_DOWNLOADS);
  sweep->job_id = g_strdup (job_id);
  g_task_set_source_tag (task, dio_hosted_sweep_async);
  g_task_set_task_data (task, sweep, sweep_free);
  g_task_run_in_thread (task, sweep_thread);
}
