/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags of results, to be seen and changed. */

#pragma once

#include "dio-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_TAG_EDITOR (dio_tag_editor_get_type ())
G_DECLARE_FINAL_TYPE (DioTagEditor, dio_tag_editor, DIO, TAG_EDITOR, GtkWidget)

void dio_tag_editor_set_studio  (DioTagEditor *self,
                                 DioStudio    *studio);
void dio_tag_editor_set_results (DioTagEditor *self,
                                 GPtrArray    *results);
void dio_tag_editor_set_result  (DioTagEditor *self,
                                 DioResult    *result);
void dio_results_edit_tags      (DioStudio    *studio,
                                 GPtrArray    *results,
                                 GtkWidget    *near);

G_END_DECLS
