/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ModelsLab's words for a failure mean. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

char     *dio_modelslab_dup_words (JsonObject *root);
DioError  dio_modelslab_classify  (guint       status,
                                   const char *words);

G_END_DECLS
