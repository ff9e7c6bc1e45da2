/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts and money in words, and what was typed as money. */

#pragma once

#include "dio-provider.h"

G_BEGIN_DECLS

const DioAccountKind *dio_account_find_kind   (DioProvider      *provider,
                                               const DioAccount *account);
char                 *dio_account_describe    (DioProvider      *provider,
                                               const DioAccount *account);
gboolean              dio_parse_amount        (const char       *text,
                                               double           *amount);
char                 *dio_format_typed_amount (double            amount);
char                 *dio_parse_currency      (const char       *text);
const char           *dio_price_source_words  (DioPriceSource    source);

G_END_DECLS
