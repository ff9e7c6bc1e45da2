/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli job: one job; its pictures; and whether its provider has more. */

#include "config.h"

#include "dio-cli-account.h"
#include "dio-cli-file.h"
#include "dio-cli-job.h"
#include "dio-cli-results.h"
#include "dio-cli-summary.h"
#include "dio-cli.h"
#include "dio-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

typedef struct
{
  char                 *output;      /* (owned) (nullable) */
  gboolean              check;
  gboolean              json;
  gboolean              key_stdin;
  GCancellable         *cancellable; /* (owned) */
  DioStudio            *studio;      /* (owned) */
  GPtrArray            *summaries;   /* (owned) (element-type DioJobSummary) */
  const DioJobSummary  *summary;     /* (borrowed): from summaries */
  DioJob               *job;         /* (owned) (nullable): while it is checked */
  gboolean              made_folder;
  guint                 n_written;
} Job;

static gboolean
find_summary (Job         *self,
              const char  *id,
              GError     **error)
{
  g_clear_pointer (&self->summaries, g_ptr_array_unref);
  self->summaries = dio_cli_job_load_all (self->studio, error);
  self->summary = self->summaries != NULL ? dio_cli_job_find (self->summaries, id, error) : NULL;

  return self->summary != NULL;
}

/* Asking again costs nothing; a create is never sent for what was sent, and what
 * was not is not sent from here. */
static gboolean
check_again (Job      *self,
             GError  **error)
{
  const DioJobSummary *summary = self->summary;

  if (summary->state < DIO_JOB_SENDING)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "Job %s was not sent yet; “diorama-cli resume” goes on with it", summary->id);
      return FALSE;
    }

  if (self->key_stdin && summary->account != NULL &&
      !dio_cli_account_take_key_for (self->studio, summary->provider_id, summary->account, error))
    return FALSE;

  self->job = dio_cli_job_take (self->studio, summary, error);
  if (self->job == NULL)
    return FALSE;

  if (dio_job_can_check_again (self->job))
    dio_job_queue_check_again (dio_studio_get_queue (self->studio), self->job);

  return dio_cli_job_wait (self->job, self->cancellable, !self->json, error);
}

static gboolean
write_pictures (Job      *self,
                GError  **error)
{
  return self->output == NULL ||
         dio_cli_results_write_kept (dio_studio_get_library (self->studio), self->summary,
                                     self->output, self->json, &self->n_written, error);
}

static void
print_words (const char *heading,
             const char *words)
{
  g_autofree char *plain = NULL;

  if (words == NULL)
    return;

  plain = dio_cli_dup_plain (words);
  dio_cli_print (heading);
  dio_cli_print (plain);
}

static void
print_job (Job *self)
{
  const DioJobRemote *remote = &self->summary->remote;
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (!self->json)
    {
      dio_cli_summary_print (self->summary);
      dio_cli_results_print_kept (dio_studio_get_library (self->studio), self->summary->id, FALSE);
      print_words (_("What was sent:"), remote->sent);
      print_words (_("The provider’s own words:"), remote->answer);
      return;
    }

  builder = json_builder_new ();
  dio_cli_summary_add (builder, self->summary);
  node = json_builder_get_root (builder);
  json_object_set_string_member (json_node_get_object (node), "sent", remote->sent);
  json_object_set_string_member (json_node_get_object (node), "answer", remote->answer);
  dio_cli_print_json (node);
}

static gboolean
run (Job         *self,
     const char  *id,
     GError     **error)
{
  self->studio = dio_cli_studio_new ();
  if (self->output != NULL && !dio_cli_file_open_folder (self->output, &self->made_folder, error))
    return FALSE;
  if (!dio_cli_studio_open (self->studio, self->cancellable, error) || !find_summary (self, id, error))
    return FALSE;

  if ((self->check || self->key_stdin) && !check_again (self, error))
    {
      /* What came all the same is handed over. */
      if (self->job != NULL)
        write_pictures (self, NULL);
      return FALSE;
    }

  if (self->output != NULL)
    return write_pictures (self, error);
  if (!find_summary (self, id, error))
    return FALSE;

  print_job (self);

  return TRUE;
}

static void
clear (Job *self)
{
  if (self->made_folder && self->n_written == 0)
    g_rmdir (self->output);

  g_free (self->output);
  g_clear_object (&self->job);
  g_clear_pointer (&self->summaries, g_ptr_array_unref);
  g_clear_pointer (&self->studio, dio_cli_studio_close);
  g_clear_object (&self->cancellable);
}

int
dio_cli_job (char ***arguments)
{
  Job self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &self.output, N_ ("Copy its pictures into a folder"), N_ ("DIR") },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self.check, N_ ("Ask the provider for what has not come, which costs nothing"), NULL },
    { "key-stdin", 0, 0, G_OPTION_ARG_NONE, &self.key_stdin, N_ ("Ask it with the key that is on the standard input"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (N_ ("ID"));
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("Tell of a job: what was sent, what the provider said, and what it cost.\n"
                                             "ID is its number in “jobs”, or the beginning of it."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) ||
      !dio_cli_check_n (*arguments, 1, "ID", &error) ||
      !run (&self, (*arguments)[1], &error))
    status = dio_cli_fail_job (error, self.json, self.job, dio_cli_job_get_cancel_bills (self.studio, self.job));

  clear (&self);

  return status;
}
