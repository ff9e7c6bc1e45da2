/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, roles and notes in words. */

#pragma once

#include "dio-provider.h"

G_BEGIN_DECLS

const char *dio_role_get_title        (DioRole             role);
const char *dio_account_name_to_text  (const char         *name);
char       *dio_format_seconds        (double              seconds);
char       *dio_format_date           (gint64              microseconds);
char       *dio_format_size           (int                 width,
                                       int                 height);
char       *dio_format_note           (const DioNote      *note);
char       *dio_format_model          (DioProvider        *provider,
                                       DioModelInfo       *model);
char       *dio_format_benched        (DioModelInfo       *model,
                                       DioRole             role);
char       *dio_format_caption        (DioResult          *result,
                                       const char         *provider);
char       *dio_format_changes        (guint               changes);
char       *dio_join_words            (const char * const *words);

G_END_DECLS
