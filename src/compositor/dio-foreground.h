/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subject's own colour where the backdrop shines through it. */

#pragma once

#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

void dio_foreground_estimate (const DioPixels *picture,
                              DioPixels       *rgba,
                              DioWorkers      *workers);

G_END_DECLS
