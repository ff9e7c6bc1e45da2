/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives the jobs of a hosted provider, whichever it is: a vendor brings
 * words and limits, this brings photos there and pictures back. */

#pragma once

#include "dio-photo-limits.h"
#include "wire/dio-wire.h"

G_BEGIN_DECLS

#define DIO_TYPE_HOSTED_PROVIDER (dio_hosted_provider_get_type ())
G_DECLARE_DERIVABLE_TYPE (DioHostedProvider, dio_hosted_provider, DIO, HOSTED_PROVIDER, DioProvider)

/**
 * DioHostedQuestionKind:
 * @DIO_HOSTED_UPLOAD: gives a photo an address
 * @DIO_HOSTED_CREATE: the one that is paid
 * @DIO_HOSTED_POLL: how far a job is that the provider has named
 * @DIO_HOSTED_FIND: what became of a create that was not answered, by our own id
 * @DIO_HOSTED_LIST: what the account had made, where no id of ours is known there
 * @DIO_HOSTED_PRICE: what the create would cost
 * @DIO_HOSTED_TEST: whether the key is known
 */
typedef enum
{
  DIO_HOSTED_UPLOAD,
  DIO_HOSTED_CREATE,
  DIO_HOSTED_POLL,
  DIO_HOSTED_FIND,
  DIO_HOSTED_LIST,
  DIO_HOSTED_PRICE,
  DIO_HOSTED_TEST,
} DioHostedQuestionKind;

/**
 * DioHostedQuestion:
 * @kind: what is asked
 * @photo: (nullable): of an upload
 * @remote_id: (nullable): of a poll
 * @number: of a find, which way of asking, from 0; of a list, the page, from 1
 */
typedef struct
{
  DioHostedQuestionKind  kind;
  const DioWirePhoto    *photo;
  const char            *remote_id;
  guint                  number;
} DioHostedQuestion;

/**
 * DioHostedCall:
 * @provider: (borrowed): who is asked
 * @account: (owned): whose
 * @request: (owned) (nullable): what for
 * @key: (owned) (nullable): as the keyring holds it
 * @token: (owned) (nullable): what proves who asks, for the next question
 * @fields: (owned) (nullable): what the vendor has learned of the model
 * @photos: (array length=n_photos): the request's, in its order; texts and files
 *   are borrowed
 * @n_photos: how many
 *
 * All that questions are made of.
 */
typedef struct
{
  DioHostedProvider *provider;
  DioAccount        *account;
  DioRequest        *request;
  char              *key;
  char              *token;
  GHashTable        *fields;
  DioWirePhoto      *photos;
  guint              n_photos;
} DioHostedCall;

#define DIO_HOSTED_N_LOOKUP_DELAYS 4
#define DIO_HOSTED_N_FETCH_DELAYS  5

/**
 * DioHostedTimes:
 * @poll_max: between two polls at most
 * @trouble_max: between two polls at most while they fail
 * @patience: without any news, after which a job is left alone
 * @lookup: between the questions after a lost answer
 * @fetch: between the attempts to fetch a picture
 *
 * All in seconds.
 */
typedef struct
{
  double poll_max;
  double trouble_max;
  double patience;
  double lookup[DIO_HOSTED_N_LOOKUP_DELAYS];
  double fetch[DIO_HOSTED_N_FETCH_DELAYS];
} DioHostedTimes;

extern const DioHostedTimes dio_hosted_times;

/**
 * DioHostedProviderClass:
 * @photo_limits: what a photo has to fit
 * @times: how patient it is
 * @poll_first: seconds until the first poll, where the answer does not tell
 * @upload_life: seconds for which an uploaded photo is used again
 * @n_finds: how many ways there are to find a job by our own id
 * @has_list: jobs without an answer are looked for among what the account had made
 * @uploads: whether the photos are uploaded, all of them, or go inline; %NULL
 *   where they always go inline
 * @make: (not nullable): makes a question, out of the vendor's wire functions
 * @read_job: (not nullable): what an answer to a create, poll or find says
 * @read_upload: what stands for the photo from now on
 * @read_list: (element-type DioWireReply): the jobs of a page
 * @read_price: the answer to %DIO_HOSTED_PRICE
 * @read_test: (not nullable): the answer to %DIO_HOSTED_TEST
 * @make_token: makes the token for a time; %NULL where it is the key itself
 * @read_clock: whether an answer refuses a token for its time, and what has to be
 *   added to this computer's
 * @learn_async: fills in the fields of a call; asks over the network only where
 *   it may
 * @asks_base64: whether pictures come inside the answers
 * @get_life: seconds for which pictures are kept there, or 0 where nobody says
 */
struct _DioHostedProviderClass
{
  DioProviderClass       parent_class;

  const DioPhotoLimits  *photo_limits;
  const DioHostedTimes  *times;
  double                 poll_first;
  gint64                 upload_life;
  guint                  n_finds;
  gboolean               has_list;

  gboolean        (*uploads)      (const DioHostedCall      *call);
  DioHttpRequest *(*make)         (const DioHostedCall      *call,
                                   const DioHostedQuestion  *question,
                                   GError                  **error);
  DioWireReply   *(*read_job)     (const DioHostedCall      *call,
                                   const DioHostedQuestion  *question,
                                   const DioHttpReply       *reply);
  char           *(*read_upload)  (const DioHttpReply       *reply,
                                   GError                  **error);
  GPtrArray      *(*read_list)    (const DioHttpReply       *reply,
                                   GError                  **error);
  gboolean        (*read_price)   (const DioHttpReply       *reply,
                                   DioPrice                 *price,
                                   GError                  **error);
  void            (*read_test)    (const DioHttpReply       *reply,
                                   DioKeyVerdict            *verdict,
                                   DioPrice                 *balance);
  char           *(*make_token)   (const DioAccount         *account,
                                   const char               *key,
                                   gint64                    now);
  gboolean        (*read_clock)   (const DioHostedCall      *call,
                                   const DioHttpReply       *reply,
                                   gint64                    now,
                                   gint64                   *offset);
  void            (*learn_async)  (DioHostedProvider        *self,
                                   DioHostedCall            *call,
                                   gboolean                  may_ask,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  user_data);
  void            (*learn_finish) (DioHostedProvider        *self,
                                   GAsyncResult             *result);
  gboolean        (*asks_base64)  (DioRequest               *request);
  gint64          (*get_life)     (DioRequest               *request);
};

G_END_DECLS
