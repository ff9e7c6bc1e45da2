/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches the pictures of a job, several at a time, and hands each over as soon
 * as it is whole. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

#include "hosted/dio-hosted-fetch.h"

#include <glib/gi18n-lib.h>

#define MAX_FETCHING 4

/* One picture of a run. */
typedef struct
{
  GTask            *task;    /* (owned) */
  DioHostedPicture *picture; /* (borrowed): of the run */
} Fetching;

static double
get_fraction (DioHostedRun *run)
{
  guint n = run->pictures->list->len;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += ((DioHostedPicture *) g_ptr_array_index (run->pictures->list, i))->fraction;

  return n > 0 ? sum / n : -1;
}

/* Of all pictures; without their sum as long as one of them has not told its own. */
static void
report (DioHostedRun *run)
{
  gboolean is_known = TRUE;
  gint64 received = 0;
  gint64 size = 0;

  for (guint i = 0; i < run->pictures->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (run->pictures->list, i);

      received += picture->received;
      size += picture->size;
      is_known &= picture->size > 0;
    }

  dio_hosted_run_report_bytes (run, dio_job_get_state (run->job), get_fraction (run), N_("Downloading"),
                               received, is_known ? size : 0);
}

static void
progress_cb (goffset  sent,
             goffset  to_send,
             goffset  received,
             goffset  to_receive,
             gpointer user_data)
{
  Fetching *fetching = user_data;
  DioHostedRun *run = g_task_get_task_data (fetching->task);

  fetching->picture->fraction = to_receive > 0 ? MIN ((double) received / to_receive, 1) : 0;
  fetching->picture->received = received;
  fetching->picture->size = MAX (to_receive, 0);
  if (run->is_told)
    report (run);
}

static void
deliver (DioHostedRun *run,
         DioPicture   *picture)
{
  picture->currency = g_strdup (run->pictures->currency);
  picture->expires = dio_job_get_remote (run->job)->expires;
  dio_job_deliver (run->job, picture);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Fetching *fetching = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&fetching->task);
  DioHostedRun *run = g_task_get_task_data (task);
  g_autoptr(DioPicture) picture = NULL;
  GError *error = NULL;

  picture = dio_hosted_fetch_finish (DIO_HOSTED_PROVIDER (object), result, &error);
  if (picture != NULL)
    {
      fetching->picture->state = DIO_HOSTED_HERE;
      deliver (run, picture);
    }
  else
    {
      fetching->picture->state = DIO_HOSTED_LOST;
      g_debug ("A picture of job %s did not come: %s", dio_job_get_id (run->job), error->message);
      if (run->fetch_error == NULL)
        run->fetch_error = error;
      else
        g_error_free (error);
    }

  fetching->picture->fraction = 1;
  run->n_fetching--;
  dio_hosted_run_fetch (task);
}

static void
start (GTask            *task,
       DioHostedPicture *picture)
{
  DioHostedRun *run = g_task_get_task_data (task);
  Fetching *fetching = g_new (Fetching, 1);

  fetching->task = g_object_ref (task);
  fetching->picture = picture;
  picture->state = DIO_HOSTED_FETCHING;
  run->n_fetching++;
  dio_hosted_fetch_async (run->provider, dio_job_get_id (run->job), picture, progress_cb, fetching,
                          g_task_get_cancellable (task), fetched_cb, fetching);
}

/**
 * dio_hosted_run_fetch:
 * @task: of a run
 *
 * Begins with the pictures that are not on their way, as far as there is room, and
 * ends the run when there is nothing more to do.
 */
void
dio_hosted_run_fetch (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  for (guint i = 0; i < run->pictures->list->len && run->n_fetching < MAX_FETCHING; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (run->pictures->list, i);

      if (picture->state == DIO_HOSTED_TOLD && (picture->data != NULL || picture->is_kept))
        start (task, picture);
    }

  dio_hosted_run_settle (task);
}
