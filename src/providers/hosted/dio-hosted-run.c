/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job from its present state to its end. Until its row says that it may be on
 * its way, nothing was sent that costs; from then on it is asked for, and never
 * sent again. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

#include <glib/gi18n-lib.h>

/* What is kept of a provider's words. They are cut when secrets are hidden: half
 * a key would not be known for one. */
#define MAX_ANSWER 2000

static void
run_free (gpointer data)
{
  DioHostedRun *run = data;

  g_clear_object (&run->job);
  g_clear_object (&run->store);
  g_clear_pointer (&run->call, dio_hosted_call_free);
  g_clear_pointer (&run->photos, g_ptr_array_unref);
  dio_hosted_pictures_free (run->pictures);
  g_clear_error (&run->error);
  g_clear_error (&run->fetch_error);
  g_clear_pointer (&run->candidate, dio_wire_reply_free);
  g_clear_pointer (&run->known, g_hash_table_unref);
  g_clear_error (&run->page_error);
  if (run->words != NULL)
    g_string_free (run->words, TRUE);
  g_free (run);
}

/**
 * dio_hosted_run_report:
 * @self: a run
 * @state: of the job
 * @progress: 0 to 1, or -1
 * @step: a static, translatable text
 */
void
dio_hosted_run_report (DioHostedRun *self,
                       DioJobState   state,
                       double        progress,
                       const char   *step)
{
  dio_job_report (self->job, state, CLAMP (progress, -1, 1), step);
}

/**
 * dio_hosted_run_report_bytes:
 * @self: a run
 * @state: of the job
 * @progress: 0 to 1, or -1
 * @step: a static, translatable text
 * @done: bytes that are through
 * @total: all of them, or 0
 */
void
dio_hosted_run_report_bytes (DioHostedRun *self,
                             DioJobState   state,
                             double        progress,
                             const char   *step,
                             gint64        done,
                             gint64        total)
{
  /* Whoever watches shall not see the bytes gone in between. */
  g_object_freeze_notify (G_OBJECT (self->job));
  dio_hosted_run_report (self, state, progress, step);
  dio_job_report_bytes (self->job, MAX (done, 0), MAX (total, 0));
  g_object_thaw_notify (G_OBJECT (self->job));
}

/* The task of a writing: the run, and what comes behind it. */
typedef struct
{
  GTask         *task; /* (owned) */
  DioHostedStep  next;
} Writing;

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&writing->task);
  DioHostedRun *run = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  /* What the provider makes is paid: it is fetched even when the disk is full. */
  if (!dio_job_store_update_job_finish (DIO_JOB_STORE (object), result, &error))
    g_message ("What is known of job %s is not written: %s", dio_job_get_id (run->job), error->message);

  run->is_writing = FALSE;
  writing->next (task);
}

/**
 * dio_hosted_run_write:
 * @task: of a run
 * @next: what is done when all that is known of the job is on disk
 *
 * The run does not end before.
 */
void
dio_hosted_run_write (GTask         *task,
                      DioHostedStep  next)
{
  DioHostedRun *run = g_task_get_task_data (task);
  Writing *writing = g_new (Writing, 1);

  writing->task = g_object_ref (task);
  writing->next = next;
  run->is_writing = TRUE;
  dio_job_store_update_job_async (run->store, run->job, written_cb, writing);
}

/**
 * dio_hosted_run_set_named:
 * @self: a run
 * @remote_id: (nullable): the provider's name for the job
 *
 * The job was accepted.
 */
void
dio_hosted_run_set_named (DioHostedRun *self,
                          const char   *remote_id)
{
  DioJobRemote *remote = dio_job_edit_remote (self->job);

  if (remote_id != NULL && remote->id == NULL)
    remote->id = g_strdup (remote_id);

}

/**
 * dio_hosted_run_set_answer:
 * @self: a run
 * @reply: what the provider said
 *
 * Keeps its words, and whether it is charged: what was paid once is not taken
 * back by a later answer about what is still missing.
 */
