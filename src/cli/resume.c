/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli resume: drives what earlier runs have left to its end. */

#include "config.h"

#include "dio-cli-account.h"
#include "dio-cli-job.h"
#include "dio-cli-results.h"
#include "dio-cli.h"
#include "dio-error.h"

#include <glib/gi18n.h>

typedef struct
{
  char         *provider;    /* (owned) (nullable) */
  char         *account;     /* (owned) (nullable) */
  gboolean      key_stdin;
  gboolean      json;
  GCancellable *cancellable; /* (owned) */
  DioStudio    *studio;      /* (owned) */
  GPtrArray    *jobs;        /* (owned) (element-type DioJob) */
} Resume;

/* What was made had no place, and may have one now. */
static gboolean
is_unstored (const DioJobSummary *summary)
{
  return summary->state == DIO_JOB_FAILED && summary->n_pictures < summary->n_wanted &&
         g_strcmp0 (summary->error_class, dio_error_get_nick (DIO_ERROR_STORAGE)) == 0 &&
         summary->remote.sent_at > 0 && summary->remote.billed != DIO_BILLED_NO;
}

static gboolean
is_meant (Resume              *self,
          const DioJobSummary *summary)
{
  gboolean is_open = !dio_job_state_is_over (summary->state) && !summary->is_driven;

  return summary->account != NULL && (is_open || is_unstored (summary)) &&
         (self->provider == NULL || g_str_equal (self->provider, summary->provider_id)) &&
         (self->account == NULL || g_strcmp0 (self->account, summary->account) == 0);
}

/* Returns: (element-type DioJobSummary): what is to be driven, oldest first */
static GPtrArray *
select_jobs (Resume    *self,
             GPtrArray *all)
{
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = all->len; i > 0; i--)
    {
      if (is_meant (self, g_ptr_array_index (all, i - 1)))
        g_ptr_array_add (selected, g_ptr_array_index (all, i - 1));
    }

  return selected;
}

/* A key must never reach another provider than its own. */
static gboolean
take_key (Resume     *self,
          GPtrArray  *selected,
          GError    **error)
{
  const DioJobSummary *first = NULL;

  for (guint i = 0; i < selected->len; i++)
    {
      const DioJobSummary *summary = g_ptr_array_index (selected, i);

      if (summary->account == NULL)
        continue;

      if (first == NULL)
        first = summary;
      if (!g_str_equal (first->provider_id, summary->provider_id) || !g_str_equal (first->account, summary->account))
        {
          dio_cli_set_usage_error (error, "The open jobs are of several accounts, and there is one key: "
                                          "--provider and --account tell which are meant");
          return FALSE;
        }
    }

  return first == NULL || dio_cli_account_take_key_for (self->studio, first->provider_id, first->account, error);
}

/* What another program has taken by now is its affair. */
static gboolean
take_jobs (Resume     *self,
           GPtrArray  *selected,
           GError    **error)
{
  for (guint i = 0; i < selected->len; i++)
    {
      g_autoptr(GError) local_error = NULL;
      DioJob *job = dio_cli_job_take (self->studio, g_ptr_array_index (selected, i), &local_error);

      if (job != NULL)
        {
          g_ptr_array_add (self->jobs, job);
          if (dio_job_is_unstored (job))
            dio_job_queue_check_again (dio_studio_get_queue (self->studio), job);
        }
      else if (!g_error_matches (local_error, DIO_ERROR, DIO_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

static void
print_state (Resume *self,
             DioJob *job)
{
  const char *nick = dio_job_state_get_nick (dio_job_get_state (job));
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (!self->json)
    {
      dio_cli_print_error ("%s: %s", dio_job_get_id (job), nick);
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "job", dio_job_get_id (job));
  dio_cli_add_text (builder, "state", nick);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static gboolean
is_over (Resume *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      if (!dio_job_state_is_over (dio_job_get_state (g_ptr_array_index (self->jobs, i))))
        return FALSE;
    }

  return TRUE;
}

/* Returns: the status of the worst */
static int
tell_ends (Resume *self)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  int worst = DIO_CLI_EXIT_SUCCESS;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      DioJob *job = g_ptr_array_index (self->jobs, i);
      g_autoptr(GError) error = NULL;
      gboolean is_done = dio_cli_job_wait (job, NULL, FALSE, &error);
      int status = DIO_CLI_EXIT_SUCCESS;

      print_state (self, job);
      dio_cli_results_print_kept (library, dio_job_get_id (job), self->json);
      if (!is_done)
        status = dio_cli_fail_job (error, self->json, job, dio_cli_job_get_cancel_bills (self->studio, job));
      worst = MAX (worst, status);
    }

  return worst;
}

static gboolean
run (Resume  *self,
     int     *status,
     GError **error)
{
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) selected = NULL;

  self->studio = dio_cli_studio_new ();
  if (!dio_cli_studio_open (self->studio, self->cancellable, error) ||
      (all = dio_cli_job_load_all (self->studio, error)) == NULL)
    return FALSE;

  selected = select_jobs (self, all);
  if (selected->len == 0 && !self->json)
    dio_cli_print_error ("%s", _("No job was left open."));
  if ((self->key_stdin && !take_key (self, selected, error)) || !take_jobs (self, selected, error))
    return FALSE;

  while (!is_over (self) && !g_cancellable_is_cancelled (self->cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    {
      if (!self->json)
        dio_cli_print_error ("%s", _("The jobs stay as they are; “diorama-cli resume” goes on with them."));
      return FALSE;
    }

  *status = tell_ends (self);

  return TRUE;
}

static void
clear (Resume *self)
{
  gboolean is_left = !is_over (self);

  g_free (self->provider);
  g_free (self->account);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  /* What is left under way is left as by a power cut, which every job bears:
   * closing would wait for its end. */
  if (!is_left)
    g_clear_pointer (&self->studio, dio_cli_studio_close);
  g_clear_object (&self->cancellable);
}

int
dio_cli_resume (char ***arguments)
{
  Resume self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "provider", 0, 0, G_OPTION_ARG_STRING, &self.provider, N_ ("Only jobs at this provider"), N_ ("ID") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &self.account, N_ ("Only jobs of this account"), N_ ("NAME") },
    { "key-stdin", 0, 0, G_OPTION_ARG_NONE, &self.key_stdin, N_ ("Read the account’s key from the standard input, for this run"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  self.jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Drive to their end the jobs that earlier runs have left.\n"
                                             "What a provider has is asked for, and never ordered twice. The exit status is\n"
                                             "that of the job that ended worst."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) ||
      !dio_cli_check_n (*arguments, 0, NULL, &error) ||
      !run (&self, &status, &error))
    status = dio_cli_fail (error, self.json);

  clear (&self);

  return status;
}
