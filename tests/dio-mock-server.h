/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on this computer that answers with what a test has pushed, in order,
 * and keeps what it was asked. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * DioMockRequest:
 * @method: of it
 * @path: with the query
 * @headers: (element-type utf8 utf8): by lower-case name
 * @body: what came of it
 * @version: of HTTP
 *
 * One request that arrived.
 */
typedef struct
{
  char            *method;
  char            *path;
  GHashTable      *headers;
  GBytes          *body;
  SoupHTTPVersion  version;
} DioMockRequest;

#define DIO_TYPE_MOCK_SERVER (dio_mock_server_get_type ())
G_DECLARE_FINAL_TYPE (DioMockServer, dio_mock_server, DIO, MOCK_SERVER, GObject)

DioMockServer        *dio_mock_server_new            (GTlsCertificate *certificate);
char                 *dio_mock_server_dup_url        (DioMockServer   *self,
                                                      const char      *path);

void                  dio_mock_server_push           (DioMockServer   *self,
                                                      guint            status,
                                                      const char      *json);
void                  dio_mock_server_push_bytes     (DioMockServer   *self,
                                                      guint            status,
                                                      GBytes          *body,
                                                      ...) G_GNUC_NULL_TERMINATED;
void                  dio_mock_server_push_redirect  (DioMockServer   *self,
                                                      guint            status,
                                                      const char      *location);
void                  dio_mock_server_push_hang      (DioMockServer   *self);
void                  dio_mock_server_push_raw       (DioMockServer   *self,
                                                      const char      *raw);
void                  dio_mock_server_push_drip      (DioMockServer   *self,
                                                      const char      *raw,
                                                      gsize            step,
                                                      guint            interval);
void                  dio_mock_server_push_unread    (DioMockServer   *self,
                                                      gboolean         hang);

guint                 dio_mock_server_get_n_pending  (DioMockServer   *self);
guint                 dio_mock_server_get_n_requests (DioMockServer   *self);
const DioMockRequest *dio_mock_server_get_request    (DioMockServer   *self,
                                                      guint            index);
const char           *dio_mock_request_get_header    (const DioMockRequest *request,
                                                      const char      *name);
char                 *dio_mock_request_dup_body      (const DioMockRequest *request);

G_END_DECLS
