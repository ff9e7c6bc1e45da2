/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes around a result, as rows to walk along. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_LINEAGE_VIEW (dio_lineage_view_get_type ())
G_DECLARE_FINAL_TYPE (DioLineageView, dio_lineage_view, DIO, LINEAGE_VIEW, GtkWidget)

void       dio_lineage_view_set_studio  (DioLineageView *self,
                                         DioStudio      *studio);
void       dio_lineage_view_set_result  (DioLineageView *self,
                                         DioResult      *result);
void       dio_lineage_view_set_request (DioLineageView *self,
                                         DioRequest     *request);
DioResult *dio_lineage_view_find_near   (DioLineageView *self,
                                         int             step);

G_END_DECLS
