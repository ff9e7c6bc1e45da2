/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent today, this month and in all. */

#pragma once

#include "dio-library.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_SPEND_GROUP (dio_spend_group_get_type ())
G_DECLARE_FINAL_TYPE (DioSpendGroup, dio_spend_group, DIO, SPEND_GROUP, AdwPreferencesGroup)

void dio_spend_group_load (DioSpendGroup *self,
                           DioLibrary    *library);

G_END_DECLS
