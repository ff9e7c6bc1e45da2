/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures side by side and on one another, and in what they differ. */

#pragma once

#include "dio-compare-set.h"
#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_COMPARE_VIEW (dio_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareView, dio_compare_view, DIO, COMPARE_VIEW, GtkWidget)

void dio_compare_view_set_studio (DioCompareView *self,
                                  DioStudio      *studio,
                                  DioCompareSet  *set,
                                  GListModel     *references);

G_END_DECLS
