/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass, photo or missing source of a lineage. */

#pragma once

#include "dio-lineage.h"
#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_LINEAGE_ROW (dio_lineage_row_get_type ())
G_DECLARE_FINAL_TYPE (DioLineageRow, dio_lineage_row, DIO, LINEAGE_ROW, GtkListBoxRow)

DioLineageRow *dio_lineage_row_new          (DioStudio                 *studio,
                                             const DioLineageNode      *node,
                                             int                        distance,
                                             const DioRequestReference *reference);
DioResult     *dio_lineage_row_get_result   (DioLineageRow             *self);
int            dio_lineage_row_get_distance (DioLineageRow             *self);

G_END_DECLS
