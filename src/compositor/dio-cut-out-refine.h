/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a small guess to alpha at the picture's full size. */

#pragma once

#include "dio-buffer.h"
#include "dio-pixels.h"
#include "dio-workers.h"

G_BEGIN_DECLS

/* The longer side of the picture that dio_cut_out_refine() solves on. */
#define DIO_CUT_OUT_REFINE_SIDE 1024

void dio_cut_out_refine (const DioPixels *picture,
                         const DioPixels *small,
                         const DioBuffer *guess,
                         DioPixels       *rgba,
                         DioWorkers      *workers);

G_END_DECLS
