/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices in words: how much, who says so, and whether it was charged. */

#pragma once

#include "dio-library.h"

G_BEGIN_DECLS

char       *dio_price_to_text        (const DioPrice *price);
char       *dio_price_to_sentence    (const DioPrice *price);
const char *dio_billed_to_sentence   (DioBilled       billed);
char       *dio_job_dup_price_text   (DioJob         *job);
char       *dio_job_dup_billed_text  (DioJob         *job);
char       *dio_format_budget        (DioLibrary     *library,
                                      const DioPrice *price);

G_END_DECLS
