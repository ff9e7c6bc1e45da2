/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of an account: typed, kept, tested, removed; never shown again. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_KEY_GROUP (dio_key_group_get_type ())
G_DECLARE_FINAL_TYPE (DioKeyGroup, dio_key_group, DIO, KEY_GROUP, AdwPreferencesGroup)

void dio_key_group_set_account (DioKeyGroup      *self,
                                DioStudio        *studio,
                                DioProvider      *provider,
                                const DioAccount *account);

G_END_DECLS
