/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a composition that is being edited. */

#pragma once

#include "dio-composition-history.h"
#include "dio-draft.h"

G_BEGIN_DECLS

#define DIO_TYPE_DRAFT_KEEPER (dio_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (DioDraftKeeper, dio_draft_keeper, DIO, DRAFT_KEEPER, GObject)

DioDraftKeeper *dio_draft_keeper_new    (const char            *folder,
                                         DioComposition        *composition,
                                         DioCompositionHistory *history);
void            dio_draft_keeper_adopt  (DioDraftKeeper        *self,
                                         DioDraft              *draft);
void            dio_draft_keeper_forget (DioDraftKeeper        *self);

G_END_DECLS
