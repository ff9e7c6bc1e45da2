/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diorama-cli: finds the verb and runs it. */

#include "config.h"

#include "dio-cli.h"

#include "dio-error.h"
#include "dio-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  const char *name;
  const char *summary;
  int       (*run) (char ***arguments);
} Verb;

static const Verb verbs[] = {
  { "compose", N_ ("Combine photos into one picture"), dio_cli_compose },
  { "cutout", N_ ("Take the backdrop out of a photo"), dio_cli_cut_out },
  { "sheet", N_ ("Put pictures side by side on one page"), dio_cli_sheet },
  { "models", N_ ("List the models that make pictures"), dio_cli_models },
  { "parameters", N_ ("List what can be set for a model"), dio_cli_parameters },
  { "jobs", N_ ("List the jobs that are not over"), dio_cli_jobs },
  { "job", N_ ("Tell of a job, copy its pictures, or ask for them again"), dio_cli_job },
  { "resume", N_ ("Drive what earlier runs have left to its end"), dio_cli_resume },
  { "cancel", N_ ("End a job"), dio_cli_cancel },
  { "spend", N_ ("Tell what was paid, and set the most for a day"), dio_cli_spend },
  { "key", N_ ("Keep, test or forget the key of an account"), dio_cli_key },
  { "library", N_ ("Back up, restore, check or search the library"), dio_cli_library },
  { "account", N_ ("List, add, change or remove accounts"), dio_cli_account },
};

static const Verb *
find_verb (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_str_equal (verbs[i].name, name))
        return &verbs[i];
    }

  return NULL;
}

static char *
describe_verbs (void)
{
  GString *text = g_string_new (_("Verbs:"));

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "\n  %-12s  %s", verbs[i].name, _(verbs[i].summary));
  /* Translators: do not translate “diorama-cli” and “--help”. */
  g_string_append_printf (text, "\n\n%s", _("“diorama-cli VERB --help” tells what a verb takes."));

  return g_string_free (text, FALSE);
}

static GOptionContext *
make_context (gboolean *version)
{
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Print the version and exit"), NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context = g_option_context_new (_("VERB …"));
  g_autofree char *verbs_text = describe_verbs ();
  g_autofree char *exits = dio_cli_describe_exits ();

  g_option_context_set_summary (context, verbs_text);
  g_option_context_set_description (context, exits);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE);

  return context;
}

static int
run (char ***arguments)
{
  gboolean version = FALSE;
  g_autoptr(GOptionContext) context = make_context (&version);
  g_autoptr(GError) error = NULL;
  const Verb *verb;

  /* A verb's own options are its own affair. */
  if ((*arguments)[0] != NULL && (*arguments)[1] != NULL &&
      (verb = find_verb ((*arguments)[1])) != NULL)
    {
      g_auto(GStrv) own = g_strdupv (*arguments + 1);

      return verb->run (&own);
    }

  if (!g_option_context_parse_strv (context, arguments, &error))
    return dio_cli_fail (error, FALSE);

  if (version)
    {
      dio_cli_print ("diorama-cli " PACKAGE_VERSION);
      return DIO_CLI_EXIT_SUCCESS;
    }

  if ((*arguments)[0] == NULL || (*arguments)[1] == NULL)
    dio_cli_set_usage_error (&error, "A verb is missing");
  else
    dio_cli_set_usage_error (&error, "There is no verb “%s”", (*arguments)[1]);

  return dio_cli_fail (error, dio_cli_wants_json (*arguments));
}

/* A script that reads our output must learn that it is not whole. */
static int
check_stdout (int status)
{
  g_autoptr(GError) error = NULL;

  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  error = g_error_new (DIO_ERROR, DIO_ERROR_STORAGE, "The output could not be written");

  return status != DIO_CLI_EXIT_SUCCESS ? status : dio_cli_fail (error, FALSE);
}

/* What is opened first would get the number of a stream that is closed, and
 * have our messages written into it. */
static void
hold_closed_streams (void)
{
  /* Not the other way round: reading and writing go on failing. */
  static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
        open ("/dev/null", modes[fd]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_auto(GStrv) arguments = g_strdupv (argv);

  dio_memory_set_up ();
  hold_closed_streams ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_prgname ("diorama-cli");
  /* stdout is for results: what is logged does not belong there. */
  g_log_writer_default_set_use_stderr (TRUE);
  /* Files only: no bus is asked for those of other kinds. */
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  /* Too large a file is an error like others, not the end of the program. */
  signal (SIGXFSZ, SIG_IGN);

  return check_stdout (run (&arguments));
}
