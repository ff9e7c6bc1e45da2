/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way back from removing an account. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Takes the key, which may be NULL. */
void dio_removal_tell (GtkWidget        *window,
                       DioStudio        *studio,
                       const DioAccount *account,
                       char             *key);

G_END_DECLS
