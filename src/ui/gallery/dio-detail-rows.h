/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the details of a result. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dio_detail_row_new          (const char *title,
                                        const char *text);
GtkWidget *dio_detail_row_new_text     (const char *title,
                                        const char *text);
GtkWidget *dio_detail_row_new_note     (const char *text);
GtkWidget *dio_detail_row_new_expander (const char *title,
                                        const char *text,
                                        const char *copy_action);

G_END_DECLS
