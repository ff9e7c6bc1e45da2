/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and what is said to it: what is true, and then what a rule makes of
 * it. */

#pragma once

#include "server-private.h"

G_BEGIN_DECLS

/**
 * Exchange:
 * @server: (borrowed)
 * @message: (owned)
 * @answer: does what was asked, and ends in exchange_reply()
 * @dialect: such as "kling"
 * @call: such as "create"
 * @path: without the query
 * @body: (owned): what was sent
 * @json: (owned) (nullable): the same, where it is JSON
 * @rule: (borrowed) (nullable): what the script has for it
 * @job: (borrowed) (nullable): what it is about
 * @index: which picture of @job
 * @status: of HTTP
 * @reply: (owned) (nullable): the body
 * @type: (nullable): of @reply
 * @held_by: (owned) (nullable): the rule that held it
 * @answered: what was asked has been done, or is being done
 * @gone: the client has hung up, or has been answered
 */
typedef struct _Exchange Exchange;

typedef void (*ExchangeFunc) (Exchange *self);

struct _Exchange
{
  gatomicrefcount    ref_count;

  DioProviderServer *server;
  SoupServerMessage *message;
  ExchangeFunc       answer;
  const char        *dialect;
  const char        *call;
  const char        *path;
  GBytes            *body;
  JsonNode          *json;
  Rule              *rule;
  Job               *job;
  guint              index;

  guint              status;
  GBytes            *reply;
  const char        *type;
  char              *held_by;

  GSource           *watch; /* while it is held */
  gulong             finished_id;
  guint              delay_id;
  gboolean           answered;
  gboolean           gone;
};

Exchange   *exchange_begin        (DioProviderServer *server,
                                   SoupServerMessage *message);
Exchange   *exchange_ref          (Exchange          *self);
void        exchange_unref        (Exchange          *self);

void        exchange_start        (Exchange          *self,
                                   const char        *dialect,
                                   const char        *call,
                                   ExchangeFunc       answer);
void        exchange_reply        (Exchange          *self,
                                   guint              status,
                                   JsonObject        *object);
void        exchange_reply_bytes  (Exchange          *self,
                                   guint              status,
                                   GBytes            *bytes,
                                   const char        *type);
void        exchange_send         (Exchange          *self);
void        exchange_end          (Exchange          *self);
void        exchange_release      (Exchange          *self);

JsonObject *exchange_get_object   (Exchange          *self);
const char *exchange_get_bearer   (Exchange          *self);
gboolean    exchange_is_shaped    (Exchange          *self,
                                   Action             action);
gboolean    exchange_is_refused   (Exchange          *self,
                                   const char        *what);
void        exchange_shape_job    (Exchange          *self,
                                   Job               *job);
void        exchange_set_header   (Exchange          *self,
                                   const char        *name,
                                   const char        *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_unref)

G_END_DECLS
