/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server answered. */

#include "config.h"

#include "dio-http-private.h"

static void
take_header_cb (const char *name,
                const char *value,
                gpointer    user_data)
{
  GHashTable *headers = user_data;
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (headers, key);

  g_hash_table_replace (headers, g_steal_pointer (&key),
                        before != NULL ? g_strjoin (", ", before, value, NULL) : g_strdup (value));
}

DioHttpReply *
dio_http_reply_new (SoupMessage *message,
                    GBytes      *bytes)
{
  DioHttpReply *self = g_new (DioHttpReply, 1);

  self->status = soup_message_get_status (message);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->bytes = g_bytes_ref (bytes);
  soup_message_headers_foreach (soup_message_get_response_headers (message), take_header_cb, self->headers);

  return self;
}

/**
 * dio_http_reply_free:
 * @self: (transfer full): a reply
 */
void
dio_http_reply_free (DioHttpReply *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->headers);
  g_bytes_unref (self->bytes);
  g_free (self);
}
