/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guided filter: in each window a plane is explained as a linear function of
 * a colour picture, so that what comes out has its edges where the picture has
 * them. Kaiming He, Jian Sun and Xiaoou Tang, "Guided Image Filtering" (2013). */

#pragma once

#include "dio-pixels.h"
#include "dio-tiles.h"

G_BEGIN_DECLS

/**
 * DioGuidedFilter:
 * @width: of the guide
 * @height: of the guide
 * @radius: the window reaches so far to each side
 * @epsilon: variance of colour below which a window counts as flat
 * @guide: (owned): its three channels, 0 to 1, one plane each
 */
typedef struct
{
  int    width;
  int    height;
  int    radius;
  float  epsilon;
  float *guide[3];
} DioGuidedFilter;

DioGuidedFilter *dio_guided_filter_new  (const DioPixels *guide,
                                         int              radius,
                                         float            epsilon);
void             dio_guided_filter_free (DioGuidedFilter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioGuidedFilter, dio_guided_filter_free)

typedef struct _DioGuidedTile DioGuidedTile;

DioGuidedTile *dio_guided_tile_new   (const DioGuidedFilter *filter,
                                      const DioTile         *tile);
void           dio_guided_tile_free  (DioGuidedTile         *self);
void           dio_guided_tile_fit   (const DioGuidedTile   *self,
                                      const float           *plane,
                                      float                 *coefficients[4]);
void           dio_guided_tile_apply (const DioGuidedTile   *self,
                                      const float           *plane,
                                      float                 *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioGuidedTile, dio_guided_tile_free)

G_END_DECLS
