/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks how far a job is, and takes what is told. Asking costs nothing, so that no
 * trouble on the way ends a job; only the provider's word does, or a long
 * silence. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

#include <glib/gi18n-lib.h>

/* An estimate is no reason to let a picture lie that is done. */
#define MAX_ESTIMATE 60

/* And "at once" is none to ask without a pause. */
#define MIN_WAIT(klass) ((klass)->poll_first)

#define FACTOR 1.5

static void
fetch_and_go_on (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_run_fetch (task);
  if (!run->is_told)
    dio_hosted_run_poll (task, run->interval);
}

static void
give_up (GTask *task)
{
  dio_hosted_run_end (task, g_error_new_literal (DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN,
                                                 "Nothing new was told for a long time: "
                                                 "it may still be made, and can be checked again"));
}

static gboolean
is_patient (DioHostedRun *run)
{
  const DioHostedTimes *times = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->times;

  return g_get_monotonic_time () - run->news_at < times->patience * G_USEC_PER_SEC;
}

/* Who does not prove who he is at several attempts is no passing trouble, and
 * there is something that a person can do about it. */
static gboolean
is_distrusted (DioHostedRun *run,
               const GError *error)
{
  if (!g_error_matches (error, DIO_ERROR, DIO_ERROR_UNTRUSTED))
    {
      run->n_untrusted = 0;
      return FALSE;
    }

  return ++run->n_untrusted > DIO_HOSTED_N_LOOKUP_DELAYS;
}

/* The question failed, not the job. */
static void
endure (GTask        *task,
        const GError *error,
        double        wait)
{
  DioHostedRun *run = g_task_get_task_data (task);
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider);

  g_debug ("Job %s cannot be asked for: %s", dio_job_get_id (run->job), error->message);
  if (is_distrusted (run, error))
    {
      dio_hosted_run_end (task, g_error_copy (error));
      return;
    }
  if (!is_patient (run))
    {
      give_up (task);
      return;
    }

  run->interval = MIN (run->interval * 2, klass->times->trouble_max);
  dio_hosted_run_poll (task, wait >= 0 ? MAX (wait, MIN_WAIT (klass)) : run->interval);
}

static void
take_costs (DioHostedRun *run)
{
  DioJobRemote *remote = dio_job_edit_remote (run->job);
  double sum;

  if (dio_hosted_pictures_sum_costs (run->pictures, &sum))
    dio_price_set (&remote->cost, DIO_PRICE_TOLD, sum, run->pictures->currency);
}

static void
set_expiry (DioHostedRun *run)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider);
  gint64 life = klass->get_life != NULL ? klass->get_life (run->call->request) : 0;
  DioJobRemote *remote = dio_job_edit_remote (run->job);

  if (life > 0 && remote->expires == 0)
    remote->expires = g_get_real_time () + life * G_USEC_PER_SEC;
}

/* Whether something else was told than the last time. */
static gboolean
take_pictures (DioHostedRun *run,
               DioWireReply *reply)
{
  guint n_wanted = dio_request_get_count (run->call->request);
  guint n_new = dio_hosted_pictures_merge (run->pictures, reply, n_wanted);

  if (n_new > 0)
    {
      take_costs (run);
      set_expiry (run);
    }

  return n_new > 0;
}

static void
take_end (DioHostedRun *run,
          DioWireReply *reply)
{
  run->is_told = TRUE;
  run->pictures->is_complete = TRUE;
  if (run->error == NULL && reply->error != NULL)
    run->error = g_error_copy (reply->error);
}

static DioJobState
choose_state (DioHostedRun *run,
              DioWireReply *reply)
{
  if (run->is_told && run->pictures->list->len > 0)
    return DIO_JOB_DOWNLOADING;

  return reply->state == DIO_WIRE_WAITING ? DIO_JOB_ACCEPTED : DIO_JOB_MAKING;
}

static void
take_wait (DioHostedRun *run,
           DioWireReply *reply)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider);

  if (reply->wait >= 0)
    run->interval = MIN (MAX (reply->wait, MIN_WAIT (klass)), MAX_ESTIMATE);
  else if (run->interval <= 0)
    run->interval = klass->poll_first;
  else
    run->interval = MIN (run->interval * FACTOR, klass->times->poll_max);
}

static const char *
get_step (DioJobState state)
{
  if (state == DIO_JOB_DOWNLOADING)
    return N_("Downloading");

  return state == DIO_JOB_MAKING ? N_("Making") : N_("Waiting at the provider");
}

/**
 * dio_hosted_run_take_reply:
 * @task: of a run whose job is accepted
 * @reply: what is told of the job; its pictures lose their data
 *
 * Writes what is told, then fetches what there is and goes on asking.
 */
