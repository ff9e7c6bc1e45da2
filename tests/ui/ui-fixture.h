/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A studio in a folder of its own, and photos made of nothing. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef gboolean (*UiCondition) (gpointer data);

void          ui_fixture_init   (void);
DioStudio    *ui_make_studio    (void);
DioStudio    *ui_make_studio_with_keys (DioKeyStore *keys);
DioReference *ui_make_reference (const char  *name,
                                 DioRole      role);
void          ui_wait_for       (UiCondition  condition,
                                 gpointer     data);
void          ui_settle         (void);
GtkWidget    *ui_find           (GtkWidget   *root,
                                 GType        type,
                                 guint        nth);

G_END_DECLS
