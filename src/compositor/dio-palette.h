/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves a picture's colours to those of another. */

#pragma once

#include "dio-buffer.h"
#include "dio-workers.h"

G_BEGIN_DECLS

typedef struct _DioPalette DioPalette;

DioBuffer  *dio_palette_sample (const DioBuffer  *linear,
                                int               n,
                                guint32           seed);
DioPalette *dio_palette_new    (const DioBuffer  *from,
                                const DioBuffer  *to,
                                guint32           seed,
                                DioWorkers       *workers);
void        dio_palette_free   (DioPalette       *self);
void        dio_palette_apply  (const DioPalette *self,
                                DioBuffer        *linear,
                                double            amount,
                                DioWorkers       *workers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPalette, dio_palette_free)

G_END_DECLS
