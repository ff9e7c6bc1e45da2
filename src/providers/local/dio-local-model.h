/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine of this computer takes, as data. */

#pragma once

#include "dio-compositor.h"
#include "dio-model-info.h"

G_BEGIN_DECLS

extern const DioModelSpec dio_local_model;

const char *dio_local_get_step_title (DioCompositorStep step);

G_END_DECLS
