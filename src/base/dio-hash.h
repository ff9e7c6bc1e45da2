/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content hashes and ids made from chance. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *dio_hash_bytes     (GBytes *bytes);
guint32  dio_random_seed    (void);

G_END_DECLS
