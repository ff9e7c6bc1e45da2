/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to Kling: its own platform, and those who resell it. */

#pragma once

#include "dio-account.h"

G_BEGIN_DECLS

/**
 * DioKlingKind:
 * @id: in the account; never changed
 * @title: translatable
 * @help: translatable, what the key is
 * @base: (nullable): scheme and host; %NULL where the person gives them
 * @path: where tasks are made; a slash and its id lead to one
 * @signs: the key is an access key and a secret key with a colon between, and
 *   each request takes a token signed with them
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *help;
  const char *base;
  const char *path;
  gboolean    signs;
} DioKlingKind;

#define DIO_KLING_N_KINDS 3

extern const DioKlingKind dio_kling_kinds[DIO_KLING_N_KINDS];

const DioKlingKind *dio_kling_find_kind  (const char        *id);
char               *dio_kling_make_url   (const DioAccount  *account,
                                          const char        *task_id,
                                          GError           **error);
char               *dio_kling_make_token (const DioAccount  *account,
                                          const char        *key,
                                          gint64             now);

G_END_DECLS
