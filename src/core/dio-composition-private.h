/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only states of a composition may do to it. */

#pragma once

#include "dio-composition.h"

G_BEGIN_DECLS

void       dio_composition_set_references (DioComposition *self,
                                           GPtrArray      *references);
GPtrArray *dio_composition_list_values    (DioComposition *self);

G_END_DECLS
