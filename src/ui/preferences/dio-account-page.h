/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account: a page over the others. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_ACCOUNT_PAGE (dio_account_page_get_type ())
G_DECLARE_FINAL_TYPE (DioAccountPage, dio_account_page, DIO, ACCOUNT_PAGE, GtkWidget)

GtkWidget *dio_account_page_new (DioStudio        *studio,
                                 DioProvider      *provider,
                                 const DioAccount *account);

G_END_DECLS
