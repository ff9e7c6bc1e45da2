/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule says in place of the truth. */

#include "config.h"

#include "fault-reply.h"

#include "picture-bytes.h"
#include "pour.h"
#include "wrong-types.h"

#include "dio-json.h"

#include <string.h>

#define HTML "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>" \
             "<body><h1>502 Bad Gateway</h1></body></html>"

/* The connection is taken from libsoup; nothing was written to it. */
static void
say_raw (Exchange *exchange,
         GBytes   *first,
         GBytes   *again,
         goffset   more,
         guint     interval)
{
  GIOStream *stream;

  stream = soup_server_message_steal_connection (exchange->message);
  exchange_end (exchange);
  pour_start (stream, first, again, more, interval, exchange->server->pours);
}

static void
append_header_cb (const char *name,
                  const char *value,
                  gpointer    user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

static GString *
make_header (Exchange *exchange,
             goffset   length)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "HTTP/1.1 %u OK\r\n", exchange->status != 0 ? exchange->status : 200);
  soup_message_headers_foreach (soup_server_message_get_response_headers (exchange->message),
                                append_header_cb, text);
  g_string_append_printf (text, "Content-Type: %s\r\n",
                          exchange->type != NULL ? exchange->type : "application/json");

  /* A connection that breaks has not said so before. */
  if (length >= 0)
    g_string_append_printf (text, "Content-Length: %" G_GOFFSET_FORMAT "\r\n", length);
  else
    g_string_append (text, "Connection: close\r\n");

  return text;
}

static void
say_cut_header (Exchange *exchange)
{
  GString *text = make_header (exchange, g_bytes_get_size (exchange->reply));

  g_string_truncate (text, text->len / 2);
  say_raw (exchange, g_string_free_to_bytes (text), NULL, 0, 0);
}

/* As slow as nobody waits for; who watches is told as of one that is held. */
static void
say_stall (Exchange *exchange)
{
  DioProviderServer *server = exchange->server;
  const char *rule = exchange->rule->name;
  GString *text = make_header (exchange, g_bytes_get_size (exchange->reply));

  g_string_truncate (text, text->len / 2);
  say_raw (exchange, g_string_free_to_bytes (text), g_bytes_new_static ("a", 1), -1, 10000);
  g_signal_emit_by_name (server, "held", rule);
}

static void
say_cut_body (Exchange *exchange)
{
  gsize size = g_bytes_get_size (exchange->reply);
  GString *text = make_header (exchange, size);

  g_string_append (text, "\r\n");
  g_string_append_len (text, g_bytes_get_data (exchange->reply, NULL), size / 2);
  say_raw (exchange, g_string_free_to_bytes (text), NULL, 0, 0);
}

static void
say_truncated (Exchange *exchange)
{
  GBytes *half = g_bytes_new_from_bytes (exchange->reply, 0, g_bytes_get_size (exchange->reply) / 2);

  g_bytes_unref (exchange->reply);
  exchange->reply = half;
  exchange_send (exchange);
}

static void
say_plainly (Exchange   *exchange,
             guint       status,
             GBytes     *body,
             const char *type)
{
  g_clear_pointer (&exchange->reply, g_bytes_unref);
  exchange->status = status;
  exchange->reply = body;
  exchange->type = type;
  exchange_send (exchange);
}

static void
say_status (Exchange *exchange)
{
  Rule *rule = exchange->rule;
  g_autoptr(GList) names = rule->headers != NULL ? json_object_get_members (rule->headers) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *value = dio_json_get_string (rule->headers, l->data);

      if (value != NULL)
        exchange_set_header (exchange, l->data, value);
    }

  say_plainly (exchange, rule->status, rule->body != NULL ? g_bytes_ref (rule->body) : NULL, "application/json");
}

