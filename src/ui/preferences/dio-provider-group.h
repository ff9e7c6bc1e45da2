/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts at one provider. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_PROVIDER_GROUP (dio_provider_group_get_type ())
G_DECLARE_FINAL_TYPE (DioProviderGroup, dio_provider_group, DIO, PROVIDER_GROUP, AdwPreferencesGroup)

AdwPreferencesGroup *dio_provider_group_new (DioStudio   *studio,
                                             DioProvider *provider);

G_END_DECLS
