/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sender, a server to send to and a folder, with every operation waited for.
 * At the end every message must have died. */

#pragma once

#include "dio-http.h"
#include "dio-mock-server.h"

G_BEGIN_DECLS

typedef struct
{
  DioMockServer *server; /* (owned) */
  DioHttp       *http;   /* (owned) */
  char          *folder; /* (owned) */
} HttpFixture;

/* What the progress function was told. */
typedef struct
{
  guint   n_calls;
  goffset sent;
  goffset to_send;
  goffset received;
  goffset to_receive;
} HttpProgress;

void             http_fixture_set_up            (HttpFixture     *self,
                                                 gconstpointer    data);
void             http_fixture_tear_down         (HttpFixture     *self,
                                                 gconstpointer    data);
void             http_fixture_use_timeout       (HttpFixture     *self,
                                                 guint            seconds);
GTlsCertificate *http_fixture_make_certificate  (HttpFixture     *self,
                                                 const char      *names,
                                                 char           **path);
void             http_fixture_use_tls           (HttpFixture     *self,
                                                 GTlsCertificate *certificate,
                                                 const char      *trusted);
DioHttpRequest  *http_fixture_new_request       (HttpFixture     *self,
                                                 const char      *method,
                                                 const char      *json);
GFile           *http_fixture_write             (HttpFixture     *self,
                                                 const char      *name,
                                                 gsize            size);
guint            http_fixture_count_files       (HttpFixture     *self);
guint            http_fixture_get_n_messages    (void);

DioHttpReply    *http_fixture_send              (HttpFixture     *self,
                                                 DioHttpRequest  *request,
                                                 gsize            max_bytes,
                                                 HttpProgress    *progress,
                                                 GCancellable    *cancellable,
                                                 DioHttpReach    *reach,
                                                 GError         **error);
gboolean         http_fixture_download          (HttpFixture     *self,
                                                 const char      *url,
                                                 GFile           *destination,
                                                 goffset          max_bytes,
                                                 HttpProgress    *progress,
                                                 GCancellable    *cancellable,
                                                 GError         **error);

void             http_fixture_cancel_when_asked (HttpFixture     *self,
                                                 guint            delay,
                                                 GCancellable    *cancellable);

/* Nothing may be on its way. */
void             http_fixture_assert_no_message (void);

G_END_DECLS
