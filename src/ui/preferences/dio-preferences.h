/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences window. */

#pragma once

#include "dio-settings.h"
#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_PREFERENCES (dio_preferences_get_type ())
G_DECLARE_FINAL_TYPE (DioPreferences, dio_preferences, DIO, PREFERENCES, AdwPreferencesWindow)

DioPreferences *dio_preferences_new          (GtkWindow      *parent,
                                              DioStudio      *studio,
                                              DioSettings    *settings);
void            dio_preferences_open_account (DioPreferences *self,
                                              const char     *provider_id,
                                              const char     *name);

G_END_DECLS
