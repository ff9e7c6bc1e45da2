/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields a model knows. The server refuses a request with any other, so
 * its own schema is asked, with a list of ours for when it cannot be had. */

#pragma once

#include "dio-http.h"

G_BEGIN_DECLS

DioHttpRequest *dio_runware_make_schema    (const char          *endpoint,
                                            const char          *model_id);
GHashTable     *dio_runware_read_schema    (const DioHttpReply  *reply,
                                            GError             **error);
GHashTable     *dio_runware_bundled_schema (const char          *model_id);

G_END_DECLS