void
dio_hosted_run_set_answer (DioHostedRun *self,
                           DioWireReply *reply)
{
  DioJobRemote *remote = dio_job_edit_remote (self->job);
  g_autofree char *words = dio_hosted_call_redact (self->call, reply->raw);

  if (reply->billed == DIO_BILLED_YES || (reply->billed == DIO_BILLED_NO && remote->billed != DIO_BILLED_YES))
    remote->billed = reply->billed;
  if (words == NULL)
    return;

  g_free (remote->answer);
  remote->answer = g_utf8_strlen (words, -1) > MAX_ANSWER ? g_utf8_substring (words, 0, MAX_ANSWER)
                                                          : g_steal_pointer (&words);
}

/**
 * dio_hosted_run_settle:
 * @task: of a run
 *
 * Ends the run when nothing is asked, fetched or written any more.
 */
void
dio_hosted_run_settle (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);
  guint n_here;
  guint n_wanted;

  if (!run->is_told || run->is_writing || run->n_fetching > 0)
    return;

  n_here = dio_hosted_pictures_count (run->pictures, DIO_HOSTED_HERE);
  n_wanted = dio_request_get_count (run->call->request);
  if (n_here >= n_wanted)
    g_task_return_boolean (task, TRUE);
  else if (run->error != NULL)
    g_task_return_error (task, g_steal_pointer (&run->error));
  else if (run->fetch_error != NULL)
    g_task_return_error (task, g_steal_pointer (&run->fetch_error));
  else
    g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_SERVER, "Only %u of %u pictures were made", n_here, n_wanted);
}

/* Not sent yet, or so it is written: nothing is sent before that is written. */
static gboolean
is_new (DioJob *job)
{
  return dio_job_get_state (job) < DIO_JOB_SENDING;
}

/**
 * dio_hosted_run_end:
 * @task: of a run
 * @error: (transfer full) (nullable): why not all pictures come
 *
 * Nothing more is asked. Pictures on their way still come.
 */
void
dio_hosted_run_end (GTask  *task,
                    GError *error)
{
  DioHostedRun *run = g_task_get_task_data (task);

  run->is_told = TRUE;
  if (is_new (run->job))
    dio_job_edit_remote (run->job)->billed = DIO_BILLED_NO;
  if (run->error == NULL)
    run->error = error;
  else
    g_clear_error (&error);

  dio_hosted_run_settle (task);
}

/* A provider that is busy with uploads is asked again later. */
static void
set_retry (DioHostedRun *run,
           const GError *error,
           double        wait)
{
  if (wait >= 0 && (g_error_matches (error, DIO_ERROR, DIO_ERROR_BUSY) ||
                    g_error_matches (error, DIO_ERROR, DIO_ERROR_SERVER)))
    dio_job_edit_remote (run->job)->retry_at = g_get_real_time () + (gint64) (wait * G_USEC_PER_SEC);
}

static void
brought_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  double wait;
  GError *error = NULL;

  run->photos = dio_hosted_photos_bring_finish (run->call, result, &wait, &error);
  if (run->photos != NULL)
    {
      dio_hosted_run_create (task);
      return;
    }

  set_retry (run, error, wait);
  dio_hosted_run_end (task, error);
}

static void
bringing_cb (DioHostedStage stage,
             goffset        done,
             goffset        total,
             gpointer       user_data)
{
  DioHostedRun *run = user_data;
  DioJobState state = dio_job_get_state (run->job);
  double fraction = total > 0 ? (double) done / total : 1;

  if (stage == DIO_HOSTED_UPLOADING)
    dio_hosted_run_report_bytes (run, state, fraction, N_("Uploading photos"), done, total);
  else
    dio_hosted_run_report (run, state, fraction, N_("Preparing photos"));
}

static void
bring (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_photos_bring_async (run->call, bringing_cb, run, g_task_get_cancellable (task),
                                 brought_cb, g_object_ref (task));
}

/* Whether it is known where something lies. What came inside an answer outlives
 * the process only as a file. */
