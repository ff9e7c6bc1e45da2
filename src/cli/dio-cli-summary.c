/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the library, as text and as JSON. */

#include "config.h"

#include "dio-cli-summary.h"

#include "dio-cli-price.h"
#include "dio-cli.h"

#include <glib/gi18n.h>

/**
 * dio_cli_summary_describe_state:
 * @summary: a job
 *
 * Returns: a word or two in the person's language
 */
const char *
dio_cli_summary_describe_state (const DioJobSummary *summary)
{
  switch (summary->state)
    {
    /* Translators: these are states of a job, in a column of a table. */
    case DIO_JOB_DRAFT:
    case DIO_JOB_STORED:
    case DIO_JOB_WAITING:
      return _("not sent");

    case DIO_JOB_SENDING:
      return _("being sent");

    case DIO_JOB_ACCEPTED:
    case DIO_JOB_MAKING:
      return _("being made");

    case DIO_JOB_DOWNLOADING:
      return _("coming");

    case DIO_JOB_DONE:
      return _("done");

    case DIO_JOB_FAILED:
      return _("failed");

    case DIO_JOB_OUTCOME_UNKNOWN:
      return _("outcome unknown");

    case DIO_JOB_CANCELLED:
      return _("cancelled");

    default:
      g_return_val_if_reached (NULL);
    }
}

static DioBilled
get_billed (const DioJobSummary *summary)
{
  return summary->account != NULL && summary->remote.sent_at > 0 ? summary->remote.billed : DIO_BILLED_NO;
}

/**
 * dio_cli_summary_add:
 * @builder: in an array
 * @summary: a job
 *
 * Adds an object.
 */
void
dio_cli_summary_add (JsonBuilder         *builder,
                     const DioJobSummary *summary)
{
  const DioJobRemote *remote = &summary->remote;

  json_builder_begin_object (builder);
  dio_cli_add_text (builder, "id", summary->id);
  dio_cli_add_text (builder, "provider", summary->provider_id);
  dio_cli_add_text (builder, "model", summary->model_id);
  dio_cli_add_text (builder, "account", summary->account);
  dio_cli_add_text (builder, "state", dio_job_state_get_nick (summary->state));
  json_builder_set_member_name (builder, "driven");
  json_builder_add_boolean_value (builder, summary->is_driven);
  dio_cli_add_text (builder, "prompt", summary->prompt);
  dio_cli_add_time (builder, "created", summary->created);
  dio_cli_add_time (builder, "updated", summary->updated);
  dio_cli_add_time (builder, "sent_at", remote->sent_at);
  json_builder_set_member_name (builder, "pictures");
  json_builder_add_int_value (builder, summary->n_pictures);
  json_builder_set_member_name (builder, "wanted");
  json_builder_add_int_value (builder, summary->n_wanted);
  dio_cli_add_text (builder, "remote_id", remote->id);
  dio_cli_add_time (builder, "expires", remote->expires);
  dio_cli_add_billed (builder, get_billed (summary));
  dio_cli_price_add (builder, "cost", &remote->cost);
  dio_cli_add_text (builder, "error_class", summary->error_class);
  dio_cli_add_text (builder, "error_message", summary->error_message);
  json_builder_end_object (builder);
}

static void
print_row (const char *label,
           const char *value)
{
  g_autofree char *cell = NULL;
  g_autofree char *line = NULL;

  if (value == NULL || *value == '\0')
    return;

  cell = dio_cli_pad (label, 12);
  line = g_strdup_printf ("%s  %s", cell, value);
  dio_cli_print (line);
}

static void
print_time (const char *label,
            gint64      time)
{
  g_autofree char *text = dio_cli_format_time (time);

  if (time > 0)
    print_row (label, text);
}

/**
 * dio_cli_summary_print:
 * @summary: a job
 *
 * Prints what is known of it, a line each.
 */
void
dio_cli_summary_print (const DioJobSummary *summary)
{
  const DioJobRemote *remote = &summary->remote;
  g_autofree char *pictures = g_strdup_printf (_("%u of %u"), summary->n_pictures, summary->n_wanted);
  g_autofree char *cost = dio_price_is_known (&remote->cost) ? dio_cli_price_describe (&remote->cost) : NULL;

  print_row (_("Job"), summary->id);
  print_row (_("State"), dio_cli_summary_describe_state (summary));
  print_row (_("Provider"), summary->provider_id);
  print_row (_("Model"), summary->model_id);
  print_row (_("Account"), summary->account);
  print_row (_("Prompt"), summary->prompt);
  print_row (_("Pictures"), pictures);
  print_time (_("Made"), summary->created);
  print_time (_("Sent"), remote->sent_at);
  print_row (_("Known as"), remote->id);
  print_time (_("Kept until"), remote->expires);
  if (summary->account != NULL)
    print_row (_("Billed"), dio_cli_describe_billed (get_billed (summary)));
  print_row (_("Cost"), cost);
  print_row (_("Error"), summary->error_message);
}
