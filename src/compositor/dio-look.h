/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The light and the development that the prompt asks for, on the whole picture. */

#pragma once

#include "dio-buffer.h"
#include "dio-plan.h"
#include "dio-workers.h"

G_BEGIN_DECLS

void dio_look_apply (DioLook     looks,
                     DioBuffer  *picture,
                     double      horizon,
                     double      grain,
                     guint32     seed,
                     DioWorkers *workers);

G_END_DECLS
