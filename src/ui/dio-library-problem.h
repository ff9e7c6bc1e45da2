/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library that does not open, met with what can be done about it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*DioLibraryRetryFunc) (gpointer user_data);

void dio_library_problem_show (GtkWindow           *parent,
                               const char          *folder,
                               const GError        *error,
                               DioLibraryRetryFunc  retry,
                               GObject             *retry_data);
void dio_library_problem_show_damage (GtkWindow     *parent,
                                      const char    *folder);

G_END_DECLS
