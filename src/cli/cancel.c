/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli cancel: ends a job, and says whether it is paid all the same. */

#include "config.h"

#include "dio-cli-account.h"
#include "dio-cli-job.h"
#include "dio-cli.h"
#include "dio-error.h"

#include <glib/gi18n.h>

typedef struct
{
  gboolean      key_stdin;
  gboolean      json;
  GCancellable *cancellable; /* (owned) */
  DioStudio    *studio;      /* (owned) */
  DioJob       *job;         /* (owned) (nullable) */
} Cancel;

static gboolean
take (Cancel               *self,
      const DioJobSummary  *summary,
      GError              **error)
{
  if (dio_job_state_is_over (summary->state))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Job %s is over", summary->id);
      return FALSE;
    }

  if (self->key_stdin && summary->account != NULL &&
      !dio_cli_account_take_key_for (self->studio, summary->provider_id, summary->account, error))
    return FALSE;

  /* What is not sent yet must not be, on its way to being cancelled. */
  dio_job_queue_set_paused (dio_studio_get_queue (self->studio), TRUE);
  self->job = dio_cli_job_take (self->studio, summary, error);

  return self->job != NULL;
}

static void
tell (Cancel *self)
{
  const DioJobRemote *remote = dio_job_get_remote (self->job);
  gboolean was_sent = remote->sent_at > 0;
  const char *bills = dio_cli_job_get_cancel_bills (self->studio, self->job);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  if (!self->json)
    {
      dio_cli_print (was_sent && bills != NULL ? _(bills) : _("It was not sent: nothing is billed."));
      return;
    }

  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "job", dio_job_get_id (self->job));
  dio_cli_add_text (builder, "state", dio_job_state_get_nick (dio_job_get_state (self->job)));
  dio_cli_add_billed (builder, was_sent ? remote->billed : DIO_BILLED_NO);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

static gboolean
run (Cancel      *self,
     const char  *id,
     GError     **error)
{
  g_autoptr(GPtrArray) summaries = NULL;
  g_autoptr(GError) outcome = NULL;
  const DioJobSummary *summary;

  self->studio = dio_cli_studio_new ();
  if (!dio_cli_studio_open (self->studio, self->cancellable, error) ||
      (summaries = dio_cli_job_load_all (self->studio, error)) == NULL ||
      (summary = dio_cli_job_find (summaries, id, error)) == NULL ||
      !take (self, summary, error))
    return FALSE;

  dio_job_cancel (self->job);
  dio_cli_job_wait (self->job, NULL, FALSE, &outcome);
  if (dio_job_get_state (self->job) == DIO_JOB_CANCELLED)
    {
      tell (self);
      return TRUE;
    }

  if (outcome != NULL)
    g_propagate_error (error, g_steal_pointer (&outcome));
  else
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Job %s was done before it was cancelled", summary->id);

  return FALSE;
}

int
dio_cli_cancel (char ***arguments)
{
  Cancel self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "key-stdin", 0, 0, G_OPTION_ARG_NONE, &self.key_stdin, N_ ("Read the account’s key from the standard input, for this run"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("ID"));
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("End a job that no running program drives, and tell whether it is billed all\n"
                                             "the same. ID is its number in “jobs”, or the beginning of it."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) ||
      !dio_cli_check_n (*arguments, 1, "ID", &error) ||
      !run (&self, (*arguments)[1], &error))
    status = dio_cli_fail_job (error, self.json, self.job, dio_cli_job_get_cancel_bills (self.studio, self.job));

  g_clear_object (&self.job);
  g_clear_pointer (&self.studio, dio_cli_studio_close);
  g_clear_object (&self.cancellable);

  return status;
}
