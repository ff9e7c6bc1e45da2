/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server was asked, and what it charged. */

#pragma once

#include <libsoup/soup.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LedgerCreate:
 * @own_id: (nullable): the client's
 * @remote_id: (nullable): the vendor's; of a refused one %NULL
 * @prompt: (nullable): what was asked for
 * @accepted: a job was made
 * @cost: what was charged
 * @currency: of it
 * @n: pictures
 * @error: (nullable): why not
 *
 * A create that arrived.
 */
typedef struct
{
  const char *own_id;
  const char *remote_id;
  const char *prompt;
  gboolean    accepted;
  double      cost;
  const char *currency;
  guint       n;
  const char *error;
} LedgerCreate;

typedef struct _Ledger Ledger;

Ledger     *ledger_new          (void);
void        ledger_free         (Ledger             *self);

void        ledger_add_request  (Ledger             *self,
                                 const char         *dialect,
                                 const char         *call,
                                 gsize               size);
void        ledger_add_create   (Ledger             *self,
                                 const char         *dialect,
                                 const LedgerCreate *create);
void        ledger_add_invalid  (Ledger             *self,
                                 const char         *dialect,
                                 const char         *call,
                                 const char         *parameter,
                                 const char         *message);
void        ledger_add_download (Ledger             *self,
                                 const char         *path,
                                 SoupMessageHeaders *headers);
void        ledger_add_leak     (Ledger             *self,
                                 const char         *place,
                                 const char         *what);
JsonObject *ledger_to_json      (Ledger             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ledger, ledger_free)

G_END_DECLS
