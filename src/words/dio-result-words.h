/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came, beside what was asked for, in words. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

char *dio_result_dup_size_text (DioResult    *result,
                                DioRequest   *request);
char *dio_result_dup_type_text (DioResult    *result,
                                DioRequest   *request,
                                DioModelInfo *model);
char *dio_result_dup_seed_text (DioResult    *result,
                                DioRequest   *request,
                                DioModelInfo *model);
char *dio_result_dup_time_text (DioResult    *result,
                                DioJob       *job);
char *dio_result_dup_cost_text (DioResult    *result,
                                DioJob       *job);

G_END_DECLS
