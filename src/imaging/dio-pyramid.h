/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture in ever smaller versions, so that any view of it is drawn from as
 * many pixels as the screen has. */

#pragma once

#include "dio-pixels.h"
#include "dio-view.h"

G_BEGIN_DECLS

typedef struct _DioPyramid DioPyramid;

#define DIO_TYPE_PYRAMID (dio_pyramid_get_type ())
GType            dio_pyramid_get_type     (void);

DioPyramid      *dio_pyramid_new          (DioPixels        *pixels,
                                           gsize             max_bytes,
                                           GCancellable     *cancellable);
DioPyramid      *dio_pyramid_decode       (GBytes           *bytes,
                                           gsize             max_bytes,
                                           GCancellable     *cancellable,
                                           GError          **error);
DioPyramid      *dio_pyramid_ref          (DioPyramid       *self);
void             dio_pyramid_unref        (DioPyramid       *self);
int              dio_pyramid_get_width    (const DioPyramid *self);
int              dio_pyramid_get_height   (const DioPyramid *self);
guint            dio_pyramid_get_n_levels (const DioPyramid *self);
const DioPixels *dio_pyramid_get_level    (const DioPyramid *self,
                                           guint             level);
guint            dio_pyramid_choose_level (const DioPyramid *self,
                                           double            scale);
gboolean         dio_pyramid_read_pixel   (const DioPyramid *self,
                                           int               x,
                                           int               y,
                                           guint8            rgba[4]);
DioPixels       *dio_pyramid_draw         (const DioPyramid *self,
                                           const DioView    *view,
                                           int              *x,
                                           int              *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPyramid, dio_pyramid_unref)

G_END_DECLS
