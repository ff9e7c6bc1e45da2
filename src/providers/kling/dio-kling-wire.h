/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling's dialect: what is asked. No function here sends. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

gboolean        dio_kling_check                     (DioRequest          *request,
                                                     GError             **error);
DioHttpRequest *dio_kling_make_create               (DioRequest          *request,
                                                     const DioAccount    *account,
                                                     const char          *token,
                                                     const DioWirePhoto  *photos,
                                                     guint                n_photos,
                                                     GError             **error);
DioHttpRequest *dio_kling_make_query                (const DioAccount    *account,
                                                     const char          *token,
                                                     const char          *remote_id,
                                                     GError             **error);
DioHttpRequest *dio_kling_make_query_by_external_id (DioRequest          *request,
                                                     const DioAccount    *account,
                                                     const char          *token,
                                                     GError             **error);
DioHttpRequest *dio_kling_make_test                 (const DioAccount    *account,
                                                     const char          *token,
                                                     GError             **error);

G_END_DECLS
