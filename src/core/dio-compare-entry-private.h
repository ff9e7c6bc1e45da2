/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set and its pictures share. */

#pragma once

#include "dio-compare-set.h"

G_BEGIN_DECLS

void _dio_compare_entry_set_letter (DioCompareEntry *self,
                                    char             letter);

G_END_DECLS
