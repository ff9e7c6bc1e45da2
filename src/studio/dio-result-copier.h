/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies each new result to the folder that the settings name. */

#pragma once

#include "dio-library.h"
#include "dio-settings.h"

G_BEGIN_DECLS

#define DIO_TYPE_RESULT_COPIER (dio_result_copier_get_type ())
G_DECLARE_FINAL_TYPE (DioResultCopier, dio_result_copier, DIO, RESULT_COPIER, GObject)

DioResultCopier *dio_result_copier_new           (DioLibrary      *library,
                                                  DioSettings     *settings);
guint            dio_result_copier_get_n_pending (DioResultCopier *self);

G_END_DECLS
