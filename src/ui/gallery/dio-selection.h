/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is selected in the gallery. */

#pragma once

#include "dio-result-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_SELECTION (dio_selection_get_type ())
G_DECLARE_FINAL_TYPE (DioSelection, dio_selection, DIO, SELECTION, GObject)

DioSelection *dio_selection_new         (GListModel    *jobs,
                                         DioResultList *results);
GArray       *dio_selection_dup_numbers (DioSelection  *self);

G_END_DECLS
