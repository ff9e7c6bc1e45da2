/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests ask of the server itself, over the same port. */

#include "config.h"

#include "dialects.h"
#include "json-make.h"

#include "dio-json.h"

static void
tell_ledger (Exchange *exchange)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (exchange->server);

  exchange_reply (exchange, 200, json_node_dup_object (ledger));
}

static void
set_script (Exchange *exchange)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (exchange->body, NULL), g_bytes_get_size (exchange->body));
  g_autoptr(GError) error = NULL;

  if (dio_provider_server_set_script (exchange->server, text, &error))
    exchange_reply (exchange, 200, object_make ("script:s", "set"));
  else
    exchange_reply (exchange, 400, object_make ("error:s", error->message));
}

static void
release (Exchange *exchange)
{
  const char *name = dio_json_get_string (exchange_get_object (exchange), "name");
  guint n = dio_provider_server_get_n_held (exchange->server);

  dio_provider_server_release (exchange->server, name);
  exchange_reply (exchange, 200, object_make ("were_held:i", n));
}

/**
 * control_answer:
 * @exchange: a request
 * @path: after "/control/"
 */
void
control_answer (Exchange   *exchange,
                const char *path)
{
  if (g_str_equal (path, "ledger"))
    tell_ledger (exchange);
  else if (g_str_equal (path, "script"))
    set_script (exchange);
  else if (g_str_equal (path, "release"))
    release (exchange);
  else
    exchange_reply (exchange, 404, object_make ("error:s", "ledger, script or release"));
}
