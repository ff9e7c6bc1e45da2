/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pictures of pictures. */

#pragma once

#include "dio-pixels.h"

G_BEGIN_DECLS

DioPixels *dio_thumbnail_make (GBytes        *bytes,
                               int            max_side,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
