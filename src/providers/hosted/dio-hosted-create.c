/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The create, the one question that is paid: sent once, after the job's row says
 * that it may be on its way. What certainly was not accepted goes back to waiting. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"
#include "hosted/dio-hosted-uploads.h"

#include <glib/gi18n-lib.h>

static void
end_not_accepted (GTask *task)
{
  dio_hosted_run_end (task, NULL);
}

/* Nothing was accepted: the job is where it was before it was sent. */
static void
take_back (GTask  *task,
           GError *error,
           double  wait)
{
  DioHostedRun *run = g_task_get_task_data (task);
  DioJobRemote *remote = dio_job_edit_remote (run->job);

  remote->sent_at = 0;
  remote->billed = DIO_BILLED_NO;
  remote->retry_at = wait >= 0 ? g_get_real_time () + (gint64) (wait * G_USEC_PER_SEC) : 0;
  g_clear_pointer (&remote->data, g_free);
  run->error = error;
  dio_hosted_run_report (run, DIO_JOB_WAITING, -1, NULL);
  dio_hosted_run_write (task, end_not_accepted);
}

static gboolean
is_stale_upload (const GError *error)
{
  return g_error_matches (error, DIO_ERROR, DIO_ERROR_INVALID) ||
         g_error_matches (error, DIO_ERROR, DIO_ERROR_NOT_FOUND) ||
         g_error_matches (error, DIO_ERROR, DIO_ERROR_EXPIRED);
}

static void
take_create (GTask        *task,
             DioWireReply *reply)
{
  DioHostedRun *run = g_task_get_task_data (task);

  dio_hosted_run_set_answer (run, reply);

  if (reply->state != DIO_WIRE_FAILED)
    {
      dio_hosted_run_set_named (run, reply->remote_id);
      dio_hosted_run_take_reply (task, reply);
    }
  else if (g_error_matches (reply->error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN))
    {
      if (reply->remote_id != NULL)
        dio_hosted_run_set_named (run, reply->remote_id);
      dio_hosted_run_look_up (task, reply->error);
    }
  else if (reply->retryable)
    {
      take_back (task, g_error_copy (reply->error), reply->wait);
    }
  else
    {
      if (is_stale_upload (reply->error))
        dio_hosted_uploads_forget (run->photos, run->call);
      dio_hosted_run_end (task, g_error_copy (reply->error));
    }
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_CREATE };
  DioHttpReach reach;
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(DioWireReply) wire = NULL;
  g_autoptr(GError) error = NULL;

  reply = dio_hosted_call_send_finish (run->call, result, &reach, &error);
  if (reply != NULL)
    {
      wire = dio_hosted_call_read_job (run->call, &question, reply);
      g_clear_pointer (&reply, dio_http_reply_free);
      take_create (task, wire);
    }
  else if (reach == DIO_HTTP_NOT_SENT)
    {
      take_back (task, g_steal_pointer (&error), -1);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      dio_hosted_run_end (task, g_steal_pointer (&error));
    }
  else
    {
      dio_hosted_run_look_up (task, error);
    }
}

static void
sending_cb (goffset  sent,
            goffset  to_send,
            goffset  received,
            goffset  to_receive,
            gpointer user_data)
{
  DioHostedRun *run = user_data;

  if (sent < to_send)
    dio_hosted_run_report_bytes (run, DIO_JOB_SENDING, (double) sent / to_send, N_("Sending"), sent, to_send);
  else
    dio_hosted_run_report (run, DIO_JOB_SENDING, -1, N_("Sending"));
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_CREATE };
  GError *error = NULL;

  if (!dio_job_store_begin_sending_finish (DIO_JOB_STORE (object), result, &error))
    {
      dio_hosted_run_end (task, error);
      return;
    }

  dio_hosted_run_report (run, DIO_JOB_SENDING, -1, N_("Sending"));
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      take_back (task, error, -1);
      return;
    }

  dio_hosted_call_send_async (run->call, &question, dio_hosted_call_get_max_reply (run->call),
                              sending_cb, run, g_task_get_cancellable (task), created_cb, g_object_ref (task));
}

static char *
show_request (DioHttpRequest *request)
{
  g_autoptr(JsonNode) node = dio_http_request_to_json (request);

  return json_to_string (node, FALSE);
}

static void
begin_sending (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_CREATE };
  g_autoptr(DioHttpRequest) request = NULL;
  DioJobRemote *remote = dio_job_edit_remote (run->job);
  GError *error = NULL;

  request = dio_hosted_call_make (run->call, &question, &error);
  if (request == NULL || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      dio_hosted_run_end (task, error);
      return;
    }

  g_free (remote->sent);
  remote->sent = show_request (request);
  remote->retry_at = 0;
  remote->billed = DIO_BILLED_UNKNOWN;
  g_clear_pointer (&remote->answer, g_free);
  g_free (remote->data);
  remote->data = dio_hosted_pictures_to_data (run->pictures);
  dio_job_store_begin_sending_async (run->store, run->job, begun_cb, g_object_ref (task));
}

/**
 * dio_hosted_run_create:
 * @task: of a run whose photos are ready
 *
 * Sends the create, once, as soon as its row says so.
 */
void
dio_hosted_run_create (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  if (DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->has_list)
    dio_hosted_run_look_before (task, begin_sending);
  else
    begin_sending (task);
}
