/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checksum of PNG and ZIP. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint32 dio_crc32 (const guint8 *data,
                   gsize         size);

G_END_DECLS
