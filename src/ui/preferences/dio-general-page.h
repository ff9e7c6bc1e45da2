/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a composition begins with, and what becomes of results. */

#pragma once

#include "dio-settings.h"
#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_GENERAL_PAGE (dio_general_page_get_type ())
G_DECLARE_FINAL_TYPE (DioGeneralPage, dio_general_page, DIO, GENERAL_PAGE, AdwPreferencesPage)

void dio_general_page_set_up (DioGeneralPage *self,
                              DioStudio      *studio,
                              DioSettings    *settings);

G_END_DECLS
