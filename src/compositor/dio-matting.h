/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a guess of what belongs to a subject to how much of each pixel does. */

#pragma once

#include "dio-guided-filter.h"
#include "dio-workers.h"

G_BEGIN_DECLS

void dio_matting_solve (const DioGuidedFilter *filter,
                        GArray                *tiles,
                        const float           *weight,
                        float                 *alpha,
                        int                    max_steps,
                        DioWorkers            *workers);

G_END_DECLS
