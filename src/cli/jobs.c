/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli jobs: what is under way, and what was. */

#include "config.h"

#include "dio-cli-job.h"
#include "dio-cli-summary.h"
#include "dio-cli.h"

#include <glib/gi18n.h>

typedef struct
{
  gboolean      all;
  gboolean      json;
  GCancellable *cancellable; /* (owned) */
  DioStudio    *studio;      /* (owned) */
} Jobs;

/* What a person has yet to see the end of. */
static gboolean
is_open (const DioJobSummary *summary)
{
  return !dio_job_state_is_over (summary->state) || summary->state == DIO_JOB_OUTCOME_UNKNOWN;
}

static void
print_job (const DioJobSummary *summary)
{
  const char *text = summary->title != NULL && *summary->title != '\0' ? summary->title : summary->prompt;
  g_autofree char *created = dio_cli_format_time (summary->created);
  g_autofree char *provider = dio_cli_pad (summary->provider_id, 10);
  g_autofree char *state = dio_cli_pad (dio_cli_summary_describe_state (summary), 16);
  g_autofree char *pictures = g_strdup_printf ("%u/%u", summary->n_pictures, summary->n_wanted);
  g_autofree char *line = g_strjoin ("  ", summary->id, created, provider, state, pictures, text, NULL);

  /* One job is one line, whatever is in its prompt. */
  dio_cli_print (g_strdelimit (line, "\n\r\t", ' '));
}

static gboolean
run (Jobs    *self,
     GError **error)
{
  g_autoptr(GPtrArray) summaries = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;
  guint n = 0;

  self->studio = dio_cli_studio_new ();
  if (!dio_cli_studio_open (self->studio, self->cancellable, error) ||
      (summaries = dio_cli_job_load_all (self->studio, error)) == NULL)
    return FALSE;

  json_builder_begin_array (builder);
  for (guint i = 0; i < summaries->len; i++)
    {
      const DioJobSummary *summary = g_ptr_array_index (summaries, i);

      if (!self->all && !is_open (summary))
        continue;

      n++;
      dio_cli_summary_add (builder, summary);
      if (!self->json)
        print_job (summary);
    }
  json_builder_end_array (builder);

  node = json_builder_get_root (builder);
  if (self->json)
    dio_cli_print_json (node);
  else if (n == 0 && summaries->len > 0)
    dio_cli_print_error ("%s", _("No job is open; “--all” lists those that are over."));

  return TRUE;
}

int
dio_cli_jobs (char ***arguments)
{
  Jobs self = { .json = dio_cli_wants_json (*arguments) };
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &self.all, N_ ("List those that are over, too"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  int status = DIO_CLI_EXIT_SUCCESS;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_ ("List the jobs that are not over, or of which nobody knows how they ended."));
  self.cancellable = dio_cli_watch_signals ();
  if (!dio_cli_parse (context, arguments, &error) ||
      !dio_cli_check_n (*arguments, 0, NULL, &error) ||
      !run (&self, &error))
    status = dio_cli_fail (error, self.json);

  g_clear_pointer (&self.studio, dio_cli_studio_close);
  g_clear_object (&self.cancellable);

  return status;
}
