/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library as a folder somewhere else, and back. Blocks, for a long time. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dio_backup_make    (const char    *folder,
                             const char    *target,
                             GCancellable  *cancellable,
                             GError       **error);
gboolean dio_backup_restore (const char    *source,
                             const char    *folder,
                             gboolean       replaces,
                             GCancellable  *cancellable,
                             char         **aside,
                             GError       **error);

G_END_DECLS
