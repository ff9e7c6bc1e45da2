/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Kling's codes and words for a failure mean. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

/**
 * DioKlingAgain:
 * @DIO_KLING_NEVER: the same will fail the same way
 * @DIO_KLING_ASK: a question may be repeated; a paid create may not, for it could
 *   have been accepted
 * @DIO_KLING_LATER: a create too: it was certainly not accepted
 */
typedef enum
{
  DIO_KLING_NEVER,
  DIO_KLING_ASK,
  DIO_KLING_LATER,
} DioKlingAgain;

/**
 * DioKlingFailure:
 * @code: Kling's own, or 0
 * @error: its class
 * @again: what may be repeated
 * @message: for the log
 */
typedef struct
{
  gint64         code;
  DioError       error;
  DioKlingAgain  again;
  const char    *message;
} DioKlingFailure;

gboolean  dio_kling_find_failure (JsonObject      *root,
                                  guint            status,
                                  DioKlingFailure *failure);
char     *dio_kling_dup_words    (JsonObject      *object);
gboolean  dio_kling_is_refusal   (const char      *words);

G_END_DECLS
