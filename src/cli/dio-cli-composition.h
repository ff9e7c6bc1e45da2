/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was typed after “compose” to a composition. */

#pragma once

#include "dio-cli-compose-options.h"

G_BEGIN_DECLS

DioModelInfo   *dio_cli_composition_find_model (DioStudio                   *studio,
                                                const DioCliComposeOptions  *options,
                                                GError                     **error);
DioComposition *dio_cli_composition_begin      (DioModelInfo                *model,
                                                const DioCliComposeOptions  *options,
                                                GError                     **error);
gboolean        dio_cli_composition_load       (DioComposition              *composition,
                                                DioStudio                   *studio,
                                                const DioCliComposeOptions  *options,
                                                GCancellable                *cancellable,
                                                GError                     **error);

G_END_DECLS