static gboolean
can_fetch (DioHostedRun *run)
{
  for (guint i = 0; i < run->pictures->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (run->pictures->list, i);

      if (picture->state == DIO_HOSTED_TOLD && (picture->data != NULL || picture->is_kept))
        return TRUE;
    }

  return FALSE;
}

/* Whether all that is missing came before, and only has to be stored. */
static gboolean
has_all_files (DioHostedRun *run)
{
  guint n_kept = 0;

  for (guint i = 0; i < run->pictures->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (run->pictures->list, i);

      if (picture->state == DIO_HOSTED_TOLD && !picture->is_kept)
        return FALSE;
      n_kept += picture->is_kept;
    }

  return run->pictures->is_complete && n_kept > 0;
}

/* A job that was sent: what is known of it tells how it is asked for. */
static void
go_on (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);
  const DioJobRemote *remote = dio_job_get_remote (run->job);
  guint n_here = dio_hosted_pictures_count (run->pictures, DIO_HOSTED_HERE);

  if (n_here >= dio_request_get_count (run->call->request))
    {
      dio_hosted_run_end (task, NULL);
    }
  else if (remote->id != NULL && !has_all_files (run))
    {
      dio_hosted_run_poll (task, 0);
    }
  else if (can_fetch (run))
    {
      run->is_told = TRUE;
      dio_hosted_run_report (run, DIO_JOB_DOWNLOADING, -1, N_("Downloading"));
      dio_hosted_run_fetch (task);
    }
  else
    {
      dio_hosted_run_look_up (task, NULL);
    }
}

static void
unlocked_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dio_hosted_call_unlock_finish (run->call, result, &error))
    dio_hosted_run_end (task, error);
  else if (is_new (run->job))
    bring (task);
  else
    go_on (task);
}

static void
unlock (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_call_unlock_async (run->call, is_new (run->job), g_task_get_cancellable (task),
                                unlocked_cb, g_object_ref (task));
}

static void
swept_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_sweep_finish (run->pictures, result);
  /* Nobody has to be asked, so that no key is needed. */
  if (has_all_files (run))
    go_on (task);
  else
    unlock (task);
}

static void
load_remote (DioHostedRun *run)
{
  GListModel *results = dio_job_get_results (run->job);

  dio_hosted_pictures_load_data (run->pictures, dio_job_get_remote (run->job)->data);
  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(DioResult) result = g_list_model_get_item (results, i);

      dio_hosted_pictures_mark_here (run->pictures, dio_result_get_index (result));
    }
}

/**
 * dio_hosted_run_async:
 * @provider: a hosted provider
 * @job: a job for one of its models
 * @store: where what is known of it is written
 * @cancellable: (nullable): ends the work here, not at the provider
 * @callback: called when the job has ended
 * @user_data: data for @callback
 */
void
dio_hosted_run_async (DioProvider         *provider,
                      DioJob              *job,
                      DioJobStore         *store,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  DioHostedRun *run = g_new0 (DioHostedRun, 1);

  run->provider = DIO_HOSTED_PROVIDER (provider);
  run->job = g_object_ref (job);
  run->store = g_object_ref (store);
  run->pictures = dio_hosted_pictures_new ();
  run->progress = -1;
  g_task_set_source_tag (task, dio_hosted_run_async);
  g_task_set_task_data (task, run, run_free);
  /* Where a job stands is told by what was done, not by the wish to end it. */
  g_task_set_check_cancellable (task, FALSE);

  if (dio_job_get_account (job) == NULL)
    {
      g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_AUTH, "The job has no account");
      return;
    }

  run->call = dio_hosted_call_new (run->provider, dio_job_get_account (job), dio_job_get_request (job));
  if (is_new (job))
    {
      unlock (task);
      return;
    }

  load_remote (run);
  dio_hosted_sweep_async (run->provider, dio_job_get_id (job), run->pictures, swept_cb, g_steal_pointer (&task));
}

/**
 * dio_hosted_run_finish:
 * @provider: a hosted provider
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all pictures were handed over
 */
gboolean
dio_hosted_run_finish (DioProvider   *provider,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_hosted_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
