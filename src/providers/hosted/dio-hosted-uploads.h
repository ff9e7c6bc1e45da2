/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos on their way to an address at the provider. */

#pragma once

#include "hosted/dio-hosted-photos.h"

G_BEGIN_DECLS

typedef struct _DioHostedUploads DioHostedUploads;

DioHostedUploads *dio_hosted_uploads_new          (DioHostedCall          *call,
                                                   GPtrArray              *photos,
                                                   DioHostedProgressFunc   progress,
                                                   gpointer                progress_data,
                                                   GCancellable           *cancellable);
void              dio_hosted_uploads_unref        (DioHostedUploads       *self);
void              dio_hosted_uploads_add          (DioHostedUploads       *self,
                                                   DioHostedPhoto         *photo);
void              dio_hosted_uploads_close_async  (DioHostedUploads       *self,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
gboolean          dio_hosted_uploads_close_finish (DioHostedUploads       *self,
                                                   GAsyncResult           *result,
                                                   double                 *wait,
                                                   GError                **error);
void              dio_hosted_uploads_forget       (GPtrArray              *photos,
                                                   DioHostedCall          *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioHostedUploads, dio_hosted_uploads_unref)

G_END_DECLS
