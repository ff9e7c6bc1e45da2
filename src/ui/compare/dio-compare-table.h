/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In what compared results differ. */

#pragma once

#include "dio-compare-rows.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_COMPARE_TABLE (dio_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareTable, dio_compare_table, DIO, COMPARE_TABLE, GtkWidget)

void     dio_compare_table_set_rows      (DioCompareTable    *self,
                                          const char * const *names,
                                          GPtrArray          *rows);
void     dio_compare_table_set_shows_all (DioCompareTable    *self,
                                          gboolean            shows_all);
gboolean dio_compare_table_get_shows_all (DioCompareTable    *self);

G_END_DECLS
