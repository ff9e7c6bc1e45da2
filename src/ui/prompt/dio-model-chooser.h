/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes the picture: the models of all providers. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_MODEL_CHOOSER (dio_model_chooser_get_type ())
G_DECLARE_FINAL_TYPE (DioModelChooser, dio_model_chooser, DIO, MODEL_CHOOSER, GtkWidget)

void dio_model_chooser_set_composition (DioModelChooser *self,
                                        DioStudio       *studio,
                                        DioComposition  *composition);

G_END_DECLS
