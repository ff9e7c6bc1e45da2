/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo of everything that is done to a composition. */

#pragma once

#include "dio-composition-state.h"

G_BEGIN_DECLS

#define DIO_TYPE_COMPOSITION_HISTORY (dio_composition_history_get_type ())
G_DECLARE_FINAL_TYPE (DioCompositionHistory, dio_composition_history, DIO, COMPOSITION_HISTORY, GObject)

DioCompositionHistory *dio_composition_history_new             (DioComposition        *composition);
gboolean               dio_composition_history_get_can_undo    (DioCompositionHistory *self);
gboolean               dio_composition_history_get_can_redo    (DioCompositionHistory *self);
gboolean               dio_composition_history_get_is_modified (DioCompositionHistory *self);
gboolean               dio_composition_history_undo            (DioCompositionHistory *self);
gboolean               dio_composition_history_redo            (DioCompositionHistory *self);
void                   dio_composition_history_commit          (DioCompositionHistory *self);
void                   dio_composition_history_end_step        (DioCompositionHistory *self);
void                   dio_composition_history_mark_saved      (DioCompositionHistory *self,
                                                                DioCompositionState   *state);
void                   dio_composition_history_clear           (DioCompositionHistory *self);

G_END_DECLS