void
dio_hosted_run_take_reply (GTask        *task,
                           DioWireReply *reply)
{
  DioHostedRun *run = g_task_get_task_data (task);
  DioJobRemote *remote = dio_job_edit_remote (run->job);
  DioJobState before = dio_job_get_state (run->job);
  gboolean is_new = take_pictures (run, reply);
  gboolean is_over = reply->state == DIO_WIRE_DONE || reply->state == DIO_WIRE_FAILED;
  gboolean has_id = remote->id != NULL;
  DioJobState state;

  dio_hosted_run_set_answer (run, reply);
  /* Without a name there is nothing to ask for: what is here is all. */
  if (is_over || !has_id)
    take_end (run, reply);

  state = choose_state (run, reply);
  if (is_new || run->news_at == 0 || state != before || reply->progress != run->progress)
    run->news_at = g_get_monotonic_time ();
  run->progress = reply->progress;

  if (!run->is_told && !is_patient (run))
    {
      give_up (task);
      return;
    }

  take_wait (run, reply);
  dio_hosted_run_report (run, state, state == DIO_JOB_DOWNLOADING ? -1 : reply->progress, get_step (state));

  if (!is_new && !run->is_told && state == before)
    {
      fetch_and_go_on (task);
      return;
    }

  g_free (remote->data);
  remote->data = dio_hosted_pictures_to_data (run->pictures);
  dio_hosted_run_write (task, fetch_and_go_on);
}

static gboolean
has_expired (DioHostedRun *run)
{
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider);
  gint64 life = klass->get_life != NULL ? klass->get_life (run->call->request) : 0;

  return life > 0 && g_get_real_time () > dio_job_get_remote (run->job)->sent_at + life * G_USEC_PER_SEC;
}

/* A server that has just named a job may not know it everywhere yet. */
static void
ask_absent (GTask        *task,
            DioWireReply *reply)
{
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedTimes *times = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->times;

  if (has_expired (run))
    dio_hosted_run_end (task, g_error_new_literal (DIO_ERROR, DIO_ERROR_EXPIRED, "The provider has forgotten the job"));
  else if (run->n_absent < DIO_HOSTED_N_LOOKUP_DELAYS)
    dio_hosted_run_poll (task, times->lookup[run->n_absent++]);
  else
    dio_hosted_run_end (task, g_error_copy (reply->error));
}

/* The provider does not know it, or not any more; what it told before may still
 * be there. */
static void
take_absence (GTask        *task,
              DioWireReply *reply)
{
  DioHostedRun *run = g_task_get_task_data (task);

  if (run->pictures->is_complete || run->pictures->list->len > 0)
    {
      run->is_told = TRUE;
      run->pictures->is_complete = TRUE;
      dio_hosted_run_fetch (task);
    }
  else if (DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->n_finds == 0)
    {
      ask_absent (task, reply);
    }
  else
    {
      dio_hosted_run_look_up (task, reply->error);
    }
}

static gboolean
is_trouble (DioWireReply *reply)
{
  return reply->state == DIO_WIRE_FAILED && reply->retryable && reply->pictures->len == 0;
}

static gboolean
is_absence (DioWireReply *reply)
{
  return reply->state == DIO_WIRE_FAILED && reply->pictures->len == 0 && reply->n_failed == 0 &&
         (g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_NOT_FOUND) ||
          g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_EXPIRED));
}

/* With another key, more credit or a better clock, it can be asked for again. */
static gboolean
is_locked_out (DioWireReply *reply)
{
  return reply->state == DIO_WIRE_FAILED && reply->n_failed == 0 &&
         (g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_AUTH) ||
          g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_CREDIT) ||
          g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_PERMISSION));
}

static void
polled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_POLL };
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(DioWireReply) wire = NULL;
  g_autoptr(GError) error = NULL;

  reply = dio_hosted_call_send_finish (run->call, result, NULL, &error);
  if (reply == NULL)
    {
      if (error->domain == DIO_ERROR && error->code != DIO_ERROR_INVALID)
        endure (task, error, -1);
      else
        dio_hosted_run_end (task, g_steal_pointer (&error));
      return;
    }

  run->n_untrusted = 0;
  wire = dio_hosted_call_read_job (run->call, &question, reply);
  g_clear_pointer (&reply, dio_http_reply_free);
  if (is_trouble (wire))
    endure (task, wire->error, wire->wait);
  else if (is_absence (wire))
    take_absence (task, wire);
  else if (is_locked_out (wire))
    dio_hosted_run_end (task, g_error_copy (wire->error));
  else
    dio_hosted_run_take_reply (task, wire);
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedQuestion question = {
    .kind = DIO_HOSTED_POLL,
    .remote_id = dio_job_get_remote (run->job)->id,
  };
  GError *error = NULL;

  if (!dio_hosted_wait_finish (result, &error))
    {
      dio_hosted_run_end (task, error);
      return;
    }

  dio_hosted_call_send_async (run->call, &question, dio_hosted_call_get_max_reply (run->call), NULL, NULL,
                              g_task_get_cancellable (task), polled_cb, g_object_ref (task));
}

/**
 * dio_hosted_run_poll:
 * @task: of a run whose job the provider has named
 * @seconds: to wait before
 */
void
dio_hosted_run_poll (GTask  *task,
                     double  seconds)
{
  DioHostedRun *run = g_task_get_task_data (task);

  if (run->news_at == 0)
    run->news_at = g_get_monotonic_time ();
  if (run->interval <= 0)
    run->interval = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->poll_first;

  dio_hosted_wait_async (seconds, g_task_get_cancellable (task), waited_cb, g_object_ref (task));
}