/* A redirection to a place of ours that no client has a reason to tell a secret. */
static void
say_redirect (Exchange *exchange)
{
  Rule *rule = exchange->rule;
  g_autofree char *location = g_strdup (rule->location);

  if (location == NULL || g_str_equal (location, "cdn"))
    {
      g_free (location);
      location = dio_provider_server_dup_cdn_url (exchange->server, "/redirected");
    }
  else if (g_str_equal (location, "localhost"))
    {
      g_autofree char *url = dio_provider_server_dup_url (exchange->server, "/redirected");
      char *host = strstr (url, "127.0.0.1");

      g_free (location);
      *host = '\0';
      location = g_strconcat (url, "localhost", host + strlen ("127.0.0.1"), NULL);
    }

  exchange_set_header (exchange, "Location", location);
  say_plainly (exchange, rule->status != 500 ? rule->status : 307, NULL, NULL);
}

static void
say_endless (Exchange *exchange)
{
  Rule *rule = exchange->rule;
  gsize size = 256 * 1024;
  g_autofree char *filling = g_malloc (size);
  GString *text;

  if (g_str_equal (exchange->call, "download"))
    exchange->type = "image/png";
  text = make_header (exchange, rule->declared ? rule->bytes : -1);
  memset (filling, 'a', size);
  g_string_append (text, "\r\n");
  say_raw (exchange, g_string_free_to_bytes (text), g_bytes_new_take (g_steal_pointer (&filling), size),
           rule->bytes, 0);
}

static void
say_drip (Exchange *exchange)
{
  Rule *rule = exchange->rule;
  g_autofree char *filling = g_strnfill (MAX (rule->step, 1), ' ');
  GString *text = make_header (exchange, -1);

  g_string_append (text, "\r\n");
  say_raw (exchange, g_string_free_to_bytes (text), g_bytes_new (filling, strlen (filling)), -1, rule->interval);
}

static void
say_wrong_types (Exchange *exchange)
{
  g_autoptr(JsonNode) node = dio_json_parse (exchange->reply, NULL);
  GBytes *wrong = wrong_types_make (node, exchange->rule->node, &exchange->rule->nodes);

  say_plainly (exchange, exchange->status, wrong, exchange->type);
}

static void
say_other_type (Exchange *exchange)
{
  g_autoptr(GError) error = NULL;
  GBytes *other = picture_bytes_change_type (exchange->reply, &error);

  g_assert_no_error (error);
  say_plainly (exchange, exchange->status, other, exchange->type);
}

/**
 * fault_reply:
 * @exchange: whose rule says something else
 */
void
fault_reply (Exchange *exchange)
{
  if (exchange->gone)
    return;

  switch (exchange->rule->action)
    {
    case ACTION_CLOSE:
      say_raw (exchange, g_bytes_new (NULL, 0), NULL, 0, 0);
      break;
    case ACTION_CUT_HEADER:
      say_cut_header (exchange);
      break;
    case ACTION_STALL:
      say_stall (exchange);
      break;
    case ACTION_CUT_BODY:
      say_cut_body (exchange);
      break;
    case ACTION_TRUNCATED:
      say_truncated (exchange);
      break;
    case ACTION_EMPTY:
      say_plainly (exchange, 200, NULL, "application/json");
      break;
    case ACTION_HTML:
      say_plainly (exchange, 200, g_bytes_new_static (HTML, strlen (HTML)), "text/html");
      break;
    case ACTION_WRONG_TYPES:
      say_wrong_types (exchange);
      break;
    case ACTION_STATUS:
      say_status (exchange);
      break;
    case ACTION_REDIRECT:
      say_redirect (exchange);
      break;
    case ACTION_ENDLESS:
      say_endless (exchange);
      break;
    case ACTION_DRIP:
      say_drip (exchange);
      break;
    case ACTION_OTHER_TYPE:
      say_other_type (exchange);
      break;
    case ACTION_HUGE:
      say_plainly (exchange, 200, picture_bytes_make_huge (), "image/png");
      break;
    case ACTION_PROCEED:
    case ACTION_QUEUE:
    case ACTION_REFUSE:
    case ACTION_FAIL:
    case ACTION_PARTIAL:
    case ACTION_DUPLICATE:
    case ACTION_HOLD:
    default:
      g_assert_not_reached ();
    }
}
