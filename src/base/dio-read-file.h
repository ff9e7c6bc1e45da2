/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file that a person chose, up to a size. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *dio_read_file (GFile         *file,
                       guint          most,
                       GCancellable  *cancellable,
                       GError       **error);

G_END_DECLS
