/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts to begin with. */

#pragma once

#include "dio-composition.h"

G_BEGIN_DECLS

guint       dio_prompt_templates_get_n       (void);
const char *dio_prompt_templates_get_title   (guint           position);
const char *dio_prompt_templates_get_summary (guint           position);
char       *dio_prompt_templates_make        (guint           position,
                                              DioComposition *composition);

G_END_DECLS
