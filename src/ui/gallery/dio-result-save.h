/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In what form a picture leaves the library, as a choice in file dialogs. */

#pragma once

#include "dio-picture-export.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dio_export_choices_add (GtkFileChooser   *chooser);
void dio_export_choices_get (GtkFileChooser   *chooser,
                             DioExportOptions *options);

G_END_DECLS
