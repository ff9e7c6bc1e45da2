/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a job, as a provider tells of them over several answers. */

#pragma once

#include "wire/dio-wire.h"

G_BEGIN_DECLS

/**
 * DioHostedPictureState:
 * @DIO_HOSTED_TOLD: it is there, and was not fetched
 * @DIO_HOSTED_FETCHING: on its way
 * @DIO_HOSTED_HERE: handed over
 * @DIO_HOSTED_LOST: it could not be fetched
 */
typedef enum
{
  DIO_HOSTED_TOLD,
  DIO_HOSTED_FETCHING,
  DIO_HOSTED_HERE,
  DIO_HOSTED_LOST,
} DioHostedPictureState;

/**
 * DioHostedPicture:
 * @state: where it is
 * @kind: what @data is
 * @data: (nullable): see #DioWirePicture
 * @id: (nullable): the provider's own id of it
 * @index: which picture of the job, from 0
 * @seed: the seed that was told, or -1
 * @cost: what was told that it cost, or below 0
 * @is_kept: its file came before, and is not stored yet
 * @fraction: how much of it has come
 * @received: how many of its bytes have come
 * @size: how many there are; 0 where that was not told
 */
typedef struct
{
  DioHostedPictureState  state;
  DioWirePictureKind     kind;
  char                  *data;
  char                  *id;
  guint                  index;
  gint64                 seed;
  double                 cost;
  gboolean               is_kept;
  double                 fraction;
  gint64                 received;
  gint64                 size;
} DioHostedPicture;

/**
 * DioHostedPictures:
 * @list: (element-type DioHostedPicture): those that were told of
 * @currency: (nullable): of their costs
 * @is_complete: no others will be told of
 * @before: (nullable): the newest id at the provider that was known before the
 *   job was sent
 */
typedef struct
{
  GPtrArray *list;
  char      *currency;
  gboolean   is_complete;
  char      *before;
} DioHostedPictures;

DioHostedPictures *dio_hosted_pictures_new          (void);
void               dio_hosted_pictures_free         (DioHostedPictures *self);
guint              dio_hosted_pictures_merge        (DioHostedPictures *self,
                                                     DioWireReply      *reply,
                                                     guint              n_wanted);
void               dio_hosted_pictures_mark_here    (DioHostedPictures *self,
                                                     guint              index);
guint              dio_hosted_pictures_count        (DioHostedPictures *self,
                                                     DioHostedPictureState state);
gboolean           dio_hosted_pictures_sum_costs    (DioHostedPictures *self,
                                                     double            *sum);
char              *dio_hosted_pictures_to_data      (DioHostedPictures *self);
void               dio_hosted_pictures_load_data    (DioHostedPictures *self,
                                                     const char        *data);

G_END_DECLS
