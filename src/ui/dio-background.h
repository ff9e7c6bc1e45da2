/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether jobs go on when the last window is closed. */

#pragma once

#include "dio-settings.h"
#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_BACKGROUND (dio_background_get_type ())
G_DECLARE_FINAL_TYPE (DioBackground, dio_background, DIO, BACKGROUND, GObject)

DioBackground *dio_background_new         (GtkApplication *application,
                                           DioStudio      *studio,
                                           DioSettings    *settings);
gboolean       dio_background_get_allowed (DioBackground  *self);

G_END_DECLS
