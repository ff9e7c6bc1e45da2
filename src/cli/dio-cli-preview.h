/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be sent, and what it would cost. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

gboolean dio_cli_preview_print_requests (DioStudio         *studio,
                                         DioComposition    *composition,
                                         const DioAccount  *account,
                                         GCancellable      *cancellable,
                                         GError           **error);
gboolean dio_cli_preview_get_price      (DioStudio         *studio,
                                         DioComposition    *composition,
                                         const DioAccount  *account,
                                         DioPrice          *price,
                                         GError           **error);
gboolean dio_cli_preview_ask_price      (DioStudio         *studio,
                                         DioComposition    *composition,
                                         const DioAccount  *account,
                                         GCancellable      *cancellable,
                                         DioPrice          *price,
                                         GError           **error);

G_END_DECLS
