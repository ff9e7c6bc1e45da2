/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling: the official platform with a token made for each request, and a reseller
 * with a fixed key. */

#include "config.h"

#include "kling-private.h"

#include "dialects.h"
#include "json-make.h"
#include "jwt.h"

#include "dio-json.h"

#include <string.h>

/* The table of the documents: which HTTP status each code comes with. */
static const struct
{
  guint       code;
  guint       status;
  const char *message;
} codes[] = {
  { 1000, 401, "Authentication failed" },
  { 1001, 401, "Authorization is empty" },
  { 1002, 401, "Authorization is invalid" },
  { 1003, 401, "Authorization is not yet valid" },
  { 1004, 401, "Authorization has expired" },
  { 1100, 429, "Account exception" },
  { 1101, 429, "Account in arrears" },
  { 1102, 429, "Resource pack depleted or expired" },
  { 1103, 403, "No access to this resource" },
  { 1200, 400, "Invalid request parameters" },
  { 1201, 400, "Invalid parameters" },
  { 1202, 404, "The requested method is invalid" },
  { 1203, 404, "The requested resource does not exist" },
  { 1300, 400, "Trigger strategy of the platform" },
  { 1301, 400, "Trigger the content security policy of the platform" },
  { 1302, 429, "The API request is too fast" },
  { 1303, 429, "Parallel task over resource pack limit" },
  { 1304, 429, "Trigger the IP white list policy" },
  { 5000, 500, "Server internal error" },
  { 5001, 503, "Server temporarily unavailable" },
  { 5002, 504, "Server internal timeout" },
};

gboolean
kling_is_official (Exchange *exchange)
{
  return g_str_equal (exchange->dialect, KLING_OFFICIAL);
}

/* Ids of ours are unique in an account. */
const char *
kling_get_account (Exchange *exchange)
{
  return exchange->dialect;
}

static guint
find_code (guint code)
{
  guint i = 0;

  while (codes[i].code != code)
    g_assert (++i < G_N_ELEMENTS (codes));

  return i;
}

/* What a client should have known; not that there is no such task. */
static gboolean
is_mistake (Exchange *exchange,
            guint     code)
{
  return (code >= 1200 && code <= 1202) || (code == 1203 && g_str_equal (exchange->call, "create"));
}

/**
 * kling_refuse:
 * @exchange: a request
 * @code: of the table
 * @parameter: (nullable): the field that is wrong
 * @message: (nullable): more than the table says
 *
 * Ends it with an error.
 */
void
kling_refuse (Exchange   *exchange,
              guint       code,
              const char *parameter,
              const char *message)
{
  guint i = find_code (code);
  g_autofree char *id = g_uuid_string_random ();

  if (message == NULL)
    message = codes[i].message;
  if (is_mistake (exchange, code))
    ledger_add_invalid (exchange->server->ledger, exchange->dialect, exchange->call, parameter, message);

  if (settings_get_bool (server_settings (exchange->server), "kling.openai-errors") &&
      !kling_is_official (exchange))
    exchange_reply (exchange, codes[i].status,
                    object_make ("error:o", object_make ("message:s type:s param:s code:i", message,
                                                         "upstream_error", parameter, code)));
  else
    exchange_reply (exchange, codes[i].status, object_make ("code:i message:s request_id:s", code, message, id));
}

static gboolean
let_in_official (Exchange   *exchange,
                 const char *token)
{
  DioProviderServer *server = exchange->server;

  switch (jwt_check (token, server->access_key, server->secret_key, server_now (server)))
    {
    case JWT_MALFORMED:
      kling_refuse (exchange, 1002, NULL, NULL);
      return FALSE;
    case JWT_FORGED:
      kling_refuse (exchange, 1000, NULL, NULL);
      return FALSE;
    case JWT_EARLY:
      kling_refuse (exchange, 1003, NULL, NULL);
      return FALSE;
    case JWT_EXPIRED:
      kling_refuse (exchange, 1004, NULL, NULL);
      return FALSE;
    case JWT_VALID:
    default:
      return TRUE;
    }
}

static gboolean
let_in (Exchange *exchange)
{
  const char *token = exchange_get_bearer (exchange);

  if (token == NULL)
    kling_refuse (exchange, 1001, NULL, NULL);
  else if (*token == '\0')
    kling_refuse (exchange, 1002, NULL, NULL);
  else if (kling_is_official (exchange))
    return let_in_official (exchange, token);
  else if (!g_str_equal (token, exchange->server->key))
    kling_refuse (exchange, 1000, NULL, NULL);
  else
    return TRUE;

  return FALSE;
}

static gboolean
has_method (Exchange   *exchange,
            const char *method)
{
  return g_str_equal (soup_server_message_get_method (exchange->message), method);
}

static void
answer_create (Exchange *exchange)
{
  if (let_in (exchange))
    kling_create (exchange);
}

static Job *
find_job (Exchange *exchange)
{
  DioProviderServer *server = exchange->server;
  g_autofree char *id = g_uri_unescape_string (strrchr (exchange->path, '/') + 1, NULL);
  Job *job = id != NULL ? jobs_find (server->jobs, kling_get_account (exchange), id) : NULL;

  if (job == NULL && id != NULL && settings_get_bool (server_settings (server), "kling.by-external-id"))
    job = jobs_find_own (server->jobs, kling_get_account (exchange), id);

  return job;
}

static void
answer_query (Exchange *exchange)
{
  Job *job = find_job (exchange);

  if (!let_in (exchange))
    return;

  if (job == NULL)
    kling_refuse (exchange, 1203, "task_id", "Task not found");
  else
    kling_tell (exchange, job);
}

static void
answer_list (Exchange *exchange)
{
  if (let_in (exchange))
    kling_tell_list (exchange);
}

static void
answer_wrong_method (Exchange *exchange)
{
  if (let_in (exchange))
    kling_refuse (exchange, 1202, NULL, NULL);
}

static void
answer_nothing (Exchange *exchange)
{
  if (let_in (exchange))
    kling_refuse (exchange, 1203, NULL, NULL);
}

/* The vendor's ids are digits or begin so; one of ours has something else in it. */
static gboolean
is_vendors_id (const char *id)
{
  return g_str_has_prefix (id, KLING_TOKEN) || (strlen (id) == 18 && strspn (id, "0123456789") == 18);
}

static void
begin (Exchange   *exchange,
       const char *account,
       const char *path,
       const char *collection)
{
  const char *rest = g_str_has_prefix (path, collection) ? path + strlen (collection) : NULL;

  if (rest == NULL || (*rest != '\0' && *rest != '/'))
    exchange_start (exchange, account, "unknown", answer_nothing);
  else if (*rest == '\0' && has_method (exchange, "POST"))
    exchange_start (exchange, account, "create", answer_create);
  else if (!has_method (exchange, "GET"))
    exchange_start (exchange, account, "unknown", answer_wrong_method);
  else if (*rest == '\0')
    exchange_start (exchange, account, "list", answer_list);
  else
    exchange_start (exchange, account, is_vendors_id (rest + 1) ? "poll" : "lookup", answer_query);
}

/**
 * kling_begin_reseller:
 * @exchange: a request
 * @path: after "images/"
 */
void
kling_begin_reseller (Exchange   *exchange,
                      const char *path)
{
  begin (exchange, KLING_RESELLER, path, settings_get_string (server_settings (exchange->server), "kling.path"));
}

/**
 * kling_begin_official:
 * @exchange: a request
 * @path: after "images/"
 */
void
kling_begin_official (Exchange   *exchange,
                      const char *path)
{
  begin (exchange, KLING_OFFICIAL, path, "multi-image2image");
}
