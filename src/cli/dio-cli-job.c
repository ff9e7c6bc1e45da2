/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for jobs, and takes over those of earlier runs. */

#include "config.h"

#include "dio-cli-job.h"

#include "dio-cli-progress.h"
#include "dio-cli.h"
#include "dio-error.h"

#define N_AT_ONCE 256

static void
cancelled_cb (GCancellable *cancellable,
              DioJob       *job)
{
  dio_job_cancel (job);
}

static gboolean
get_outcome (DioJob  *job,
             GError **error)
{
  if (dio_job_get_state (job) == DIO_JOB_DONE)
    return TRUE;

  if (dio_job_get_error (job) != NULL)
    g_propagate_error (error, g_error_copy (dio_job_get_error (job)));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  return FALSE;
}

/**
 * dio_cli_job_wait:
 * @job: a job that its queue drives
 * @cancellable: (nullable): cancels @job
 * @shows_progress: whether to tell on stderr how far it is
 * @error: return location for why it failed
 *
 * Returns: whether all its pictures came
 */
gboolean
dio_cli_job_wait (DioJob        *job,
                  GCancellable  *cancellable,
                  gboolean       shows_progress,
                  GError       **error)
{
  g_autoptr(DioCliProgress) progress = NULL;
  gulong id = 0;

  if (shows_progress)
    progress = dio_cli_progress_new (job);

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), job, NULL);
  while (!dio_job_state_is_over (dio_job_get_state (job)))
    g_main_context_iteration (NULL, TRUE);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, id);

  return get_outcome (job, error);
}

/**
 * dio_cli_job_get_cancel_bills:
 * @studio: a studio
 * @job: (nullable): a job
 *
 * Returns: (nullable): translatable: whether its provider charges for it once
 *   it is cancelled
 */
const char *
dio_cli_job_get_cancel_bills (DioStudio *studio,
                              DioJob    *job)
{
  DioProvider *provider;

  if (job == NULL)
    return NULL;

  provider = dio_studio_find_provider (studio, dio_request_get_provider_id (dio_job_get_request (job)));

  return provider != NULL ? dio_provider_get_facts (provider)->cancel_bills : NULL;
}

static GPtrArray *
load_some (DioLibrary  *library,
           guint        offset,
           GError     **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_library_load_jobs_async (library, offset, N_AT_ONCE, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_library_load_jobs_finish (library, result, error);
}

/**
 * dio_cli_job_load_all:
 * @studio: an open studio
 * @error: return location for %DIO_ERROR_STORAGE
 *
 * Returns: (transfer full) (element-type DioJobSummary): every job there ever
 *   was, newest first
 */
GPtrArray *
dio_cli_job_load_all (DioStudio  *studio,
                      GError    **error)
{
  DioLibrary *library = dio_studio_get_library (studio);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_job_summary_free);
  guint n;

  do
    {
      g_autoptr(GPtrArray) some = load_some (library, all->len, error);

      if (some == NULL)
        return NULL;

      n = some->len;
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&some));
    }
  while (n == N_AT_ONCE);

  return g_steal_pointer (&all);
}

/**
 * dio_cli_job_find:
 * @summaries: (element-type DioJobSummary): jobs
 * @id: a job's id, or what only that begins with
 * @error: return location for %DIO_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): that job
 */
DioJobSummary *
dio_cli_job_find (GPtrArray   *summaries,
                  const char  *id,
                  GError     **error)
{
  DioJobSummary *found = NULL;
  guint n = 0;

  for (guint i = 0; i < summaries->len; i++)
    {
      DioJobSummary *summary = g_ptr_array_index (summaries, i);

      if (g_str_equal (summary->id, id))
        return summary;
      if (*id != '\0' && g_str_has_prefix (summary->id, id))
        {
          found = summary;
          n++;
        }
    }

  if (n == 1)
    return found;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
               n == 0 ? "There is no job “%s”" : "There is more than one job “%s…”", id);

  return NULL;
}

/**
 * dio_cli_job_take:
 * @studio: an open studio
 * @summary: a job
 * @error: return location for %DIO_ERROR_BUSY where another program drives it
 *
 * Has this process drive the job from where it is.
 *
 * Returns: (transfer full) (nullable): the job, in the queue
 */
DioJob *
dio_cli_job_take (DioStudio            *studio,
                  const DioJobSummary  *summary,
                  GError              **error)
{
  DioJobQueue *queue = dio_studio_get_queue (studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_job_queue_take_async (queue, summary->id, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_job_queue_take_finish (queue, result, error);
}
