/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ModelsLab's Nano Banana server takes, as data. */

#pragma once

#include "dio-model-info.h"
#include "dio-photo-limits.h"

G_BEGIN_DECLS

extern const DioModelSpec   dio_modelslab_model;
extern const DioPhotoLimits dio_modelslab_photo_limits;

G_END_DECLS
