/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be told of a scene by looking at it small. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

/**
 * DioScene:
 * @small: (owned): light, 256 across
 * @horizon: how far down the strongest level line is, 0 to 1
 * @has_horizon: whether that line is worth trusting
 * @baseline: how far down things stand
 * @calm_x: the least busy place to stand at
 * @light_x: where light comes from, -1 left to 1 right
 * @light_y: -1 above to 1 below
 * @backlight: how much of it comes from behind, 0 to 1
 * @brightness: mean light
 * @noise: grain, on the square root of light
 * @is_studio: an empty backdrop of ours, no photo
 */
typedef struct
{
  DioBuffer *small;
  double     horizon;
  gboolean   has_horizon;
  double     baseline;
  double     calm_x;
  double     light_x;
  double     light_y;
  double     backlight;
  double     brightness;
  double     noise;
  gboolean   is_studio;
} DioScene;

DioScene  *dio_scene_new  (const DioBuffer *linear,
                           DioWorkers      *workers);
void       dio_scene_free (DioScene        *self);
DioPixels *dio_scene_crop (const DioPixels *picture,
                           int              width,
                           int              height,
                           DioWorkers      *workers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioScene, dio_scene_free)

G_END_DECLS
