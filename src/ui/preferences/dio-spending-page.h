/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be spent, and what was. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_SPENDING_PAGE (dio_spending_page_get_type ())
G_DECLARE_FINAL_TYPE (DioSpendingPage, dio_spending_page, DIO, SPENDING_PAGE, AdwPreferencesPage)

void dio_spending_page_set_studio (DioSpendingPage *self,
                                   DioStudio       *studio);

G_END_DECLS
