/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong, told by what a person can do about it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioError:
 * @DIO_ERROR_OFFLINE: The server could not be reached.
 * @DIO_ERROR_AUTH: The key is missing, wrong or revoked.
 * @DIO_ERROR_PERMISSION: The account, or this user, may not do this.
 * @DIO_ERROR_CREDIT: The account has no credit left.
 * @DIO_ERROR_BUDGET: Our own spending cap forbids it.
 * @DIO_ERROR_BUSY: Too many requests; the same request may work later.
 * @DIO_ERROR_TIMEOUT: No answer in time.
 * @DIO_ERROR_REFUSED: The provider refuses the prompt, a reference or its own output.
 * @DIO_ERROR_INVALID: The request or a file in it is outside its limits.
 * @DIO_ERROR_NOT_FOUND: A file, model or task does not exist.
 * @DIO_ERROR_SERVER: The provider failed; nothing is wrong on our side.
 * @DIO_ERROR_REPLY: The reply could not be understood.
 * @DIO_ERROR_EXPIRED: The provider no longer keeps the picture.
 * @DIO_ERROR_STORAGE: A file or the database could not be read or written.
 * @DIO_ERROR_OUTCOME_UNKNOWN: A paid create may or may not have arrived.
 * @DIO_ERROR_NEWER: A file was made by a newer version of this program.
 * @DIO_ERROR_UNTRUSTED: The server does not prove who it is: waiting does not help.
 *
 * Cancelling is none of these: it is always %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  DIO_ERROR_OFFLINE,
  DIO_ERROR_AUTH,
  DIO_ERROR_PERMISSION,
  DIO_ERROR_CREDIT,
  DIO_ERROR_BUDGET,
  DIO_ERROR_BUSY,
  DIO_ERROR_TIMEOUT,
  DIO_ERROR_REFUSED,
  DIO_ERROR_INVALID,
  DIO_ERROR_NOT_FOUND,
  DIO_ERROR_SERVER,
  DIO_ERROR_REPLY,
  DIO_ERROR_EXPIRED,
  DIO_ERROR_STORAGE,
  DIO_ERROR_OUTCOME_UNKNOWN,
  DIO_ERROR_NEWER,
  DIO_ERROR_UNTRUSTED,
} DioError;

#define DIO_N_ERRORS (DIO_ERROR_UNTRUSTED + 1)

#define DIO_ERROR (dio_error_quark ())
GQuark      dio_error_quark     (void);

const char *dio_error_get_nick  (DioError      code);
gboolean    dio_error_from_nick (const char   *nick,
                                 DioError     *code);
GError     *dio_error_from_io   (const GError *error,
                                 const char   *what) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
