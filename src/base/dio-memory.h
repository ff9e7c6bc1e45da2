/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the program keeps memory. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dio_memory_set_up (void);

G_END_DECLS
