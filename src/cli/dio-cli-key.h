/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that are typed or piped in: never an argument, never in the environment. */

#pragma once

#include "dio-provider.h"

G_BEGIN_DECLS

char     *dio_cli_key_read (const DioAccountKind    *kind,
                            GError                 **error);
gboolean  dio_cli_key_fit  (DioAccount              *account,
                            const DioProviderFacts  *facts,
                            const char              *key,
                            GError                 **error);

G_END_DECLS
