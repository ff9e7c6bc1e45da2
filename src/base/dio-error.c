/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of the program and its stable names. */

#include "config.h"

#include "dio-error.h"

G_DEFINE_QUARK (dio-error-quark, dio_error)

/* Stored in the database and printed by the command line: never changed. */
static const char *const nicks[DIO_N_ERRORS] = {
  [DIO_ERROR_OFFLINE] = "offline",
  [DIO_ERROR_AUTH] = "auth",
  [DIO_ERROR_PERMISSION] = "permission",
  [DIO_ERROR_CREDIT] = "credit",
  [DIO_ERROR_BUDGET] = "budget",
  [DIO_ERROR_BUSY] = "busy",
  [DIO_ERROR_TIMEOUT] = "timeout",
  [DIO_ERROR_REFUSED] = "refused",
  [DIO_ERROR_INVALID] = "invalid",
  [DIO_ERROR_NOT_FOUND] = "not-found",
  [DIO_ERROR_SERVER] = "server",
  [DIO_ERROR_REPLY] = "reply",
  [DIO_ERROR_EXPIRED] = "expired",
  [DIO_ERROR_STORAGE] = "storage",
  [DIO_ERROR_OUTCOME_UNKNOWN] = "outcome-unknown",
  [DIO_ERROR_NEWER] = "newer",
  [DIO_ERROR_UNTRUSTED] = "untrusted",
};

/**
 * dio_error_get_nick:
 * @code: an error code
 *
 * Returns: the stable name of @code, for the database and the command line
 */
const char *
dio_error_get_nick (DioError code)
{
  g_return_val_if_fail ((guint) code < DIO_N_ERRORS, nicks[DIO_ERROR_SERVER]);

  return nicks[code];
}

/**
 * dio_error_from_nick:
 * @nick: (nullable): a name made by dio_error_get_nick()
 * @code: (out): the code of that name
 *
 * Returns: %FALSE when no code has that name
 */
gboolean
dio_error_from_nick (const char *nick,
                     DioError   *code)
{
  for (guint i = 0; nick != NULL && i < DIO_N_ERRORS; i++)
    {
      if (g_str_equal (nick, nicks[i]))
        {
          *code = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * dio_error_from_io:
 * @error: an error of GIO
 * @what: what was read or written, for the message
 *
 * Sorts an error of the file system into the classes of #DioError. A
 * cancellation, and an error that is one of ours already, stay what they are.
 *
 * Returns: (transfer full): the error to hand on
 */
GError *
dio_error_from_io (const GError *error,
                   const char   *what)
{
  DioError code = DIO_ERROR_STORAGE;

  if (error->domain == DIO_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    code = DIO_ERROR_NOT_FOUND;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
           g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
           g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM))
    code = DIO_ERROR_PERMISSION;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    code = DIO_ERROR_INVALID;

  return g_error_new (DIO_ERROR, code, "%s: %s", what, error->message);
}
