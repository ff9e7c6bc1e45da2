/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What compared pictures are called. */

#pragma once

#include "dio-compare-set.h"
#include "dio-studio.h"

G_BEGIN_DECLS

char *dio_compare_format_name  (DioCompareEntry *entry,
                                GListModel      *references);
char *dio_compare_format_badge (DioCompareEntry *entry,
                                GListModel      *references,
                                DioStudio       *studio);

G_END_DECLS
