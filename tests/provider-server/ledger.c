/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server was asked, and what it charged. */

#include "config.h"

#include "ledger.h"

#include "json-make.h"

#include "dio-json.h"

/* Enough for any test, and an end to what is kept. */
#define MAX_KEPT 20000

struct _Ledger
{
  JsonObject *dialects;   /* (owned): per dialect "creates", "calls", "totals" */
  JsonArray  *leaks;      /* (owned) */
  JsonArray  *invalid;    /* (owned) */
  JsonArray  *downloads;  /* (owned) */
  gint64      largest;
};

Ledger *
ledger_new (void)
{
  Ledger *self = g_new0 (Ledger, 1);

  self->dialects = json_object_new ();
  self->leaks = json_array_new ();
  self->invalid = json_array_new ();
  self->downloads = json_array_new ();

  return self;
}

void
ledger_free (Ledger *self)
{
  json_object_unref (self->dialects);
  json_array_unref (self->leaks);
  json_array_unref (self->invalid);
  json_array_unref (self->downloads);
  g_free (self);
}

static JsonObject *
get_dialect (Ledger     *self,
             const char *dialect)
{
  if (!json_object_has_member (self->dialects, dialect))
    json_object_set_object_member (self->dialects, dialect,
                                   object_make ("creates:a calls:o totals:o", json_array_new (),
                                                json_object_new (),
                                                object_make ("creates:i accepted:i charges:i cost:d pictures:i",
                                                             0, 0, 0, 0.0, 0)));

  return json_object_get_object_member (self->dialects, dialect);
}

static void
count (JsonObject *object,
       const char *member,
       gint64      by)
{
  json_object_set_int_member (object, member, dio_json_get_integer (object, member, 0) + by);
}

static void
keep (JsonArray  *array,
      JsonObject *object)
{
  if (json_array_get_length (array) < MAX_KEPT)
    json_array_add_object_element (array, object);
  else
    json_object_unref (object);
}

void
ledger_add_request (Ledger     *self,
                    const char *dialect,
                    const char *call,
                    gsize       size)
{
  self->largest = MAX (self->largest, (gint64) size);
  count (json_object_get_object_member (get_dialect (self, dialect), "calls"), call, 1);
}

void
ledger_add_create (Ledger             *self,
                   const char         *dialect,
                   const LedgerCreate *create)
{
  JsonObject *entry = get_dialect (self, dialect);
  JsonObject *totals = json_object_get_object_member (entry, "totals");

  count (totals, "creates", 1);
  if (create->accepted)
    {
      count (totals, "accepted", 1);
      count (totals, "charges", 1);
      count (totals, "pictures", create->n);
      json_object_set_double_member (totals, "cost", dio_json_get_number (totals, "cost", 0) + create->cost);
    }

  keep (json_object_get_array_member (entry, "creates"),
        object_make ("own_id:s remote_id:s accepted:b charged:b cost:d currency:s n:i time:d prompt:s error:s",
                     create->own_id, create->remote_id, create->accepted, create->accepted,
                     create->accepted ? create->cost : 0.0, create->currency, create->n,
                     g_get_real_time () / (double) G_USEC_PER_SEC, create->prompt, create->error));
}

void
ledger_add_invalid (Ledger     *self,
                    const char *dialect,
                    const char *call,
                    const char *parameter,
                    const char *message)
{
  keep (self->invalid, object_make ("dialect:s call:s parameter:s message:s", dialect, call, parameter, message));
}

static void
keep_header_cb (const char *name,
                const char *value,
                gpointer    user_data)
{
  json_object_set_string_member (user_data, name, value);
}

void
ledger_add_download (Ledger             *self,
                     const char         *path,
                     SoupMessageHeaders *headers)
{
  JsonObject *kept = json_object_new ();

  soup_message_headers_foreach (headers, keep_header_cb, kept);
  keep (self->downloads, object_make ("path:s headers:o", path, kept));
}

/**
 * ledger_add_leak:
 * @self: a ledger
 * @place: where
 * @what: such as "key"; never the secret itself
 */
void
ledger_add_leak (Ledger     *self,
                 const char *place,
                 const char *what)
{
  keep (self->leaks, object_make ("place:s what:s", place, what));
}

/**
 * ledger_to_json:
 * @self: a ledger
 *
 * Returns: (transfer full): what it holds, apart from what comes later
 */
JsonObject *
ledger_to_json (Ledger *self)
{
  g_autoptr(JsonNode) node =
    object_to_node (object_make ("dialects:o key_leaks:a invalid:a downloads:a largest_body:l",
                                 json_object_ref (self->dialects), json_array_ref (self->leaks),
                                 json_array_ref (self->invalid), json_array_ref (self->downloads),
                                 self->largest));
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr(JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_object (copy);
}
