/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of the official Kling, as RFC 7519 has them. */

#include "config.h"

#include "jwt.h"

#include "dio-json.h"

#include <string.h>

/* Base64 for URLs, which has no padding; padded, it is none of these. */
static GBytes *
decode_part (const char *part)
{
  static const char *const padding[] = { "", "", "==", "=" };
  g_autofree char *text = g_strdup (part);
  g_autofree char *padded = NULL;
  guchar *data;
  gsize size;

  if (strspn (part, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != strlen (part) ||
      strlen (part) % 4 == 1)
    return NULL;

  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  padded = g_strconcat (text, padding[strlen (text) % 4], NULL);
  data = g_base64_decode (padded, &size);

  return g_bytes_new_take (data, size);
}

static JsonNode *
parse_part (const char *part)
{
  g_autoptr(GBytes) bytes = decode_part (part);
  g_autoptr(JsonNode) node = bytes != NULL ? dio_json_parse (bytes, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static gboolean
is_signed (char       **parts,
           const char  *secret)
{
  g_autofree char *text = g_strdup_printf ("%s.%s", parts[0], parts[1]);
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  g_autoptr(GBytes) given = decode_part (parts[2]);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, strlen (text));
  g_hmac_get_digest (hmac, digest, &size);

  return given != NULL && g_bytes_get_size (given) == size &&
         memcmp (g_bytes_get_data (given, NULL), digest, size) == 0;
}

/**
 * jwt_check:
 * @token: what follows "Bearer "
 * @issuer: the access key
 * @secret: the secret key
 * @now: seconds since 1970, by the server's clock
 *
 * Returns: what there is to say of it
 */
JwtState
jwt_check (const char *token,
           const char *issuer,
           const char *secret,
           gint64      now)
{
  g_auto(GStrv) parts = g_strsplit (token, ".", -1);
  g_autoptr(JsonNode) header = NULL;
  g_autoptr(JsonNode) payload = NULL;
  JsonObject *claims;

  if (g_strv_length (parts) != 3)
    return JWT_MALFORMED;

  header = parse_part (parts[0]);
  payload = parse_part (parts[1]);
  if (header == NULL || payload == NULL ||
      g_strcmp0 (dio_json_get_string (json_node_get_object (header), "alg"), "HS256") != 0 ||
      g_strcmp0 (dio_json_get_string (json_node_get_object (header), "typ"), "JWT") != 0)
    return JWT_MALFORMED;

  claims = json_node_get_object (payload);
  if (!json_object_has_member (claims, "exp") || !json_object_has_member (claims, "nbf"))
    return JWT_MALFORMED;
  if (!is_signed (parts, secret) || g_strcmp0 (dio_json_get_string (claims, "iss"), issuer) != 0)
    return JWT_FORGED;
  if (dio_json_get_integer (claims, "nbf", G_MAXINT64) > now)
    return JWT_EARLY;
  if (dio_json_get_integer (claims, "exp", 0) <= now)
    return JWT_EXPIRED;

  return JWT_VALID;
}
