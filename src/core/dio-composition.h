/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: references, prompt, chosen model and parameter values. */

#pragma once

#include "dio-prompt.h"
#include "dio-values.h"

G_BEGIN_DECLS

#define DIO_TYPE_COMPOSITION (dio_composition_get_type ())
G_DECLARE_FINAL_TYPE (DioComposition, dio_composition, DIO, COMPOSITION, GObject)

DioComposition *dio_composition_new              (void);
const char     *dio_composition_get_title        (DioComposition *self);
void            dio_composition_set_title        (DioComposition *self,
                                                  const char     *title);
GFile          *dio_composition_get_file         (DioComposition *self);
void            dio_composition_set_file         (DioComposition *self,
                                                  GFile          *file);
GListModel     *dio_composition_get_references   (DioComposition *self);
void            dio_composition_add_reference    (DioComposition *self,
                                                  DioReference   *reference,
                                                  guint           position);
void            dio_composition_remove_reference (DioComposition *self,
                                                  DioReference   *reference);
void            dio_composition_move_reference   (DioComposition *self,
                                                  DioReference   *reference,
                                                  guint           position);
gboolean        dio_composition_rename_reference (DioComposition *self,
                                                  DioReference   *reference,
                                                  const char     *name,
                                                  GError        **error);
char           *dio_composition_make_name        (DioComposition *self,
                                                  const char     *file_name);
DioReference   *dio_composition_find_reference   (DioComposition *self,
                                                  const char     *name);
DioPrompt      *dio_composition_get_prompt       (DioComposition *self);
const char     *dio_composition_get_roles        (DioComposition *self);
void            dio_composition_set_roles        (DioComposition *self,
                                                  const char     *roles);
DioModelInfo   *dio_composition_get_model        (DioComposition *self);
void            dio_composition_set_model        (DioComposition *self,
                                                  DioModelInfo   *model);
DioValues      *dio_composition_get_values       (DioComposition *self,
                                                  DioModelInfo   *model);
gboolean        dio_composition_is_empty         (DioComposition *self);
void            dio_composition_clear            (DioComposition *self);

G_END_DECLS
