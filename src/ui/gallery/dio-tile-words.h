/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is thought of results, and where groups of them begin, in words. */

#pragma once

#include "dio-result-slot.h"

G_BEGIN_DECLS

char *dio_format_marks  (DioResult     *result);
char *dio_format_badges (DioResult     *result);
char *dio_format_group  (DioResultSlot *slot);
char *dio_format_day    (gint64         time);

G_END_DECLS
