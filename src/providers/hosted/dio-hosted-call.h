/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to a provider: made of one account, one request and their photos. */

#pragma once

#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

DioHostedCall  *dio_hosted_call_new           (DioHostedProvider        *provider,
                                               const DioAccount         *account,
                                               DioRequest               *request);
void            dio_hosted_call_free          (DioHostedCall            *self);
char           *dio_hosted_call_redact        (DioHostedCall            *self,
                                               const char               *text);
GError         *dio_hosted_call_hide          (DioHostedCall            *self,
                                               GError                   *error);
DioWireReply   *dio_hosted_call_read_job      (DioHostedCall            *self,
                                               const DioHostedQuestion  *question,
                                               const DioHttpReply       *reply);
DioHttpRequest *dio_hosted_call_make          (DioHostedCall            *self,
                                               const DioHostedQuestion  *question,
                                               GError                  **error);
gsize           dio_hosted_call_get_max_reply (DioHostedCall            *self);

void            dio_hosted_call_unlock_async  (DioHostedCall            *self,
                                               gboolean                  learns,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data);
gboolean        dio_hosted_call_unlock_finish (DioHostedCall            *self,
                                               GAsyncResult             *result,
                                               GError                  **error);

void            dio_hosted_call_send_async    (DioHostedCall            *self,
                                               const DioHostedQuestion  *question,
                                               gsize                     max_bytes,
                                               DioHttpProgressFunc       progress,
                                               gpointer                  progress_data,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data);
DioHttpReply   *dio_hosted_call_send_finish   (DioHostedCall            *self,
                                               GAsyncResult             *result,
                                               DioHttpReach             *reach,
                                               GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioHostedCall, dio_hosted_call_free)

G_END_DECLS
