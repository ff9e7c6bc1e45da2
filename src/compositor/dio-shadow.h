/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shadows of all subjects, as one soft map. */

#pragma once

#include "dio-layer.h"

G_BEGIN_DECLS

DioBuffer *dio_shadow_map_new (int                 picture_width,
                               int                 picture_height);
void       dio_shadow_add     (DioBuffer          *map,
                               const DioLayer     *layer,
                               const DioPlacement *placement,
                               const DioLight     *light,
                               const DioScene     *scene,
                               double              strength,
                               DioWorkers         *workers);
void       dio_shadow_apply   (const DioBuffer    *map,
                               DioBuffer          *picture,
                               DioWorkers         *workers);

G_END_DECLS
