/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verbs of the command line share: options, output and waiting. */

#include "config.h"

#include "dio-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/**
 * dio_cli_parse:
 * @context: what the verb takes
 * @arguments: (inout): the verb and what was typed after it; what is no option stays
 * @error: return location for a usage error
 *
 * Prints and exits where the help was asked for.
 *
 * Returns: %FALSE when the options are not right
 */
gboolean
dio_cli_parse (GOptionContext   *context,
               char           ***arguments,
               GError          **error)
{
  g_autofree char *name = g_strdup_printf ("diorama-cli %s", **arguments);

  /* The help begins with the name of the program. */
  g_set_prgname (name);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);

  return g_option_context_parse_strv (context, arguments, error);
}

/**
 * dio_cli_wants_json:
 * @arguments: what was typed
 *
 * Returns: whether “--json” is among the options, even if others are wrong
 */
gboolean
dio_cli_wants_json (char **arguments)
{
  for (char **argument = arguments; *argument != NULL && strcmp (*argument, "--") != 0; argument++)
    {
      if (g_str_equal (*argument, "--json"))
        return TRUE;
    }

  return FALSE;
}

/**
 * dio_cli_check_n:
 * @arguments: the verb and what is left after its options
 * @n_expected: how many there must be beside the verb
 * @names: what they are called in the help
 * @error: return location for a usage error
 *
 * Drops a “--”, which GOption leaves in place.
 *
 * Returns: whether there are that many
 */
gboolean
dio_cli_check_n (char       **arguments,
                 guint        n_expected,
                 const char  *names,
                 GError     **error)
{
  guint n;

  if (arguments[1] != NULL && g_str_equal (arguments[1], "--"))
    {
      g_free (arguments[1]);
      memmove (&arguments[1], &arguments[2], sizeof (char *) * g_strv_length (&arguments[1]));
    }

  n = g_strv_length (arguments) - 1;
  if (n < n_expected)
    dio_cli_set_usage_error (error, "%s is missing", names);
  else if (n > n_expected)
    dio_cli_set_usage_error (error, "“%s” is too much", arguments[n_expected + 1]);

  return n == n_expected;
}

/**
 * dio_cli_decode:
 * @argument: as typed
 * @error: return location for a usage error
 *
 * GOption would refuse UTF-8 in the C locale, which is what cron and many
 * containers run in.
 *
 * Returns: (transfer full) (nullable): @argument as UTF-8
 */
char *
dio_cli_decode (const char  *argument,
                GError     **error)
{
  char *text;

  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);

  text = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);
  if (text == NULL)
    dio_cli_set_usage_error (error, "A text is neither UTF-8 nor in the character set of the locale");

  return text;
}

/**
 * dio_cli_print:
 * @line: a line of output, in the file system's encoding if it has a path
 *
 * g_print() would replace what the locale cannot show, and so break paths.
 */
void
dio_cli_print (const char *line)
{
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

/**
 * dio_cli_print_json:
 * @node: what to print, on one line
 */
void
dio_cli_print_json (JsonNode *node)
{
  g_autofree char *line = json_to_string (node, FALSE);

  dio_cli_print (line);
}

/**
 * dio_cli_add_text:
 * @builder: in an object
 * @name: of the new member
 * @text: (nullable): its value
 */
void
dio_cli_add_text (JsonBuilder *builder,
                  const char  *name,
                  const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/**
 * dio_cli_add_time:
 * @builder: in an object
 * @name: of the new member
 * @time: in microseconds since 1970; null where it is 0
 *
 * Adds ISO 8601, which other programs read.
 */
void
dio_cli_add_time (JsonBuilder *builder,
                  const char  *name,
                  gint64       time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = time > 0 && date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  dio_cli_add_text (builder, name, text);
}

/**
 * dio_cli_format_time:
 * @time: in microseconds since 1970
 *
 * Returns: (transfer full): the local time, to the minute
 */
char *
dio_cli_format_time (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/**
 * dio_cli_print_error:
 * @format: what to tell the person, as for printf()
 * @...: what @format needs
 */
void
dio_cli_print_error (const char *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputc ('\n', stderr);
}

/**
 * dio_cli_dup_plain:
 * @text: somebody else's words
 *
 * Returns: (transfer full): @text, from which a terminal takes no commands; its
 *   lines stay
 */
char *
dio_cli_dup_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *plain = g_string_sized_new (strlen (valid));

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      g_string_append_unichar (plain, g_unichar_iscntrl (letter) && letter != '\n' ? ' ' : letter);
    }

  return g_string_free (plain, FALSE);
}

/**
 * dio_cli_pad:
 * @text: a cell of a table
 * @width: of its column
 *
 * Returns: (transfer full): @text with blanks behind it up to @width characters
 */
char *
dio_cli_pad (const char *text,
             guint       width)
{
  glong length = g_utf8_strlen (text, -1);

  return g_strdup_printf ("%s%*s", text, MAX (0, (int) width - (int) length), "");
}

static gboolean
signalled_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  /* The second Ctrl+C ends the program at once. */
  return G_SOURCE_REMOVE;
}

/**
 * dio_cli_watch_signals:
 *
 * Returns: (transfer full): cancelled by Ctrl+C and by a request to terminate
 */
GCancellable *
dio_cli_watch_signals (void)
{
  GCancellable *cancellable = g_cancellable_new ();

  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGINT, signalled_cb,
                          g_object_ref (cancellable), g_object_unref);
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGTERM, signalled_cb,
                          g_object_ref (cancellable), g_object_unref);

  return cancellable;
}

/**
 * dio_cli_result_cb:
 * @source: unused
 * @result: what came
 * @user_data: a place for a #GAsyncResult, to be given to dio_cli_wait()
 */
void
dio_cli_result_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/**
 * dio_cli_wait:
 * @result: where dio_cli_result_cb() leaves its result
 *
 * Returns: (transfer full): the result, once it is there
 */
GAsyncResult *
dio_cli_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (result);
}
