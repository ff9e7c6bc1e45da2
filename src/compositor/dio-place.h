/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a subject into the picture. */

#pragma once

#include "dio-harmonise.h"

G_BEGIN_DECLS

/**
 * DioPlaceSettings:
 * @match: how far the subject takes on the scene's colours, 0 to 1
 * @relight: how far it takes on the fall of its light, 0 to 1
 * @grain: how much of the scene's grain it gets, 0 to 1
 * @seed: of the grain
 */
typedef struct
{
  double  match;
  double  relight;
  double  grain;
  guint32 seed;
} DioPlaceSettings;

void dio_place (DioBuffer              *picture,
                const DioScene         *scene,
                const DioLayer         *layer,
                const DioCutOut        *cut_out,
                const DioPlacement     *placement,
                const DioLight         *light,
                const DioPlaceSettings *settings,
                DioWorkers             *workers);

G_END_DECLS
