/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person wrote, in the words that a model of a hosted provider reads. */

#pragma once

#include "dio-request.h"

G_BEGIN_DECLS

char *dio_wire_prompt_compile   (DioRequest      *request,
                                 DioMentionStyle  style);
char *dio_wire_prompt_dup_roles (DioRequest      *request,
                                 DioMentionStyle  style);
char *dio_wire_prompt_dup_lead  (DioRequest      *request,
                                 DioMentionStyle  style);

G_END_DECLS
