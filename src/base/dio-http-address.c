/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where may be sent to: https everywhere, plain http on this computer alone. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"

#include <string.h>

gboolean
dio_http_address_is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr(GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
dio_http_address_check (GUri    *uri,
                        GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0')
    g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The address names no host");
  else if (g_uri_get_userinfo (uri) != NULL)
    g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "The address holds a name or a password");
  else if (!g_str_equal (scheme, "https") &&
           !(g_str_equal (scheme, "http") && dio_http_address_is_loopback (uri)))
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Not a secure address: %s://%s", scheme, host);
  else
    return TRUE;

  return FALSE;
}

/* Returns: (transfer full): NULL with DIO_ERROR_INVALID where it must not be
 *   sent to */
GUri *
dio_http_address_parse (const char *url,
                        GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, &local_error);

  if (uri == NULL)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "Not an address: %s", local_error->message);
      return NULL;
    }

  return dio_http_address_check (uri, error) ? g_steal_pointer (&uri) : NULL;
}

/* For logs: what follows the path of an address may give access to it. */
char *
dio_http_address_dup_shown (GUri *uri)
{
  return g_strconcat (g_uri_get_host (uri), g_uri_get_path (uri), NULL);
}

/**
 * dio_http_dup_base_address:
 * @address: scheme://host[:port][/prefix], as typed
 * @error: return location for a #GError
 *
 * Returns: (transfer full): @address in the form that paths are put after, with
 *   no slash at its end; %NULL with %DIO_ERROR_INVALID where it must not be sent
 *   to, or where something follows its path
 */
char *
dio_http_dup_base_address (const char  *address,
                           GError     **error)
{
  g_autofree char *base = NULL;
  g_autoptr(GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  base = g_strstrip (g_strdup (address));
  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';

  uri = dio_http_address_parse (base, error);
  if (uri == NULL)
    return NULL;

  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "Something follows the path of the address");
      return NULL;
    }

  return g_steal_pointer (&base);
}
