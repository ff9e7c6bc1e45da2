/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices as text and as JSON. */

#pragma once

#include "dio-price.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char     *dio_cli_price_describe       (const DioPrice  *price);
void      dio_cli_price_add            (JsonBuilder     *builder,
                                        const char      *name,
                                        const DioPrice  *price);
char     *dio_cli_price_parse_currency (const char      *text,
                                        GError         **error);
gboolean  dio_cli_price_parse_amount   (const char      *text,
                                        double          *amount,
                                        GError         **error);

G_END_DECLS
