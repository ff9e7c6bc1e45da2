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
 * DioHostedStage:
 * @DIO_HOSTED_PREPARING: progress is in photos
 * @DIO_HOSTED_UPLOADING: progress is in bytes
 */
typedef enum
{
  DIO_HOSTED_PREPARING,
  DIO_HOSTED_UPLOADING,
} DioHostedStage;

/**
 * DioHostedProgressFunc:
 * @stage: what is done
 * @done: how much is through
 * @total: how much there is
 * @user_data: data given with the function
 */
typedef void (*DioHostedProgressFunc) (DioHostedStage stage,
                                       goffset        done,
                                       goffset        total,
                                       gpointer       user_data);

/**
 * DioHostedReadyFunc:
 * @photos: (element-type DioHostedPhoto): of the request; not all are prepared
 * @photo: the one among them whose copy is made
 * @user_data: data given with the function
 */
typedef void (*DioHostedReadyFunc) (GPtrArray      *photos,
                                    DioHostedPhoto *photo,
                                    gpointer        user_data);

void         dio_hosted_photos_prepare_async  (DioHostedCall          *call,
                                               DioHostedReadyFunc      ready,
                                               gpointer                ready_data,
                                               GCancellable           *cancellable,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
GPtrArray   *dio_hosted_photos_prepare_finish (DioHostedCall          *call,
                                               GAsyncResult           *result,
                                               GError                **error);
void         dio_hosted_photos_bring_async    (DioHostedCall          *call,
                                               DioHostedProgressFunc   progress,
                                               gpointer                progress_data,
                                               GCancellable           *cancellable,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
GPtrArray   *dio_hosted_photos_bring_finish   (DioHostedCall          *call,
                                               GAsyncResult           *result,
                                               double                 *wait,
                                               GError                **error);
gboolean     dio_hosted_photos_are_uploaded   (DioHostedCall          *call);
void         dio_hosted_photos_fill_call      (GPtrArray              *photos,
                                               DioHostedCall          *call);
DioWirePhoto dio_hosted_photo_get_wire        (const DioHostedPhoto   *self);

G_END_DECLS
