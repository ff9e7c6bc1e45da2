/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days on which something was made, to go to one of them. */

#pragma once

#include "dio-library.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_DAY_CHOOSER (dio_day_chooser_get_type ())
G_DECLARE_FINAL_TYPE (DioDayChooser, dio_day_chooser, DIO, DAY_CHOOSER, GtkPopover)

GtkWidget *dio_day_chooser_new  (void);
void       dio_day_chooser_load (DioDayChooser        *self,
                                 DioLibrary           *library,
                                 const DioResultQuery *query);

G_END_DECLS
