/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every vendor has: a clock, an account, secrets to look after. */

#include "config.h"

#include "server-private.h"

#include <string.h>

typedef struct
{
  DioProviderServer *server;    /* (borrowed) */
  const char        *place;
  gboolean           elsewhere; /* nothing secret may come here */
} Search;

/* Seconds since 1970 by the server's clock, which a script may have put wrong. */
gint64
server_now (DioProviderServer *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + settings_get_int (server_settings (self), "clock");
}

/* Rising, so that a test can tell which came first; not to be guessed as a
 * number, since Kling's do not fit a double. */
char *
server_make_id (DioProviderServer *self,
                guint              digits)
{
  g_autofree char *tail = g_strdup_printf ("%0*u", (int) digits - 4, ++self->n_ids);

  return g_strdup_printf ("8672%s", tail);
}

double
server_get_balance (DioProviderServer *self,
                    const char        *account)
{
  double *spent = g_hash_table_lookup (self->spent, account);

  return settings_get_double (server_settings (self), "balance") - (spent != NULL ? *spent : 0);
}

void
server_charge (DioProviderServer *self,
               const char        *account,
               double             cost)
{
  double *spent = g_hash_table_lookup (self->spent, account);

  if (spent == NULL)
    {
      spent = g_new0 (double, 1);
      g_hash_table_insert (self->spent, g_strdup (account), spent);
    }

  *spent += cost;
}

static gboolean
holds (gconstpointer  data,
       gsize          size,
       const char    *word)
{
  return size > 0 && memmem (data, size, word, strlen (word)) != NULL;
}

static void
search (Search        *self,
        const char    *place,
        gconstpointer  data,
        gsize          size)
{
  DioProviderServer *server = self->server;
  g_autofree char *where = g_strconcat (self->place, ": ", place, NULL);

  if (holds (data, size, server->secret_key))
    ledger_add_leak (server->ledger, where, "secret key");
  if (!self->elsewhere)
    return;

  if (holds (data, size, server->key))
    ledger_add_leak (server->ledger, where, "key");
  if (holds (data, size, server->access_key))
    ledger_add_leak (server->ledger, where, "access key");
  if (holds (data, size, "eyJ"))
    ledger_add_leak (server->ledger, where, "token");
}

static void
search_header_cb (const char *name,
                  const char *value,
                  gpointer    user_data)
{
  Search *self = user_data;

  search (self, name, value, strlen (value));
  if (self->elsewhere && g_ascii_strcasecmp (name, "Authorization") == 0)
    ledger_add_leak (self->server->ledger, self->place, "Authorization");
}

/**
 * server_find_leaks:
 * @self: a server
 * @message: a request
 * @body: of it
 * @elsewhere: no key has business there
 *
 * Puts into the ledger each place where a secret arrived that must not: the
 * secret key anywhere, any key in an address, and elsewhere every key and token.
 */
void
server_find_leaks (DioProviderServer *self,
                   SoupServerMessage *message,
                   GBytes            *body,
                   gboolean           elsewhere)
{
  g_autofree char *url = g_uri_to_string (soup_server_message_get_uri (message));
  g_autofree char *place = g_strdup_printf ("%s %s", soup_server_message_get_method (message),
                                            g_uri_get_path (soup_server_message_get_uri (message)));
  Search in_url = { self, place, TRUE };
  Search in_rest = { self, place, elsewhere };
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  search (&in_url, "address", url, strlen (url));
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), search_header_cb, &in_rest);
  search (&in_rest, "body", data, size);
}
