/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of the chosen model. */

#pragma once

#include "dio-composition.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_PARAMETER_PANEL (dio_parameter_panel_get_type ())
G_DECLARE_FINAL_TYPE (DioParameterPanel, dio_parameter_panel, DIO, PARAMETER_PANEL, GtkWidget)

void dio_parameter_panel_set_composition (DioParameterPanel *self,
                                          DioComposition    *composition);

G_END_DECLS
