/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of pictures, changed without their pixels. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *picture_bytes_mark        (GBytes      *bytes,
                                   const char  *mark);
GBytes *picture_bytes_change_type (GBytes      *bytes,
                                   GError     **error);
GBytes *picture_bytes_make_huge   (void);

G_END_DECLS
