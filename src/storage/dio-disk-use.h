/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of the disk a folder takes. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     dio_disk_use_measure_async  (const char           *folder,
                                      const char * const   *without,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean dio_disk_use_measure_finish (GAsyncResult         *result,
                                      guint64              *n_bytes,
                                      guint                *n_files,
                                      GError              **error);

G_END_DECLS
