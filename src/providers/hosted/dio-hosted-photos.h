/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photos of a request, on their way to a provider. */

#pragma once

#include "hosted/dio-hosted-provider.h"

#include "dio-prepared.h"

G_BEGIN_DECLS

/**
 * DioHostedPhoto:
 * @reference: (borrowed): of the request
 * @prepared: (owned) (nullable): its copy; %NULL where it goes by its own address
 * @label: (owned) (nullable): what a person reads for its bytes
 * @upload_key: (owned) (nullable): what its upload is found by
 * @kept: (owned) (nullable): what stands for it at the provider since earlier
 * @address: (owned) (nullable): what is sent in place of the bytes
 */
typedef struct
{
  const DioRequestReference *reference;
  DioPrepared               *prepared;
  char                      *label;
  char                      *upload_key;
  char                      *kept;
  char                      *address;
} DioHostedPhoto;

/**
 * DioHostedProgressFunc:
 * @fraction: how much is done
 * @user_data: data given with the function
 */
typedef void (*DioHostedProgressFunc) (double   fraction,
                                       gpointer user_data);

void       dio_hosted_photos_prepare_async  (DioHostedCall          *call,
                                             DioHostedProgressFunc   progress,
                                             gpointer                progress_data,
                                             GCancellable           *cancellable,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
GPtrArray *dio_hosted_photos_prepare_finish (DioHostedCall          *call,
                                             GAsyncResult           *result,
                                             GError                **error);
void       dio_hosted_photos_upload_async   (GPtrArray              *photos,
                                             DioHostedCall          *call,
                                             DioHostedProgressFunc   progress,
                                             gpointer                progress_data,
                                             GCancellable           *cancellable,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
gboolean   dio_hosted_photos_upload_finish  (DioHostedCall          *call,
                                             GAsyncResult           *result,
                                             double                 *wait,
                                             GError                **error);
gboolean   dio_hosted_photos_are_uploaded   (DioHostedCall          *call);
void       dio_hosted_photos_fill_call      (GPtrArray              *photos,
                                             DioHostedCall          *call);
void       dio_hosted_photos_forget_uploads (GPtrArray              *photos,
                                             DioHostedCall          *call);

G_END_DECLS
