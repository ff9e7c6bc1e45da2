/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children one after another, in as many lines as they need, as words are. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_WRAP_LAYOUT (dio_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (DioWrapLayout, dio_wrap_layout, DIO, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
