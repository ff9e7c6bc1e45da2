/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number: an entry, and a slider under it. */

#pragma once

#include "dio-parameter-row.h"

G_BEGIN_DECLS

#define DIO_TYPE_NUMBER_ROW (dio_number_row_get_type ())
G_DECLARE_FINAL_TYPE (DioNumberRow, dio_number_row, DIO, NUMBER_ROW, DioParameterRow)

G_END_DECLS
