/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that drive hosted jobs share. */

#pragma once

#include "dio-room.h"
#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

/* Answers without pictures are short. */
#define DIO_HOSTED_MAX_JSON   (1024 * 1024)

/* Answers that hold pictures, and text files that hold one. */
#define DIO_HOSTED_MAX_BASE64 (128 * 1024 * 1024)

/* Where pictures are while they come; the names there begin with their job's id. */
#define DIO_HOSTED_DOWNLOADS "downloads"

/* Of dio-hosted-provider.c. */
GThreadPool *dio_hosted_provider_get_pool      (DioHostedProvider    *self);
DioRoom     *dio_hosted_provider_get_room      (DioHostedProvider    *self);
gint64       dio_hosted_provider_get_clock     (DioHostedProvider    *self);
void         dio_hosted_provider_set_clock     (DioHostedProvider    *self,
                                                gint64                offset);
char        *dio_hosted_provider_dup_folder    (DioHostedProvider    *self,
                                                const char           *name);

/* Of the files called like them: what the class does. */
void         dio_hosted_run_async              (DioProvider          *provider,
                                                DioJob               *job,
                                                DioJobStore          *store,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean     dio_hosted_run_finish             (DioProvider          *provider,
                                                GAsyncResult         *result,
                                                GError              **error);
void         dio_hosted_preview_async          (DioProvider          *provider,
                                                DioRequest           *request,
                                                const DioAccount     *account,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
DioPreview  *dio_hosted_preview_finish         (DioProvider          *provider,
                                                GAsyncResult         *result,
                                                GError              **error);
void         dio_hosted_ask_price_async        (DioProvider          *provider,
                                                DioRequest           *request,
                                                const DioAccount     *account,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean     dio_hosted_ask_price_finish       (DioProvider          *provider,
                                                GAsyncResult         *result,
                                                DioPrice             *price,
                                                GError              **error);
void         dio_hosted_test_key_async         (DioProvider          *provider,
                                                const DioAccount     *account,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean     dio_hosted_test_key_finish        (DioProvider          *provider,
                                                GAsyncResult         *result,
                                                DioKeyVerdict        *verdict,
                                                DioPrice             *balance,
                                                GError              **error);

/* Of dio-hosted-wait.c. */
void         dio_hosted_wait_async             (double                seconds,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean     dio_hosted_wait_finish            (GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
