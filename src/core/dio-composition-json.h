/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as JSON, for files, and back. */

#pragma once

#include "dio-composition.h"

G_BEGIN_DECLS

/* No composition comes near; what a stranger's file says is read up to here. */
#define DIO_COMPOSITION_MAX_BYTES (4u * 1024 * 1024)

/**
 * DioFindModelFunc:
 * @id: a model's id
 * @user_data: data given with the function
 *
 * Returns: (transfer none) (nullable): the model of that id
 */
typedef DioModelInfo *(*DioFindModelFunc) (const char *id,
                                           gpointer    user_data);

JsonNode *dio_composition_to_json    (DioComposition    *self);
gboolean  dio_composition_check_json (JsonNode          *root,
                                      GError           **error);
gboolean  dio_composition_check_model (DioComposition   *self,
                                      JsonNode          *root,
                                      DioFindModelFunc   find_model,
                                      gpointer           user_data,
                                      GError           **error);
void      dio_composition_fill       (DioComposition    *self,
                                      JsonNode          *root,
                                      GPtrArray         *references,
                                      DioFindModelFunc   find_model,
                                      gpointer           user_data);
void      dio_reference_load_json    (DioReference      *self,
                                      JsonNode          *entry);

G_END_DECLS
