/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos as requests bring them: an address, base64, a data URI. */

#pragma once

#include "server-private.h"

#include "dio-image-header.h"

G_BEGIN_DECLS

gboolean photo_is_data_uri   (const char         *text);
GBytes  *photo_from_base64   (const char         *text);
GBytes  *photo_from_data_uri (const char         *text);
gboolean photo_from_url      (DioProviderServer  *server,
                              const char         *url,
                              GBytes            **bytes);
gboolean photo_read_header   (GBytes             *bytes,
                              DioImageHeader     *header);

G_END_DECLS
