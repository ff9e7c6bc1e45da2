/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How results came about, row by row, in words. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

typedef struct
{
  char    *title;
  GStrv    values;   /* one for each result */
  gboolean is_equal;
} DioCompareRow;

void       dio_compare_row_free    (DioCompareRow *self);
GPtrArray *dio_compare_rows_new    (DioStudio     *studio,
                                    GPtrArray     *results,
                                    GPtrArray     *jobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCompareRow, dio_compare_row_free)

G_END_DECLS
