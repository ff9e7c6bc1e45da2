/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that are typed or piped in. A key of two halves comes on two lines, and
 * is kept with a colon between them. No message here repeats what was read. */

#include "config.h"

#include "dio-cli-key.h"

#include "dio-cli.h"
#include "dio-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_KEY_BYTES 8192

static volatile sig_atomic_t is_interrupted;

static void
interrupted_cb (int number)
{
  is_interrupted = TRUE;
}

/* Returns: (transfer full) (nullable): one line of the standard input, without
 *   its end; byte by byte, as what follows it is not ours */
static char *
read_line (GError **error)
{
  g_autoptr(GString) line = g_string_new (NULL);
  char c = '\0';
  ssize_t n = 0;

  while (line->len < MAX_KEY_BYTES && (n = read (STDIN_FILENO, &c, 1)) == 1 && c != '\n')
    g_string_append_c (line, c);

  if (is_interrupted)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else if (n < 0)
    g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
                 "The key could not be read from the standard input: %s", g_strerror (errno));
  else if (line->len >= MAX_KEY_BYTES)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "What is on the standard input is too long for a key");
  else
    return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));

  return NULL;
}

/* Keys go into headers and are kept with a colon: nothing else is a key. */
static gboolean
check_half (const char  *half,
            GError     **error)
{
  if (*half == '\0')
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_AUTH, "There is no key on the standard input");
      return FALSE;
    }

  for (const char *c = half; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        {
          g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID,
                               "What is on the standard input is no key: it has blanks or special characters in it");
          return FALSE;
        }
    }

  return TRUE;
}

static char *
ask_half (const char  *title,
          GError     **error)
{
  char *half;

  fprintf (stderr, "%s: ", title);
  fflush (stderr);
  half = read_line (error);
  fputc ('\n', stderr);

  return half;
}

static char *
join_halves (char      *first,
             char      *second,
             GError   **error)
{
  g_autofree char *one = first;
  g_autofree char *other = second;

  if (one == NULL || !check_half (one, error))
    return NULL;
  if (other == NULL || *other == '\0')
    return g_steal_pointer (&one);

  return check_half (other, error) ? g_strconcat (one, ":", other, NULL) : NULL;
}

static char *
ask (const DioAccountKind  *kind,
     GError               **error)
{
  const char *title = kind != NULL && kind->key_title != NULL ? _(kind->key_title) : _("Key");
  char *first = ask_half (title, error);
  char *second = NULL;

  if (first != NULL && kind != NULL && kind->secret_title != NULL)
    {
      second = ask_half (_(kind->secret_title), error);
      if (second == NULL)
        g_clear_pointer (&first, g_free);
    }

  return first != NULL ? join_halves (first, second, error) : NULL;
}

/* What is typed is not shown. A signal ends the reading, and the terminal is
 * left as it was. */
static char *
ask_in_secret (const DioAccountKind  *kind,
               GError               **error)
{
  const int signals[] = { SIGINT, SIGTERM };
  const struct sigaction interrupt = { .sa_handler = interrupted_cb };
  struct sigaction former[G_N_ELEMENTS (signals)];
  struct termios shown;
  struct termios hidden;
  char *key;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return ask (kind, error);

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &interrupt, &former[i]);
  hidden = shown;
  hidden.c_lflag &= ~ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);

  key = ask (kind, error);

  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &former[i], NULL);

  return key;
}

static char *
read_piped (GError **error)
{
  g_autofree char *first = read_line (error);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  if (first == NULL || (second = read_line (error)) == NULL || (third = read_line (error)) == NULL)
    return NULL;

  if (*third != '\0')
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID,
                           "There are more than two lines on the standard input: that is no key");
      return NULL;
    }

  return join_halves (g_steal_pointer (&first), g_steal_pointer (&second), error);
}

/**
 * dio_cli_key_read:
 * @kind: (nullable): of the account that it is for
 * @error: return location for a #GError
 *
 * Asks for it where the standard input is a terminal.
 *
 * Returns: (transfer full) (nullable): the key, as a key store keeps it
 */
char *
dio_cli_key_read (const DioAccountKind  *kind,
                  GError               **error)
{
  return isatty (STDIN_FILENO) ? ask_in_secret (kind, error) : read_piped (error);
}

static const DioAccountKind *
find_signing_kind (const DioProviderFacts *facts)
{
  for (guint i = 0; i < facts->n_kinds; i++)
    {
      if (facts->kinds[i].secret_title != NULL)
        return &facts->kinds[i];
    }

  return NULL;
}

/**
 * dio_cli_key_fit:
 * @account: whose key
 * @facts: of its provider
 * @key: as dio_cli_key_read() has it
 * @error: return location for %DIO_ERROR_INVALID
 *
 * An account that does not say of what kind it is becomes one of a kind that
 * has keys of two halves if @key has two.
 *
 * Returns: whether @account can have such a key
 */
gboolean
dio_cli_key_fit (DioAccount              *account,
                 const DioProviderFacts  *facts,
                 const char              *key,
                 GError                 **error)
{
  const DioAccountKind *signing = find_signing_kind (facts);
  gboolean has_halves = strchr (key, ':') != NULL;

  if (signing == NULL)
    return TRUE;

  if (account->kind == NULL && has_halves)
    account->kind = g_strdup (signing->id);
  if (g_strcmp0 (account->kind, signing->id) != 0 || has_halves)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "Account “%s” has a key of two halves: one on a line, and the other on the next",
               account->name);

  return FALSE;
}
