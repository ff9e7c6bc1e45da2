/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a create that may have arrived and was not answered. It is asked
 * for a few times; never is it sent again. Where nothing is found, the person is
 * told what was asked and answered, and decides. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

#include <glib/gi18n-lib.h>

static void ask      (GTask *task);
static void ask_next (GTask *task);

static void
note (DioHostedRun *run,
      const char   *words)
{
  if (run->words == NULL)
    run->words = g_string_new (NULL);

  /* Five times the same says no more than once. */
  if (strstr (run->words->str, words) != NULL)
    return;

  g_string_append_printf (run->words, "%s%s", run->words->len > 0 ? "; " : "", words);
}

static void
end_unknown (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_run_end (task, g_error_new (DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN,
                                         "It is not known whether the job arrived (asked %u times: %s)",
                                         run->n_asked, run->words->str));
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_hosted_wait_finish (result, &error))
    ask (task);
  else
    dio_hosted_run_end (task, error);
}

static void
ask_again (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedTimes *times = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->times;

  if (run->n_asked > DIO_HOSTED_N_LOOKUP_DELAYS)
    end_unknown (task);
  else
    dio_hosted_wait_async (times->lookup[run->n_asked - 1], g_task_get_cancellable (task),
                           waited_cb, g_object_ref (task));
}

static void
take_found (GTask        *task,
            DioWireReply *reply)
{
  DioHostedRun *run = g_task_get_task_data (task);

  g_debug ("Job %s was found again", dio_job_get_id (run->job));
  dio_hosted_run_set_named (run, reply->remote_id);
  dio_hosted_run_take_reply (task, reply);
}

/* An archive may be read while the rest is still being made: what the job itself
 * says counts, and where it says nothing any more, this was all. */
static void
doubt_end (DioHostedRun *run,
           DioWireReply *reply)
{
  if (reply->state == DIO_WIRE_DONE && reply->error == NULL && run->question.number > 0 &&
      reply->pictures->len < dio_request_get_count (run->call->request))
    reply->state = DIO_WIRE_MAKING;
}

/* Whether the answer speaks of the job, rather than of the question. */
static gboolean
is_about_job (DioWireReply *reply)
{
  if (reply->state != DIO_WIRE_FAILED || reply->n_failed > 0 || reply->pictures->len > 0)
    return TRUE;

  return reply->remote_id != NULL &&
         (g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_REFUSED) ||
          g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_SERVER));
}

static gboolean
says_found (DioHostedRun *run,
            DioWireReply *reply)
{
  if (reply->retryable || g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_NOT_FOUND) ||
      g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_AUTH) ||
      g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_PERMISSION))
    return reply->pictures->len > 0;

  return is_about_job (reply);
}

/* What our own id stands for there may be a name that the person has typed, and
 * not for the first time. */
static gboolean
is_anothers (DioHostedRun *run,
             DioWireReply *reply)
{
  return run->known != NULL && reply->remote_id != NULL && dio_job_get_remote (run->job)->id == NULL &&
         g_hash_table_contains (run->known, reply->remote_id);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(DioWireReply) wire = NULL;
  g_autoptr(GError) error = NULL;

  reply = dio_hosted_call_send_finish (run->call, result, NULL, &error);
  if (reply != NULL)
    {
      wire = dio_hosted_call_read_job (run->call, &run->question, reply);
      if (is_anothers (run, wire))
        {
          note (run, "another job has that name there");
        }
      else if (says_found (run, wire))
        {
          doubt_end (run, wire);
          take_found (task, wire);
          return;
        }
      else
        {
          note (run, wire->error->message);
        }
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      dio_hosted_run_end (task, g_steal_pointer (&error));
      return;
    }
  else
    {
      note (run, error->message);
    }

  run->question.number++;
  ask_next (task);
}

static void
claimed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (dio_job_store_claim_finish (DIO_JOB_STORE (object), result, &error))
    {
      take_found (task, run->candidate);
      return;
    }

  note (run, g_error_matches (error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN)
               ? "the past output may be that of another job" : error->message);
  ask_again (task);
}

/* What came since, if it is one and no other job can have asked for it. */
static void
judge (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  if (run->page_error != NULL)
    {
      note (run, run->page_error->message);
      ask_again (task);
      return;
    }

  if (run->n_candidates == 1 && run->candidate != NULL)
    {
      dio_job_store_claim_async (run->store, run->job, run->candidate->remote_id, claimed_cb, g_object_ref (task));
      return;
    }

  if (run->pictures->before == NULL)
    note (run, "what was there before is not known");
  else if (run->n_candidates == 0)
    note (run, "nothing new among the past outputs");
  else if (run->n_candidates > 1)
    note (run, "several past outputs may be it");
  else
    note (run, "a past output is not what was asked for, or not done");

  ask_again (task);
}

static void
send_find (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_call_send_async (run->call, &run->question, dio_hosted_call_get_max_reply (run->call), NULL, NULL,
                              g_task_get_cancellable (task), found_cb, g_object_ref (task));
}

static void
ask_next (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider);

  if (run->question.number < klass->n_finds)
    send_find (task);
  else if (klass->has_list && dio_job_get_remote (run->job)->id == NULL)
    dio_hosted_run_look_among (task, judge);
  else
    ask_again (task);
}

static void
ask (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);
  const DioJobRemote *remote = dio_job_get_remote (run->job);

  run->n_asked++;
  run->question = (DioHostedQuestion) { .kind = DIO_HOSTED_FIND, .number = 0 };

  /* Where our own id is not known there, the provider's may be again. */
  if (DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->n_finds == 0 && remote->id != NULL)
    {
      run->question = (DioHostedQuestion) { .kind = DIO_HOSTED_POLL, .remote_id = remote->id };
      send_find (task);
      return;
    }

  ask_next (task);
}

static void
known_listed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  g_auto(GStrv) ids = NULL;
  GError *error = NULL;

  ids = dio_job_store_list_remote_ids_finish (DIO_JOB_STORE (object), result, &error);
  if (ids == NULL)
    {
      dio_hosted_run_end (task, error);
      return;
    }

  dio_hosted_run_set_known (run, ids);
  ask (task);
}

/**
 * dio_hosted_run_look_up:
 * @task: of a run whose create may have arrived
 * @why: (nullable): why it is not known
 */
void
dio_hosted_run_look_up (GTask        *task,
                        const GError *why)
{
  DioHostedRun *run = g_task_get_task_data (task);
  DioJobState state = dio_job_get_state (run->job);

  if (why != NULL)
    g_debug ("Job %s is looked for: %s", dio_job_get_id (run->job), why->message);

  note (run, why != NULL ? why->message : "interrupted while it was sent");
  dio_hosted_run_report (run, dio_job_state_is_over (state) ? DIO_JOB_SENDING : state, -1,
                         N_("Asking what became of it"));
  run->n_asked = 0;

  if (DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->n_finds > 0)
    dio_job_store_list_remote_ids_async (run->store, run->call->account->provider_id,
                                         known_listed_cb, g_object_ref (task));
  else
    ask (task);
}
