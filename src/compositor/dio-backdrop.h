/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A studio's sweep of paper, for subjects without a scene. */

#pragma once

#include "dio-plan.h"
#include "dio-scene.h"

G_BEGIN_DECLS

DioBuffer *dio_backdrop_new       (const DioPlanBackdrop *wish,
                                   int                    width,
                                   int                    height,
                                   guint32                seed,
                                   DioWorkers            *workers);
DioScene  *dio_backdrop_new_scene (const DioBuffer       *backdrop,
                                   DioWorkers            *workers);

G_END_DECLS
