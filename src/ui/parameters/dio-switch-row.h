/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On or off. */

#pragma once

#include "dio-parameter-row.h"

G_BEGIN_DECLS

#define DIO_TYPE_SWITCH_ROW (dio_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (DioSwitchRow, dio_switch_row, DIO, SWITCH_ROW, DioParameterRow)

G_END_DECLS
