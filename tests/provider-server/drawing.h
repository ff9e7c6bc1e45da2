/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels of a result. */

#pragma once

#include "dio-pixels.h"

#include "jobs.h"

G_BEGIN_DECLS

DioPixels *drawing_compose  (GPtrArray *references,
                             int        width,
                             int        height,
                             guint32    seed);
DioPixels *drawing_gradient (int        width,
                             int        height,
                             guint32    seed);
void       drawing_add_grain (DioPixels *pixels,
                              int        strength,
                              guint32    seed);

G_END_DECLS
