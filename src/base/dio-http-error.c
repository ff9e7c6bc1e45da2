/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorts what goes wrong on the way into the classes of DioError. */

#include "config.h"

#include "dio-http-private.h"

#include "dio-error.h"

static char *
describe_certificate (GTlsCertificateFlags flags)
{
  static const struct {
    GTlsCertificateFlags flag;
    const char          *words;
  } table[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "unknown issuer" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "made for another host" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not yet valid" },
    { G_TLS_CERTIFICATE_EXPIRED, "expired" },
    { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "insecure algorithm" },
  };
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if ((flags & table[i].flag) != 0)
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", table[i].words);
    }

  return g_strdup (words->len > 0 ? words->str : "not valid");
}

static GError *
new_from_tls (SoupMessage  *message,
              const GError *error)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  g_autofree char *why = NULL;

  if (!g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new (DIO_ERROR, DIO_ERROR_OFFLINE, "No secure connection to %s: %s", host, error->message);

  why = describe_certificate (soup_message_get_tls_peer_certificate_errors (message));

  return g_error_new (DIO_ERROR, DIO_ERROR_UNTRUSTED, "The certificate of %s is not trusted: %s", host, why);
}

/* An answer that was cut, or is none of HTTP. */
static gboolean
is_broken_answer (const GError *error)
{
  return error->domain == SOUP_SESSION_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* @error as one of ours; a cancellation, and what the body of the request has
 * failed with, stay. @started: bytes may have been sent. */
GError *
dio_http_error_new (SoupMessage  *message,
                    const GError *error,
                    gboolean      started)
{
  if (error->domain == DIO_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return new_from_tls (message, error);
  /* The system's own limit for a connection. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return dio_http_error_new_silent (message, started);

  return g_error_new (DIO_ERROR, started && is_broken_answer (error) ? DIO_ERROR_REPLY : DIO_ERROR_OFFLINE,
                      "%s: %s", g_uri_get_host (soup_message_get_uri (message)), error->message);
}

GError *
dio_http_error_new_silent (SoupMessage *message,
                           gboolean     started)
{
  return g_error_new (DIO_ERROR, DIO_ERROR_TIMEOUT, "%s %s in time",
                      started ? "No answer of" : "No connection to",
                      g_uri_get_host (soup_message_get_uri (message)));
}
