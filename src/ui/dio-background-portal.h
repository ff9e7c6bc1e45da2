/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The portal by which a person lets a program work without a window. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     dio_background_portal_ask_async  (GDBusConnection      *bus,
                                           const char           *reason,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean dio_background_portal_ask_finish (GDBusConnection      *bus,
                                           GAsyncResult         *result,
                                           GError              **error);
void     dio_background_portal_set_status (GDBusConnection      *bus,
                                           const char           *message);

G_END_DECLS
