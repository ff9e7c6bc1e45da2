/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be spent in a day, in each currency. */

#pragma once

#include "dio-library.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_CAP_GROUP (dio_cap_group_get_type ())
G_DECLARE_FINAL_TYPE (DioCapGroup, dio_cap_group, DIO, CAP_GROUP, AdwPreferencesGroup)

void dio_cap_group_set_library (DioCapGroup *self,
                                DioLibrary  *library);

G_END_DECLS
