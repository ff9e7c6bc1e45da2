/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As many columns in a grid as there is room for. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_COLUMNS (dio_columns_get_type ())
G_DECLARE_FINAL_TYPE (DioColumns, dio_columns, DIO, COLUMNS, GtkLayoutManager)

gboolean dio_columns_is_allocating (DioColumns *self);

G_END_DECLS
