/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Kling's composing of several images takes, as data. */

#pragma once

#include "dio-model-info.h"
#include "dio-photo-limits.h"

G_BEGIN_DECLS

#define DIO_KLING_N_MODELS 2

extern const DioModelSpec   dio_kling_models[DIO_KLING_N_MODELS];
extern const DioPhotoLimits dio_kling_photo_limits;

const DioModelSpec *dio_kling_find_model (const char *id);

G_END_DECLS
