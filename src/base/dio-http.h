/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that sends. Replies are capped while they are read; a key never
 * follows a redirect. */

#pragma once

#include "dio-body.h"

G_BEGIN_DECLS

/**
 * DioHttpReach:
 * @DIO_HTTP_NOT_SENT: nothing of the request can have reached the server
 * @DIO_HTTP_PERHAPS_SENT: it may have, and no whole answer came
 * @DIO_HTTP_ANSWERED: the server answered
 *
 * How far a request came: what may be repeated depends on it.
 */
typedef enum
{
  DIO_HTTP_NOT_SENT,
  DIO_HTTP_PERHAPS_SENT,
  DIO_HTTP_ANSWERED,
} DioHttpReach;

/**
 * DioHttpRequest:
 * @method: such as "POST"
 * @url: whole, https, or http on a loopback address
 * @headers: (element-type utf8 utf8): without the length and type of the body
 * @secrets: (element-type utf8): what must not be shown in any text of it
 * @body: (nullable): JSON
 */
typedef struct
{
  char       *method;
  char       *url;
  GHashTable *headers;
  GPtrArray  *secrets;
  DioBody    *body;
} DioHttpRequest;

/**
 * DioHttpReply:
 * @status: of HTTP
 * @headers: (element-type utf8 utf8): by lower-case name
 * @bytes: the body, at most as long as was allowed
 */
typedef struct
{
  guint       status;
  GHashTable *headers;
  GBytes     *bytes;
} DioHttpReply;

/**
 * DioHttpProgressFunc:
 * @sent: bytes of the request's body that have left
 * @to_send: its length
 * @received: bytes of the answer that have come
 * @to_receive: its length, or -1 where it is not told
 * @user_data: data given with the function
 */
typedef void (*DioHttpProgressFunc) (goffset  sent,
                                     goffset  to_send,
                                     goffset  received,
                                     goffset  to_receive,
                                     gpointer user_data);

#define DIO_TYPE_HTTP_REQUEST (dio_http_request_get_type ())
GType           dio_http_request_get_type   (void);
DioHttpRequest *dio_http_request_new        (const char           *method,
                                             const char           *url);
DioHttpRequest *dio_http_request_ref        (DioHttpRequest       *self);
void            dio_http_request_unref      (DioHttpRequest       *self);
void            dio_http_request_set_header (DioHttpRequest       *self,
                                             const char           *name,
                                             const char           *value);
void            dio_http_request_add_secret (DioHttpRequest       *self,
                                             const char           *secret);
JsonNode       *dio_http_request_to_json    (DioHttpRequest       *self);
char           *dio_http_request_to_curl    (DioHttpRequest       *self);

void            dio_http_reply_free         (DioHttpReply         *self);

char           *dio_http_dup_base_address   (const char           *address,
                                             GError              **error);

#define DIO_TYPE_HTTP (dio_http_get_type ())
G_DECLARE_FINAL_TYPE (DioHttp, dio_http, DIO, HTTP, GObject)

DioHttp        *dio_http_new                (void);
void            dio_http_send_async         (DioHttp              *self,
                                             DioHttpRequest       *request,
                                             gsize                 max_bytes,
                                             DioHttpProgressFunc   progress,
                                             gpointer              progress_data,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
DioHttpReply   *dio_http_send_finish        (DioHttp              *self,
                                             GAsyncResult         *result,
                                             DioHttpReach         *reach,
                                             GError              **error);
void            dio_http_download_async     (DioHttp              *self,
                                             const char           *url,
                                             GFile                *destination,
                                             goffset               max_bytes,
                                             DioHttpProgressFunc   progress,
                                             gpointer              progress_data,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        dio_http_download_finish    (DioHttp              *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioHttpRequest, dio_http_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioHttpReply, dio_http_reply_free)

G_END_DECLS
