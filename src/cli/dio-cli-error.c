/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an error to what the command line prints and how it exits: one table. */

#include "config.h"

#include "dio-cli-error.h"

#include "dio-cli.h"
#include "dio-error.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (dio-cli-usage-error-quark, dio_cli_usage_error)

/**
 * Exit:
 * @code: how the program exits
 * @nick: the class in JSON
 * @sentence: translatable: what happened and what to do about it
 */
typedef struct
{
  int         code;
  const char *nick;
  const char *sentence;
} Exit;

static const Exit success = { DIO_CLI_EXIT_SUCCESS, "success", N_ ("Everything was done.") };
static const Exit unexpected = { DIO_CLI_EXIT_UNEXPECTED, "unexpected", N_ ("Something unexpected went wrong. Try again.") };
static const Exit usage = { DIO_CLI_EXIT_USAGE, "usage", N_ ("The command line is not right. “--help” tells what can be given.") };
static const Exit cancelled = { DIO_CLI_EXIT_CANCELLED, "cancelled", N_ ("Cancelled.") };

static const char *const sentences[DIO_N_ERRORS] = {
  [DIO_ERROR_OFFLINE] = N_ ("The server could not be reached. Check the network and try again."),
  [DIO_ERROR_AUTH] = N_ ("The provider does not accept the key. Check it in the preferences of Diorama, or set it with “diorama-cli key set”."),
  [DIO_ERROR_PERMISSION] = N_ ("The account or this user may not do this. Check its permissions."),
  [DIO_ERROR_CREDIT] = N_ ("The account has no credit left. Add credit, or choose another provider."),
  [DIO_ERROR_BUDGET] = N_ ("This would go beyond the spending limit that was set. “diorama-cli spend cap” changes it."),
  [DIO_ERROR_BUSY] = N_ ("The provider is busy. Try again in a while."),
  [DIO_ERROR_TIMEOUT] = N_ ("There was no answer in time. Try again."),
  [DIO_ERROR_REFUSED] = N_ ("The provider refuses the prompt, a photo or its own picture. Change them and try again."),
  [DIO_ERROR_INVALID] = N_ ("A value or a file cannot be used. Change it and try again."),
  [DIO_ERROR_NOT_FOUND] = N_ ("Something that was named does not exist. Check its name."),
  [DIO_ERROR_SERVER] = N_ ("The provider failed. Try again later."),
  [DIO_ERROR_REPLY] = N_ ("The provider answered in an unexpected way. Check the address of the account, or try again later."),
  [DIO_ERROR_EXPIRED] = N_ ("The provider does not give the picture, or no longer keeps it. Ask for it again soon, or compose it anew."),
  [DIO_ERROR_STORAGE] = N_ ("A file could not be read or written. Check that the disk has space and can be written to."),
  [DIO_ERROR_OUTCOME_UNKNOWN] = N_ ("The request may have arrived and may be billed. It is not repeated by itself: look at the provider’s own pages, or ask again."),
  [DIO_ERROR_NEWER] = N_ ("The file was made by a newer version of Diorama. Update the program to use it."),
  [DIO_ERROR_UNTRUSTED] = N_ ("The server’s certificate does not prove who it is, so nothing was sent to it. Check the address, the clock and the network."),
};

static Exit
get_exit_of_code (DioError code)
{
  return (Exit) { DIO_CLI_EXIT_FIRST_ERROR + (int) code, dio_error_get_nick (code), sentences[code] };
}

static Exit
get_exit (const GError *error)
{
  g_autoptr(GError) sorted = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return cancelled;

  if (error->domain == DIO_CLI_USAGE_ERROR || error->domain == G_OPTION_ERROR)
    return usage;

  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
    {
      sorted = dio_error_from_io (error, "");
      return get_exit_of_code (sorted->code);
    }

  if (error->domain == DIO_ERROR && (guint) error->code < DIO_N_ERRORS)
    return get_exit_of_code (error->code);

  return unexpected;
}

/**
 * dio_cli_set_usage_error:
 * @error: return location for the error
 * @format: what is wrong with the command line, as for printf()
 * @...: what @format needs
 */
void
dio_cli_set_usage_error (GError     **error,
                         const char  *format,
                         ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (DIO_CLI_USAGE_ERROR, 0, format, args));
  va_end (args);
}

/**
 * dio_cli_prefix_error:
 * @error: (inout): an error
 * @path: the file that it is about
 *
 * Has the message begin with the file’s name, unless that is in it.
 */
void
dio_cli_prefix_error (GError     **error,
                      const char  *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (strstr ((*error)->message, name) == NULL)
    g_prefix_error (error, "%s: ", name);
}

/**
 * dio_cli_get_exit_code:
 * @error: (nullable): what went wrong, if anything
 *
 * Returns: the status that the program exits with
 */
int
dio_cli_get_exit_code (const GError *error)
{
  return error != NULL ? get_exit (error).code : DIO_CLI_EXIT_SUCCESS;
}

static void
append_exit (GString *text,
             Exit     exit)
{
  g_string_append_printf (text, "  %3d  %-15s  %s\n", exit.code, exit.nick, _(exit.sentence));
}

/**
 * dio_cli_describe_exits:
 *
 * Returns: (transfer full): the table of exit codes, for “--help”
 */
