/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts at all hosted providers. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_ACCOUNTS_PAGE (dio_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (DioAccountsPage, dio_accounts_page, DIO, ACCOUNTS_PAGE, AdwPreferencesPage)

void dio_accounts_page_set_studio (DioAccountsPage *self,
                                   DioStudio       *studio);

G_END_DECLS
