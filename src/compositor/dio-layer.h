/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject in the size and at the place it has in the picture. */

#pragma once

#include "dio-cut-out.h"
#include "dio-layout.h"

G_BEGIN_DECLS

/**
 * DioLayer:
 * @pixels: (owned): sRGB with straight alpha, in the picture's pixels
 * @soft: (owned): light with straight alpha, reduced by @scale: for what is
 *   measured, and for shadows and shading, which are soft anyway
 * @scale: pixels of the picture in one of @soft
 * @x: its left border in the picture, may be outside
 * @y: its upper border
 */
typedef struct
{
  DioPixels *pixels;
  DioBuffer *soft;
  int        scale;
  int        x;
  int        y;
} DioLayer;

DioLayer *dio_layer_new            (const DioCutOut    *cut_out,
                                    const DioPlacement *placement,
                                    int                 picture_width,
                                    int                 picture_height,
                                    DioWorkers         *workers);
void      dio_layer_free           (DioLayer           *self);
int       dio_layer_get_soft_scale (int                 picture_width,
                                    int                 picture_height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioLayer, dio_layer_free)

G_END_DECLS
