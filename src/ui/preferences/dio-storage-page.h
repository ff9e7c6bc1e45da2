/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program keeps on the disk. */

#pragma once

#include "dio-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_STORAGE_PAGE (dio_storage_page_get_type ())
G_DECLARE_FINAL_TYPE (DioStoragePage, dio_storage_page, DIO, STORAGE_PAGE, AdwPreferencesPage)

void dio_storage_page_set_studio (DioStoragePage *self,
                                  DioStudio      *studio);

G_END_DECLS
