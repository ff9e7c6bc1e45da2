/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the models that are reached through Runware take, as data. */

#pragma once

#include "dio-model-info.h"
#include "dio-photo-limits.h"

G_BEGIN_DECLS

#define DIO_RUNWARE_N_MODELS 3

extern const DioModelSpec   dio_runware_models[DIO_RUNWARE_N_MODELS];
extern const DioPhotoLimits dio_runware_photo_limits;

const DioModelSpec *dio_runware_find_model (const char *model_id);

G_END_DECLS
