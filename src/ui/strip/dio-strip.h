/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photos of a composition, in the order in which they are sent. */

#pragma once

#include "dio-importer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_STRIP (dio_strip_get_type ())
G_DECLARE_FINAL_TYPE (DioStrip, dio_strip, DIO, STRIP, GtkWidget)

void  dio_strip_set_composition (DioStrip       *self,
                                 DioComposition *composition);
void  dio_strip_set_importer    (DioStrip       *self,
                                 DioImporter    *importer);
guint dio_strip_get_position_at (DioStrip       *self,
                                 double          x,
                                 double          y);

G_END_DECLS
