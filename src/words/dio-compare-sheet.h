/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is compared, as a sheet. */

#pragma once

#include "dio-compare-set.h"
#include "dio-sheet.h"
#include "dio-studio.h"

G_BEGIN_DECLS

GPtrArray *dio_compare_list_rows (DioCompareSet  *set,
                                  DioStudio      *studio,
                                  GListModel     *references,
                                  GHashTable     *jobs,
                                  GStrv          *names);
DioSheet  *dio_compare_sheet_new (DioCompareSet  *set,
                                  DioStudio      *studio,
                                  GListModel     *references,
                                  GHashTable     *jobs,
                                  const char     *title);

G_END_DECLS