char *
dio_cli_describe_exits (void)
{
  GString *text = g_string_new (_("Exit status:"));

  g_string_append_c (text, '\n');
  append_exit (text, success);
  append_exit (text, unexpected);
  append_exit (text, usage);
  for (int i = 0; i < DIO_N_ERRORS; i++)
    append_exit (text, get_exit_of_code (i));
  append_exit (text, cancelled);

  return g_string_free (text, FALSE);
}

/* Whether a job was charged, as far as anybody knows. */
static DioBilled
get_billed (DioJob *job)
{
  const DioJobRemote *remote;

  if (job == NULL || dio_job_get_account (job) == NULL)
    return DIO_BILLED_NO;

  remote = dio_job_get_remote (job);

  return remote->sent_at > 0 ? remote->billed : DIO_BILLED_NO;
}

/**
 * dio_cli_add_billed:
 * @builder: in an object
 * @billed: whether something was charged
 *
 * Adds true, false or, where only the provider can tell, null.
 */
void
dio_cli_add_billed (JsonBuilder *builder,
                    DioBilled    billed)
{
  json_builder_set_member_name (builder, "billed");
  if (billed == DIO_BILLED_UNKNOWN)
    json_builder_add_null_value (builder);
  else
    json_builder_add_boolean_value (builder, billed == DIO_BILLED_YES);
}

/**
 * dio_cli_describe_billed:
 * @billed: whether something was charged
 *
 * Returns: a sentence in the person's language
 */
const char *
dio_cli_describe_billed (DioBilled billed)
{
  switch (billed)
    {
    case DIO_BILLED_NO:
      return _("Nothing is billed.");

    case DIO_BILLED_YES:
      return _("It is billed.");

    case DIO_BILLED_UNKNOWN:
      return _("Whether it is billed is not known.");

    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
is_paid (DioJob *job)
{
  return job != NULL && dio_job_get_account (job) != NULL;
}

static void
print_json (Exit        exit,
            const char *message,
            DioJob     *job)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "class");
  json_builder_add_string_value (builder, exit.nick);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  dio_cli_add_billed (builder, get_billed (job));
  if (is_paid (job))
    {
      json_builder_set_member_name (builder, "job");
      json_builder_add_string_value (builder, dio_job_get_id (job));
      json_builder_set_member_name (builder, "answer");
      json_builder_add_string_value (builder, dio_job_get_remote (job)->answer);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  dio_cli_print_json (node);
}

/* Whoever wrote them may not command the terminal. */
static void
print_answer (const char *answer)
{
  g_autofree char *plain = dio_cli_dup_plain (answer);
  g_auto(GStrv) lines = g_strsplit (plain, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    dio_cli_print_error ("    %s", *line);
}

/* What a person wants to know of money that may be gone. */
static void
print_job (DioJob     *job,
           gboolean    is_cancelled,
           const char *cancel_bills)
{
  const DioJobRemote *remote = dio_job_get_remote (job);

  if (is_cancelled && remote->sent_at > 0 && cancel_bills != NULL)
    dio_cli_print_error ("  %s", _(cancel_bills));
  else
    dio_cli_print_error ("  %s", dio_cli_describe_billed (get_billed (job)));

  if (dio_job_is_unstored (job))
    dio_cli_print_error ("%s", _("  “diorama-cli resume” stores its pictures as soon as there is a place, which costs nothing."));
  else if (dio_job_can_check_again (job))
    /* Translators: “%s” is the number of a job; what stands before it is typed as it is. */
    dio_cli_print_error (_("  “diorama-cli job %s --check” asks for its pictures again, which costs nothing."),
                         dio_job_get_id (job));

  if (remote->answer != NULL && !is_cancelled)
    {
      dio_cli_print_error ("  %s", _("The provider’s own words:"));
      print_answer (remote->answer);
    }
}

/**
 * dio_cli_fail:
 * @error: what went wrong
 * @json: whether to tell it as a line of JSON on stdout, not as text on stderr
 *
 * For what costs nothing.
 *
 * Returns: the status that the program exits with
 */
int
dio_cli_fail (const GError *error,
              gboolean      json)
{
  return dio_cli_fail_job (error, json, NULL, NULL);
}

/**
 * dio_cli_fail_job:
 * @error: what went wrong
 * @json: whether to tell it as a line of JSON on stdout, not as text on stderr
 * @job: (nullable): the job that it went wrong with
 * @cancel_bills: (nullable): translatable, whether its provider charges for a
 *   job that was cancelled
 *
 * Returns: the status that the program exits with
 */
int
dio_cli_fail_job (const GError *error,
                  gboolean      json,
                  DioJob       *job,
                  const char   *cancel_bills)
{
  Exit exit = get_exit (error);
  g_autofree char *message = dio_cli_dup_plain (error->message);
  gboolean is_cancelled = exit.code == DIO_CLI_EXIT_CANCELLED;

  if (json)
    {
      print_json (exit, message, job);
      return exit.code;
    }

  if (is_cancelled)
    dio_cli_print_error ("diorama-cli: %s", _(exit.sentence));
  else
    dio_cli_print_error ("diorama-cli: %s\n  %s", _(exit.sentence), message);
  if (is_paid (job))
    print_job (job, is_cancelled, cancel_bills);

  return exit.code;
}
