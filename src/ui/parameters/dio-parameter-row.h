/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One parameter of a model as a row of the panel. */

#pragma once

#include "dio-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DIO_TYPE_PARAMETER_ROW (dio_parameter_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (DioParameterRow, dio_parameter_row, DIO, PARAMETER_ROW, AdwPreferencesRow)

/**
 * DioParameterRowClass:
 * @build: makes the controls, once
 * @show: shows a value; %NULL for unset
 * @shows_unset: the control itself says that nothing is set, and unsets
 */
struct _DioParameterRowClass
{
  AdwPreferencesRowClass parent_class;

  void (*build) (DioParameterRow *self);
  void (*show)  (DioParameterRow *self,
                 GVariant        *value);

  gboolean shows_unset;
};

GtkWidget          *dio_parameter_row_new           (DioValues          *values,
                                                     const DioParameter *parameter);

/* For the kinds of rows. */
const DioParameter *dio_parameter_row_get_parameter (DioParameterRow    *self);
gboolean            dio_parameter_row_is_showing    (DioParameterRow    *self);
gboolean            dio_parameter_row_is_unset      (DioParameterRow    *self);
const char         *dio_parameter_row_get_unset_text (DioParameterRow   *self);
void                dio_parameter_row_add_suffix    (DioParameterRow    *self,
                                                     GtkWidget          *widget);
void                dio_parameter_row_add_below     (DioParameterRow    *self,
                                                     GtkWidget          *widget);
void                dio_parameter_row_label         (DioParameterRow    *self,
                                                     GtkWidget          *control);
void                dio_parameter_row_store         (DioParameterRow    *self,
                                                     GVariant           *value);
void                dio_parameter_row_unset         (DioParameterRow    *self);
void                dio_parameter_row_reject        (DioParameterRow    *self,
                                                     gboolean            is_rejected);

G_END_DECLS
