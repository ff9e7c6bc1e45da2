/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the person's own. */

#pragma once

#include "dio-parameter-row.h"

G_BEGIN_DECLS

#define DIO_TYPE_TEXT_ROW (dio_text_row_get_type ())
G_DECLARE_FINAL_TYPE (DioTextRow, dio_text_row, DIO, TEXT_ROW, DioParameterRow)

G_END_DECLS
