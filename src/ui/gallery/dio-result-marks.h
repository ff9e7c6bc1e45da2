/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person thinks of results, written down, deleting with undo included. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dio_results_rate   (DioStudio  *studio,
                         GPtrArray  *results,
                         guint       rating,
                         GtkWidget  *near);
void dio_results_judge  (DioStudio  *studio,
                         GPtrArray  *results,
                         DioVerdict  verdict,
                         GtkWidget  *near);
void dio_results_tag    (DioStudio  *studio,
                         GPtrArray  *results,
                         const char * const *add,
                         const char * const *remove,
                         GtkWidget  *near);
void dio_results_delete (DioStudio  *studio,
                         GPtrArray  *results,
                         GtkWidget  *near);
void dio_results_forget (DioStudio  *studio,
                         GPtrArray  *results,
                         GtkWidget  *near);
void dio_result_locate  (DioStudio  *studio,
                         DioResult  *result,
                         GtkWidget  *near);

G_END_DECLS
