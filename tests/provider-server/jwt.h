/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of the official Kling, as RFC 7519 has them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JWT_VALID,
  JWT_MALFORMED,
  JWT_FORGED, /* another issuer, or another's signature */
  JWT_EARLY,
  JWT_EXPIRED,
} JwtState;

JwtState jwt_check (const char *token,
                    const char *issuer,
                    const char *secret,
                    gint64      now);

G_END_DECLS
