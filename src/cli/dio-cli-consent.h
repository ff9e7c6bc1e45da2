/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person agrees to what is paid before it is sent. */

#pragma once

#include "dio-cli-compose-options.h"

G_BEGIN_DECLS

gboolean dio_cli_consent_ask (DioStudio                   *studio,
                              DioComposition              *composition,
                              const DioAccount            *account,
                              const DioCliComposeOptions  *options,
                              gboolean                    *accepts_unknown_price,
                              GCancellable                *cancellable,
                              GError                     **error);

G_END_DECLS
