/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos as requests bring them: an address, base64, a data URI. */

#include "config.h"

#include "photo.h"

#include <string.h>

gboolean
photo_is_data_uri (const char *text)
{
  return g_str_has_prefix (text, "data:");
}

/**
 * photo_from_base64:
 * @text: of a request
 *
 * Returns: (transfer full) (nullable): what it stands for; %NULL unless it is
 *   base64 in every character, with its padding
 */
GBytes *
photo_from_base64 (const char *text)
{
  gsize length = strlen (text);
  gsize plain = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (text + plain, "=");
  guchar *data;
  gsize size;

  if (length == 0 || length % 4 != 0 || plain + padding != length || padding > 2)
    return NULL;

  data = g_base64_decode (text, &size);

  return g_bytes_new_take (data, size);
}

/**
 * photo_from_data_uri:
 * @text: of a request
 *
 * Returns: (transfer full) (nullable): the picture in it
 */
GBytes *
photo_from_data_uri (const char *text)
{
  const char *comma = strchr (text, ',');

  if (!g_str_has_prefix (text, "data:image/") || comma == NULL ||
      comma - text < (gssize) strlen (";base64") || !g_str_has_prefix (comma - strlen (";base64"), ";base64,"))
    return NULL;

  return photo_from_base64 (comma + 1);
}

/**
 * photo_from_url:
 * @server: a server
 * @url: of a request
 * @bytes: (out) (transfer full) (nullable): the photo, where it was uploaded here;
 *   what lies elsewhere is not fetched
 *
 * Returns: %FALSE where it was uploaded here, and is not kept any more
 */
gboolean
photo_from_url (DioProviderServer  *server,
                const char         *url,
                GBytes            **bytes)
{
  g_autofree char *uploads = dio_provider_server_dup_cdn_url (server, "/uploads/");
  g_autofree char *id = NULL;

  *bytes = NULL;
  if (!g_str_has_prefix (url, uploads))
    return TRUE;

  id = g_strndup (url + strlen (uploads), strcspn (url + strlen (uploads), ".?"));
  *bytes = uploads_find (server->uploads, id);
  if (*bytes == NULL)
    return FALSE;

  g_bytes_ref (*bytes);

  return TRUE;
}

gboolean
photo_read_header (GBytes         *bytes,
                   DioImageHeader *header)
{
  return dio_image_header_read (bytes, header, NULL);
}
