/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the gallery to the comparison and back. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_CONTENT_SWITCH (dio_content_switch_get_type ())
G_DECLARE_FINAL_TYPE (DioContentSwitch, dio_content_switch, DIO, CONTENT_SWITCH, GtkWidget)

G_END_DECLS
