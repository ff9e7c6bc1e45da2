/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures in ModelsLab's answers. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

gboolean dio_modelslab_is_address    (const char   *text);
void     dio_modelslab_add_pictures  (DioWireReply *self,
                                      JsonObject   *root,
                                      const char   *member);
void     dio_modelslab_read_pictures (DioWireReply *self,
                                      JsonObject   *root);

G_END_DECLS
