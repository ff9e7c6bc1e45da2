/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account had made, where the provider knows no id of ours: looked at
 * before a create, for the newest that was there, and after a lost answer, for
 * what has come since. The account may be used elsewhere as well. */

#include "config.h"

#include "hosted/dio-hosted-run-private.h"

/* What was there before is reached by then, unless a lot was made elsewhere. */
#define MAX_PAGES 10

static void send_page (GTask *task);

/* Ids of this kind grow. */
static gboolean
read_id (const char *id,
         guint64    *number)
{
  return id != NULL && g_ascii_string_to_unsigned (id, 10, 0, G_MAXUINT64, number, NULL);
}

static void
take_newest (DioHostedRun *run,
             const char   *id)
{
  guint64 number;
  guint64 highest;

  if (!read_id (id, &number))
    return;

  if (read_id (run->pictures->before, &highest) && highest >= number)
    return;

  g_free (run->pictures->before);
  run->pictures->before = g_strdup (id);
}

static gboolean
is_newer (const char *id,
          const char *before)
{
  guint64 number;
  guint64 limit;

  return read_id (id, &number) && read_id (before, &limit) && number > limit;
}

/* Returns: whether older pages are of no interest any more */
static gboolean
take_page (DioHostedRun *run,
           GPtrArray    *jobs)
{
  guint n_wanted = dio_request_get_count (run->call->request);
  gboolean is_passed = jobs->len == 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      DioWireReply *job = g_ptr_array_index (jobs, i);

      if (!is_newer (job->remote_id, run->pictures->before))
        {
          is_passed = TRUE;
          continue;
        }
      /* A list that grows while it is read tells the same job on two pages. */
      if (!g_hash_table_add (run->known, g_strdup (job->remote_id)))
        continue;

      run->n_candidates++;
      if (job->pictures->len == n_wanted && run->candidate == NULL)
        {
          run->candidate = job;
          g_ptr_array_index (jobs, i) = dio_wire_reply_new (DIO_WIRE_MAKING);
        }
    }

  return is_passed;
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GPtrArray) jobs = NULL;

  reply = dio_hosted_call_send_finish (run->call, result, NULL, &run->page_error);
  if (reply != NULL)
    jobs = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->read_list (reply, &run->page_error);
  run->page_error = dio_hosted_call_hide (run->call, run->page_error);

  if (g_error_matches (run->page_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      dio_hosted_run_end (task, g_steal_pointer (&run->page_error));
    }
  else if (jobs == NULL || take_page (run, jobs) || run->question.number >= MAX_PAGES)
    {
      run->next (task);
    }
  else
    {
      run->question.number++;
      send_page (task);
    }
}

static void
send_page (GTask *task)
{
  DioHostedRun *run = g_task_get_task_data (task);

  g_clear_error (&run->page_error);
  dio_hosted_call_send_async (run->call, &run->question, DIO_HOSTED_MAX_JSON, NULL, NULL,
                              g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

/**
 * dio_hosted_run_set_known:
 * @self: a run
 * @ids: what our jobs are called at the provider
 */
void
dio_hosted_run_set_known (DioHostedRun *self,
                          GStrv         ids)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (self->known, g_strdup (ids[i]));
}

static void
ids_of_now_listed_cb (GObject      *object,
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
  run->question = (DioHostedQuestion) { .kind = DIO_HOSTED_LIST, .number = 1 };
  send_page (task);
}

/**
 * dio_hosted_run_look_among:
 * @task: of a run whose create may have arrived
 * @next: what follows, with the candidates or the page's error
 *
 * Counts what came since the create, but for jobs of ours that have a name.
 */
void
dio_hosted_run_look_among (GTask         *task,
                           DioHostedStep  next)
{
  DioHostedRun *run = g_task_get_task_data (task);

  run->next = next;
  run->n_candidates = 0;
  g_clear_pointer (&run->candidate, dio_wire_reply_free);
  dio_job_store_list_remote_ids_async (run->store, run->call->account->provider_id,
                                       ids_of_now_listed_cb, g_object_ref (task));
}

/* That the list cannot be had is no reason not to send. */
static void
first_page_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GPtrArray) jobs = NULL;
  g_autoptr(GError) error = NULL;

  reply = dio_hosted_call_send_finish (run->call, result, NULL, &error);
  if (reply != NULL)
    jobs = DIO_HOSTED_PROVIDER_GET_CLASS (run->provider)->read_list (reply, &error);

  if (jobs != NULL)
    take_newest (run, "0");
  else
    g_debug ("Past outputs cannot be listed: %s", error->message);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    take_newest (run, ((DioWireReply *) g_ptr_array_index (jobs, i))->remote_id);

  run->next (task);
}

static void
ids_before_listed_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  DioHostedRun *run = g_task_get_task_data (task);
  const DioHostedQuestion question = { .kind = DIO_HOSTED_LIST, .number = 1 };
  g_auto(GStrv) ids = NULL;
  GError *error = NULL;

  ids = dio_job_store_list_remote_ids_finish (DIO_JOB_STORE (object), result, &error);
  if (ids == NULL)
    {
      dio_hosted_run_end (task, error);
      return;
    }

  g_clear_pointer (&run->pictures->before, g_free);
  for (guint i = 0; ids[i] != NULL; i++)
    take_newest (run, ids[i]);

  dio_hosted_call_send_async (run->call, &question, DIO_HOSTED_MAX_JSON, NULL, NULL,
                              g_task_get_cancellable (task), first_page_cb, g_object_ref (task));
}

/**
 * dio_hosted_run_look_before:
 * @task: of a run whose create is about to be sent
 * @next: what follows
 *
 * Notes the newest id that is there, by which what comes later is told from it.
 */
void
dio_hosted_run_look_before (GTask         *task,
                            DioHostedStep  next)
{
  DioHostedRun *run = g_task_get_task_data (task);

  run->next = next;
  dio_job_store_list_remote_ids_async (run->store, run->call->account->provider_id,
                                       ids_before_listed_cb, g_object_ref (task));
}
