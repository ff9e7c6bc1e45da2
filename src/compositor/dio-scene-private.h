/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of looking at a scene. */

#pragma once

#include "dio-scene.h"

G_BEGIN_DECLS

#define DIO_SCENE_SMALL 256

double dio_scene_find_horizon (const DioBuffer *lab,
                               double          *score);
double dio_scene_find_calm    (const DioBuffer *lab,
                               double           baseline);
void   dio_scene_find_light   (DioScene        *self);

G_END_DECLS
