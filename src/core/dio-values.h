/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values that a composition holds for one model. */

#pragma once

#include "dio-model-info.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define DIO_TYPE_VALUES (dio_values_get_type ())
G_DECLARE_FINAL_TYPE (DioValues, dio_values, DIO, VALUES, GObject)

DioValues    *dio_values_new         (DioModelInfo  *model);
DioModelInfo *dio_values_get_model   (DioValues     *self);
GVariant     *dio_values_get         (DioValues     *self,
                                      const char    *name);
gboolean      dio_values_is_set      (DioValues     *self,
                                      const char    *name);
gboolean      dio_values_set         (DioValues     *self,
                                      const char    *name,
                                      GVariant      *value,
                                      GError       **error);
gboolean      dio_values_set_text    (DioValues     *self,
                                      const char    *name,
                                      const char    *text,
                                      GError       **error);
void          dio_values_unset       (DioValues     *self,
                                      const char    *name);
gint64        dio_values_get_integer (DioValues     *self,
                                      const char    *name);
GVariant     *dio_values_freeze      (DioValues     *self);
GVariant     *dio_values_dup_given   (DioValues     *self);
void          dio_values_set_given   (DioValues     *self,
                                      GVariant      *given);
JsonNode     *dio_values_to_json     (DioValues     *self);
void          dio_values_load_json   (DioValues     *self,
                                      JsonObject    *object);

G_END_DECLS
