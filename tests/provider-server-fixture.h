/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider server, and a plain client of it that knows no dialect. */

#pragma once

#include "dio-provider-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ProviderFixture:
 * @server: under test
 * @session: that asks it
 *
 * What each test begins with.
 */
typedef struct
{
  DioProviderServer *server;
  SoupSession       *session;
} ProviderFixture;

/**
 * ProviderReply:
 * @status: of HTTP; 0 where no answer came
 * @headers: (nullable): of it
 * @bytes: (nullable): what came
 * @root: (nullable): the same, where it is JSON
 * @error: (nullable): why no whole answer came
 */
typedef struct
{
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *bytes;
  JsonNode           *root;
  GError             *error;
} ProviderReply;

/* What a request is sent with */
#define BEARER "Bearer " DIO_PROVIDER_SERVER_KEY

void           provider_fixture_set_up    (ProviderFixture  *self,
                                           gconstpointer     data);
void           provider_fixture_tear_down (ProviderFixture  *self,
                                           gconstpointer     data);
void           provider_fixture_script    (ProviderFixture  *self,
                                           const char       *format,
                                           ...) G_GNUC_PRINTF (2, 3);

void           provider_reply_free        (ProviderReply    *self);
ProviderReply *provider_fixture_ask       (ProviderFixture  *self,
                                           const char       *method,
                                           const char       *path,
                                           const char       *authorization,
                                           const char       *body);
gboolean       provider_fixture_wait      (ProviderFixture  *self,
                                           guint             n_held);

JsonNode      *provider_get               (JsonNode         *root,
                                           const char       *path);
const char    *provider_get_string        (JsonNode         *root,
                                           const char       *path);
gint64         provider_get_int           (JsonNode         *root,
                                           const char       *path);
gint64         provider_fixture_count     (ProviderFixture  *self,
                                           const char       *path);

GBytes        *provider_make_photo        (int               width,
                                           int               height,
                                           const char       *type);
char          *provider_make_base64       (int               width,
                                           int               height,
                                           const char       *type);
char          *provider_make_token        (const char       *issuer,
                                           const char       *secret,
                                           gint64            not_before,
                                           gint64            expires);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProviderReply, provider_reply_free)

G_END_DECLS
