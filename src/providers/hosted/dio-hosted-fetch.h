/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings one picture here. */

#pragma once

#include "hosted/dio-hosted-pictures.h"
#include "hosted/dio-hosted-provider.h"

G_BEGIN_DECLS

char       *dio_hosted_fetch_dup_prefix (const char             *job_id,
                                         const DioHostedPicture *picture);
void        dio_hosted_fetch_async      (DioHostedProvider      *provider,
                                         const char             *job_id,
                                         DioHostedPicture       *told,
                                         DioHttpProgressFunc     progress,
                                         gpointer                progress_data,
                                         GCancellable           *cancellable,
                                         GAsyncReadyCallback     callback,
                                         gpointer                user_data);
DioPicture *dio_hosted_fetch_finish     (DioHostedProvider      *provider,
                                         GAsyncResult           *result,
                                         GError                **error);

G_END_DECLS
