/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of some words. */

#pragma once

#include "dio-parameter-row.h"

G_BEGIN_DECLS

#define DIO_TYPE_CHOICE_ROW (dio_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (DioChoiceRow, dio_choice_row, DIO, CHOICE_ROW, DioParameterRow)

G_END_DECLS
