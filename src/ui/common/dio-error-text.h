/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, in words that say what to do. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioRemedy:
 * @DIO_REMEDY_CHANGE: another prompt, photo or value; the same fails again
 * @DIO_REMEDY_RETRY: the same once more
 * @DIO_REMEDY_PREFERENCES: a key, an account or a cap
 * @DIO_REMEDY_CREDIT: money, at the provider
 * @DIO_REMEDY_CHECK: asking the provider what became of it
 *
 * What solves it, for a button that does so.
 */
typedef enum
{
  DIO_REMEDY_CHANGE,
  DIO_REMEDY_RETRY,
  DIO_REMEDY_PREFERENCES,
  DIO_REMEDY_CREDIT,
  DIO_REMEDY_CHECK,
} DioRemedy;

/**
 * DioErrorText:
 * @title: a few words, for a heading or a toast
 * @sentence: what can be done about it
 * @remedy: which button does that
 */
typedef struct
{
  const char *title;
  const char *sentence;
  DioRemedy   remedy;
} DioErrorText;

DioErrorText dio_error_text (const GError *error);

G_END_DECLS
