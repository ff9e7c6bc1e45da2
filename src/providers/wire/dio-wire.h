/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the dialects of hosted providers have in common: a photo as it is sent,
 * and a reply as it is understood. No function here sends. */

#pragma once

#include "dio-error.h"
#include "dio-provider.h"

G_BEGIN_DECLS

/**
 * DioWirePhoto:
 * @reference: which photo of the request it is
 * @file: (nullable): its prepared copy
 * @size: bytes of @file
 * @mime_type: of @file
 * @label: what a person reads for its bytes: "<file name, bytes>"
 * @address: (nullable): what is sent instead of the bytes: a URL, or the
 *   provider's own id of an earlier upload
 */
typedef struct
{
  const DioRequestReference *reference;
  GFile                     *file;
  goffset                    size;
  const char                *mime_type;
  const char                *label;
  const char                *address;
} DioWirePhoto;

typedef enum
{
  DIO_WIRE_WAITING,
  DIO_WIRE_MAKING,
  DIO_WIRE_DONE,
  DIO_WIRE_FAILED,
} DioWireState;

typedef enum
{
  DIO_WIRE_PICTURE_URL,
  DIO_WIRE_PICTURE_BASE64,
  DIO_WIRE_PICTURE_BASE64_URL,
} DioWirePictureKind;

/**
 * DioWirePicture:
 * @kind: what @data is: its address, its bytes as base64 or data URI, or the
 *   address of a text file that holds base64
 * @data: see @kind
 * @id: (nullable): the provider's own id of it
 * @index: which picture of the job, from 0
 * @seed: the seed that was told, or -1
 * @cost: what was told that it cost, or below 0
 */
typedef struct
{
  DioWirePictureKind kind;
  char              *data;
  char              *id;
  guint              index;
  gint64             seed;
  double             cost;
} DioWirePicture;

/**
 * DioWireReply:
 * @state: how far the job is
 * @remote_id: (nullable): the provider's id of the job
 * @pictures: (element-type DioWirePicture): what there is by now
 * @n_failed: how many pictures of the job will not come
 * @progress: 0 to 1, or below 0 where it is not told
 * @wait: seconds to wait before the next question, or below 0
 * @error: (nullable): why it failed, of the DIO_ERROR domain
 * @billed: whether it is charged, as far as is known
 * @retryable: the same request may work later and was certainly not accepted
 * @raw: (nullable): the provider's own words, for the person to read
 * @currency: (nullable): of the costs told
 */
typedef struct
{
  DioWireState   state;
  char          *remote_id;
  GPtrArray     *pictures;
  guint          n_failed;
  double         progress;
  double         wait;
  GError        *error;
  DioBilled  billed;
  gboolean       retryable;
  char          *raw;
  char          *currency;
} DioWireReply;

DioWireReply   *dio_wire_reply_new          (DioWireState          state);
void            dio_wire_reply_free         (DioWireReply         *self);
DioWirePicture *dio_wire_reply_add          (DioWireReply         *self,
                                             DioWirePictureKind    kind,
                                             const char           *data);
void            dio_wire_reply_fail         (DioWireReply         *self,
                                             DioError              code,
                                             const char           *message);
DioError        dio_wire_classify_status    (guint                 status);
const char     *dio_wire_describe_refusal   (const char           *words);
gboolean        dio_wire_may_have_arrived   (guint                 status);
double          dio_wire_get_retry_after    (const DioHttpReply   *reply,
                                             JsonObject           *root);
DioWireReply   *dio_wire_reply_new_unread   (const DioHttpReply   *reply,
                                             gboolean              is_create,
                                             const char           *message);
JsonNode       *dio_wire_parse              (const DioHttpReply   *reply,
                                             GError              **error);
char           *dio_wire_join_url           (const char           *endpoint,
                                             const char           *documented,
                                             const char           *path);
char           *dio_wire_dup_text           (JsonObject           *object,
                                             const char           *member);
double          dio_wire_get_number         (JsonObject           *object,
                                             const char           *member,
                                             double                fallback);
char           *dio_wire_dup_value          (DioRequest           *request,
                                             const char           *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioWireReply, dio_wire_reply_free)

G_END_DECLS
