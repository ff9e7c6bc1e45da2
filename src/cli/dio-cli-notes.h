/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person should be told of pictures that were made all the same. */

#pragma once

#include "dio-composition.h"
#include "dio-job.h"

G_BEGIN_DECLS

void dio_cli_notes_print_benched (DioComposition *composition,
                                  DioModelInfo   *model);
void dio_cli_notes_print_beyond  (DioComposition *composition);
void dio_cli_notes_print_job     (DioJob         *job,
                                  DioModelInfo   *model);

G_END_DECLS
