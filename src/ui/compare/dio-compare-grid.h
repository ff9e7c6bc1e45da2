/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out pictures of one shape so that each is as large as can be. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_COMPARE_GRID (dio_compare_grid_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareGrid, dio_compare_grid, DIO, COMPARE_GRID, GtkWidget)

void  dio_compare_grid_clear      (DioCompareGrid *self);
void  dio_compare_grid_append     (DioCompareGrid *self,
                                   GtkWidget      *child);
void  dio_compare_grid_set_aspect (DioCompareGrid *self,
                                   double          aspect);
guint dio_compare_choose_columns  (guint           n,
                                   int             width,
                                   int             height,
                                   double          aspect);

G_END_DECLS
