/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far it is to the nearest marked pixel. */

#pragma once

#include "dio-workers.h"

G_BEGIN_DECLS

/* What a pixel gets when nothing is marked at all. */
#define DIO_DISTANCE_NONE 1e9f

void dio_distance_transform (const guint8 *mask,
                             int           width,
                             int           height,
                             float        *distance,
                             DioWorkers   *workers);

G_END_DECLS
