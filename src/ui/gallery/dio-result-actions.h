/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do with a picture that was made. */

#pragma once

#include "dio-result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void                dio_result_save_as        (DioResult *result,
                                               GtkWidget *near);
void                dio_result_copy           (DioResult *result,
                                               GtkWidget *near);
void                dio_results_copy          (GPtrArray *results,
                                               GtkWidget *near);
void                dio_results_export        (GPtrArray *results,
                                               GtkWidget *near);
GdkContentProvider *dio_results_make_provider (GPtrArray *results);
GdkContentProvider *dio_result_make_provider  (DioResult *result);
void                dio_result_open_with      (DioResult *result,
                                               GtkWidget *near);
void                dio_result_show_in_folder (DioResult *result,
                                               GtkWidget *near);
void                dio_result_use            (DioResult *result,
                                               GtkWidget *near);

G_END_DECLS
