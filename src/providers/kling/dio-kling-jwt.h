/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token that Kling's own platform takes in place of a key (RFC 7519). */

#pragma once

#include "dio-http.h"

G_BEGIN_DECLS

char     *dio_kling_jwt_sign       (const char         *access_key,
                                    const char         *secret_key,
                                    gint64              now);
gboolean  dio_kling_jwt_read_clock (const DioHttpReply *reply,
                                    gint64              now,
                                    gint64             *offset);

G_END_DECLS
