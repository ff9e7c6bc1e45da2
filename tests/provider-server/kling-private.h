/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling, shared by its files. */

#pragma once

#include "checks.h"
#include "exchange.h"

G_BEGIN_DECLS

#define KLING_RESELLER "kling"
#define KLING_OFFICIAL "kling-official"

/* How ids begin that are no digits. */
#define KLING_TOKEN    "CjM"

gboolean    kling_is_official  (Exchange   *exchange);
const char *kling_get_account  (Exchange   *exchange);
void        kling_refuse       (Exchange   *exchange,
                                guint       code,
                                const char *parameter,
                                const char *message);

void        kling_create       (Exchange   *exchange);
gboolean    kling_take_request (Exchange   *exchange,
                                Job        *job,
                                Problem    *problem);
gboolean    kling_check_fields (Exchange   *exchange,
                                Problem    *problem);

void        kling_tell_created (Exchange   *exchange,
                                Job        *job);
void        kling_tell         (Exchange   *exchange,
                                Job        *job);
void        kling_tell_list    (Exchange   *exchange);

G_END_DECLS
