/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model is told of which image is which, to be read and to be rewritten. */

#pragma once

#include "dio-request.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_ROLE_SENTENCE (dio_role_sentence_get_type ())
G_DECLARE_FINAL_TYPE (DioRoleSentence, dio_role_sentence, DIO, ROLE_SENTENCE, GtkWidget)

void dio_role_sentence_set_composition (DioRoleSentence *self,
                                        DioComposition  *composition);
void dio_role_sentence_update          (DioRoleSentence *self,
                                        DioModelInfo    *model);

G_END_DECLS
