/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do with a job: the same from the gallery and from the page
 * of all jobs, which install these names as actions. */

#include "config.h"

#include "dio-job-actions.h"

#include "dio-error.h"
#include "dio-job-retry.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

/* Full; NULL once it is no longer listed. */
DioJob *
dio_job_find (DioStudio  *studio,
              const char *id)
{
  GListModel *queue = G_LIST_MODEL (dio_studio_get_queue (studio));

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr(DioJob) job = g_list_model_get_item (queue, i);

      if (g_str_equal (dio_job_get_id (job), id))
        return g_steal_pointer (&job);
    }

  return NULL;
}

/* What was sent goes on at the provider, and may cost all the same. */
static void
cancel (DioStudio *studio,
        DioJob    *job,
        GtkWidget *near)
{
  DioProvider *provider = dio_studio_find_provider (studio, dio_request_get_provider_id (dio_job_get_request (job)));
  const DioProviderFacts *facts = provider != NULL ? dio_provider_get_facts (provider) : NULL;
  gboolean is_sent = dio_job_get_state (job) >= DIO_JOB_SENDING;
  g_autofree char *text = NULL;

  dio_job_cancel (job);
  if (!is_sent || facts == NULL || facts->cancel_bills == NULL)
    return;

  /* Translators: a toast; %s is a sentence on whether a provider still bills. */
  text = g_strdup_printf (_("Job cancelled. %s"), _(facts->cancel_bills));
  dio_toast_show (near, dio_toast_new (text));
}

static void
retry (DioStudio *studio,
       DioJob    *job,
       GtkWidget *near)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (jobs, g_object_ref (job));
  dio_job_retry (studio, jobs, near);
}

void
dio_job_act (DioStudio  *studio,
             DioJob     *job,
             const char *action,
             GtkWidget  *near)
{
  DioJobQueue *queue = dio_studio_get_queue (studio);
  gboolean is_over = dio_job_state_is_over (dio_job_get_state (job));

  if (g_str_equal (action, "job.cancel") && !is_over)
    cancel (studio, job, near);
  else if (g_str_equal (action, "job.check-again") && dio_job_can_check_again (job))
    dio_job_queue_check_again (queue, job);
  else if (g_str_equal (action, "job.dismiss") && is_over)
    dio_job_queue_remove (queue, job);
  else if (g_str_equal (action, "job.retry") && is_over)
    retry (studio, job, near);
}

/* Where the key of its account is, or the caps. */
void
dio_job_open_preferences (DioJob    *job,
                          GtkWidget *near)
{
  const DioAccount *account = dio_job_get_account (job);

  if (account != NULL && !g_error_matches (dio_job_get_error (job), DIO_ERROR, DIO_ERROR_BUDGET))
    gtk_widget_activate_action (near, "app.account", "(ss)", account->provider_id, account->name);
  else
    gtk_widget_activate_action (near, "app.preferences", NULL);
}
