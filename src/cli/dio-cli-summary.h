/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job of the library, as text and as JSON. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

const char *dio_cli_summary_describe_state (const DioJobSummary *summary);
void        dio_cli_summary_add            (JsonBuilder         *builder,
                                            const DioJobSummary *summary);
void        dio_cli_summary_print          (const DioJobSummary *summary);

G_END_DECLS
