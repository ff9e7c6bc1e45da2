/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two of the compared pictures in one place. */

#pragma once

#include "dio-canvas.h"

G_BEGIN_DECLS

#define DIO_TYPE_COMPARE_STAGE (dio_compare_stage_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareStage, dio_compare_stage, DIO, COMPARE_STAGE, GtkWidget)

DioCanvas *dio_compare_stage_get_canvas (DioCompareStage    *self);
void       dio_compare_stage_set_names  (DioCompareStage    *self,
                                         const char * const *names);
void       dio_compare_stage_set_pair   (DioCompareStage    *self,
                                         guint               first,
                                         guint               second);
void       dio_compare_stage_get_pair   (DioCompareStage    *self,
                                         guint              *first,
                                         guint              *second);

G_END_DECLS
