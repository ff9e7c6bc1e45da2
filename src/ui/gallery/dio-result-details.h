/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a picture came about. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_RESULT_DETAILS (dio_result_details_get_type ())
G_DECLARE_FINAL_TYPE (DioResultDetails, dio_result_details, DIO, RESULT_DETAILS, GtkWidget)

void       dio_result_details_set_studio (DioResultDetails *self,
                                          DioStudio        *studio);
void       dio_result_details_set_result (DioResultDetails *self,
                                          DioResult        *result);
DioResult *dio_result_details_find_near  (DioResultDetails *self,
                                          int               step);
void       dio_result_details_focus_tags (DioResultDetails *self);

G_END_DECLS
