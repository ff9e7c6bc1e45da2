/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the transport share. */

#pragma once

#include "dio-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Bytes that are read at once. */
#define DIO_HTTP_BLOCK (256 * 1024)

typedef struct
{
  DioHttpProgressFunc func;      /* (nullable) */
  gpointer            user_data;
} DioHttpProgress;

SoupSession  *dio_http_get_session         (DioHttp              *self,
                                            GUri                 *uri);
guint         dio_http_get_timeout         (DioHttp              *self);

GUri         *dio_http_address_parse       (const char           *url,
                                            GError              **error);
gboolean      dio_http_address_check       (GUri                 *uri,
                                            GError              **error);
gboolean      dio_http_address_is_loopback (GUri                 *uri);
char         *dio_http_address_dup_shown   (GUri                 *uri);

char         *dio_http_request_redact      (DioHttpRequest       *self,
                                            const char           *text);
gboolean      dio_http_request_check       (DioHttpRequest       *self,
                                            GError              **error);

DioHttpReply *dio_http_reply_new           (SoupMessage          *message,
                                            GBytes               *bytes);

GError       *dio_http_error_new           (SoupMessage          *message,
                                            const GError         *error,
                                            gboolean              started);
GError       *dio_http_error_new_silent    (SoupMessage          *message,
                                            gboolean              started);

void          dio_http_part_end_async      (const char           *part,
                                            const char           *path,
                                            GOutputStream        *output,
                                            gboolean              keep,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean      dio_http_part_end_finish     (GAsyncResult         *result,
                                            GError              **error);

/* One message, sent and answered. */
#define DIO_TYPE_HTTP_EXCHANGE (dio_http_exchange_get_type ())
G_DECLARE_FINAL_TYPE (DioHttpExchange, dio_http_exchange, DIO, HTTP_EXCHANGE, GObject)

DioHttpExchange *dio_http_exchange_new         (SoupMessage          *message,
                                                const char           *shown,
                                                goffset               to_send,
                                                goffset               max_bytes,
                                                DioHttpProgress       progress,
                                                GCancellable         *cancellable);
void             dio_http_exchange_send_async  (DioHttpExchange      *self,
                                                DioHttp              *http,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         dio_http_exchange_send_finish (DioHttpExchange      *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void             dio_http_exchange_read_async  (DioHttpExchange      *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GBytes          *dio_http_exchange_read_finish (DioHttpExchange      *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void             dio_http_exchange_close       (DioHttpExchange      *self);
SoupMessage     *dio_http_exchange_get_message (DioHttpExchange      *self);
DioHttpReach     dio_http_exchange_get_reach   (DioHttpExchange      *self);

G_END_DECLS
