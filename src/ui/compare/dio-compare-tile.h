/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture among those that are compared. */

#pragma once

#include "dio-canvas.h"
#include "dio-compare-set.h"
#include "dio-library.h"

G_BEGIN_DECLS

#define DIO_TYPE_COMPARE_TILE (dio_compare_tile_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareTile, dio_compare_tile, DIO, COMPARE_TILE, GtkWidget)

GtkWidget       *dio_compare_tile_new        (DioCompareEntry *entry,
                                              DioLibrary      *library);
DioCompareEntry *dio_compare_tile_get_entry  (DioCompareTile  *self);
DioCanvas       *dio_compare_tile_get_canvas (DioCompareTile  *self);
void             dio_compare_tile_set_badge  (DioCompareTile  *self,
                                              const char      *badge);
void             dio_compare_tile_set_loud   (DioCompareTile  *self,
                                              const char      *name);
void             dio_compare_tile_set_error  (DioCompareTile  *self,
                                              const GError    *error);
gboolean         dio_compare_tile_has_failed (DioCompareTile  *self);
void             dio_compare_tile_judge      (DioCompareTile  *self,
                                              DioVerdict       verdict);

G_END_DECLS
