/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stars and verdict of a result, to be seen and given. */

#pragma once

#include "dio-result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_MARK_BAR (dio_mark_bar_get_type ())
G_DECLARE_FINAL_TYPE (DioMarkBar, dio_mark_bar, DIO, MARK_BAR, GtkWidget)

void dio_mark_bar_set_result (DioMarkBar *self,
                              DioResult  *result);

G_END_DECLS
