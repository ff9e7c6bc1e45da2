/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token that Kling's own platform takes in place of a key. */

#include "config.h"

#include "kling/dio-kling-jwt.h"

#include <stdio.h>
#include <string.h>

/* As documented; the start lies back a little for clocks that are late. */
#define LIFE_S  1800
#define START_S 5

static char *
encode (gconstpointer data,
        gsize         size)
{
  char *text = g_base64_encode (data, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

static char *
make_payload (const char *access_key,
              gint64      now)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "iss");
  json_builder_add_string_value (builder, access_key);
  json_builder_set_member_name (builder, "exp");
  json_builder_add_int_value (builder, now + LIFE_S);
  json_builder_set_member_name (builder, "nbf");
  json_builder_add_int_value (builder, now - START_S);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * dio_kling_jwt_sign:
 * @access_key: who signs
 * @secret_key: what with
 * @now: the server's time in seconds since 1970
 *
 * Returns: (transfer full): a token that is good for half an hour
 */
char *
dio_kling_jwt_sign (const char *access_key,
                    const char *secret_key,
                    gint64      now)
{
  static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret_key, strlen (secret_key));
  g_autofree char *payload = make_payload (access_key, now);
  g_autofree char *head = encode (header, strlen (header));
  g_autofree char *body = encode (payload, strlen (payload));
  g_autofree char *text = g_strconcat (head, ".", body, NULL);
  g_autofree char *signature = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &size);
  signature = encode (digest, size);

  return g_strconcat (text, ".", signature, NULL);
}

static int
read_month (const char *name)
{
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *found = strlen (name) == 3 ? strstr (names, name) : NULL;

  return found != NULL && (found - names) % 3 == 0 ? (found - names) / 3 + 1 : 0;
}

/**
 * dio_kling_jwt_read_clock:
 * @reply: an answer
 * @now: the time of this computer when it came, in seconds since 1970
 * @offset: (out): what must be added to the time of this computer to have the
 *   server's
 *
 * Returns: whether @reply tells the time
 */
gboolean
dio_kling_jwt_read_clock (const DioHttpReply *reply,
                          gint64              now,
                          gint64             *offset)
{
  const char *text = g_hash_table_lookup (reply->headers, "date");
  g_autoptr(GDateTime) date = NULL;
  char month[4] = "";
  int day, year, hour, minute, second;

  /* "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers may write today. */
  if (text == NULL ||
      sscanf (text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT",
              &day, month, &year, &hour, &minute, &second) != 6 ||
      read_month (month) == 0)
    return FALSE;

  date = g_date_time_new_utc (year, read_month (month), day, hour, minute, second);
  if (date == NULL)
    return FALSE;

  *offset = g_date_time_to_unix (date) - now;

  return TRUE;
}
