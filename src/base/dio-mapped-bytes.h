/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as bytes, without a copy of them. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *dio_mapped_bytes_new    (const char  *path,
                                 GError     **error);
void    dio_mapped_bytes_let_go (GBytes      *bytes);

G_END_DECLS
