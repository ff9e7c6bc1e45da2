/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose account a verb uses. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

/**
 * DioCliAccountOptions:
 * @account: (owned) (nullable): its name; the provider's first where %NULL
 * @endpoint: (owned) (nullable): in place of the account's own
 * @key_stdin: whether its key is on the standard input
 *
 * What can be typed of an account after verbs that send.
 */
typedef struct
{
  char     *account;
  char     *endpoint;
  gboolean  key_stdin;
} DioCliAccountOptions;

void                  dio_cli_account_options_clear (DioCliAccountOptions        *self);
gboolean              dio_cli_account_choose        (DioStudio                   *studio,
                                                     DioProvider                 *provider,
                                                     const DioCliAccountOptions  *options,
                                                     DioAccount                 **account,
                                                     GError                     **error);
gboolean              dio_cli_account_take_key      (DioStudio                   *studio,
                                                     DioAccount                  *account,
                                                     GError                     **error);
gboolean              dio_cli_account_take_key_for  (DioStudio                   *studio,
                                                     const char                  *provider_id,
                                                     const char                  *name,
                                                     GError                     **error);
const DioAccountKind *dio_cli_account_find_kind     (DioProvider                 *provider,
                                                     const char                  *id);
char                 *dio_cli_account_check_address (const char                  *option,
                                                     const char                  *address,
                                                     GError                     **error);
gboolean              dio_cli_account_save          (DioStudio                   *studio,
                                                     const DioAccount            *account,
                                                     GError                     **error);

G_END_DECLS
