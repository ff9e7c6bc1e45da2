/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells once, before the first send to an account, where the photos go. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Answers at once where nothing leaves this computer or it was told before.
 * account: (nullable): NULL for a provider without accounts */
void     dio_first_send_ask_async  (GtkWindow            *parent,
                                    DioStudio            *studio,
                                    DioProvider          *provider,
                                    const DioAccount     *account,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/* TRUE: send. FALSE with G_IO_ERROR_CANCELLED: the person would rather not. */
gboolean dio_first_send_ask_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
