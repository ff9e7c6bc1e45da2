/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a list of results somebody is who looks at one after the other. */

#pragma once

#include "dio-result-list.h"

G_BEGIN_DECLS

#define DIO_TYPE_RESULT_WALK (dio_result_walk_get_type ())
G_DECLARE_FINAL_TYPE (DioResultWalk, dio_result_walk, DIO, RESULT_WALK, GObject)

DioResultWalk *dio_result_walk_new        (DioResultList *results);
DioResult     *dio_result_walk_get_result (DioResultWalk *self);
void           dio_result_walk_begin      (DioResultWalk *self,
                                           DioResult     *result);
void           dio_result_walk_end        (DioResultWalk *self);
gboolean       dio_result_walk_can_step   (DioResultWalk *self,
                                           int            step);
void           dio_result_walk_step       (DioResultWalk *self,
                                           int            step);
DioResult     *dio_result_walk_peek       (DioResultWalk *self,
                                           int            step);

G_END_DECLS
