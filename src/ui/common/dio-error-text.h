/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, in words that say what to do. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioErrorText:
 * @title: a few words, for a heading or a toast
 * @sentence: what can be done about it
 */
typedef struct
{
  const char *title;
  const char *sentence;
} DioErrorText;

DioErrorText dio_error_text (const GError *error);

G_END_DECLS
