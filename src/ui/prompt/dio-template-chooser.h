/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts to begin with, and advice on writing one. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_TEMPLATE_CHOOSER (dio_template_chooser_get_type ())
G_DECLARE_FINAL_TYPE (DioTemplateChooser, dio_template_chooser, DIO, TEMPLATE_CHOOSER, GtkWidget)

G_END_DECLS
