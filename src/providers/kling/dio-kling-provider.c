/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kling, at its own platform and at those who resell it. */

#include "config.h"

#include "kling/dio-kling-provider.h"

#include "kling/dio-kling-account.h"
#include "kling/dio-kling-jwt.h"
#include "kling/dio-kling-model.h"
#include "kling/dio-kling-reply.h"
#include "kling/dio-kling-wire.h"

#include <glib/gi18n-lib.h>

/* Seconds for which its platform keeps pictures. */
#define PICTURE_LIFE (30 * 24 * 60 * 60)

/* As many pictures at a time as one request may make; what a pack really allows is
 * told by a 429. */
#define MAX_SLOTS 9

struct _DioKlingProvider
{
  DioHostedProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (DioKlingProvider, dio_kling_provider, DIO_TYPE_HOSTED_PROVIDER)

/* Filled from dio_kling_kinds when the class is made. */
static DioAccountKind kinds[DIO_KLING_N_KINDS];

static const DioProviderFacts facts = {
  .photos_go = N_("The photos go to the address of the account as part of the request. They do not become reachable by an address."),
  .cancel_bills = N_("Kling cannot stop a task: it is made and charged, and can be fetched later."),
  .kinds = kinds,
  .n_kinds = DIO_KLING_N_KINDS,
  .takes_addresses = TRUE,
};

static void
fill_kinds (void)
{
  for (guint i = 0; i < DIO_KLING_N_KINDS; i++)
    {
      const DioKlingKind *kind = &dio_kling_kinds[i];

      kinds[i] = (DioAccountKind) {
        .id = kind->id,
        .title = kind->title,
        .help = kind->help,
        .address = kind->base,
        .key_title = kind->signs ? N_("Access key") : N_("API key"),
        .secret_title = kind->signs ? N_("Secret key") : NULL,
      };
    }
}

static DioHttpRequest *
dio_kling_provider_make (const DioHostedCall      *call,
                         const DioHostedQuestion  *question,
                         GError                  **error)
{
  switch (question->kind)
    {
    case DIO_HOSTED_CREATE:
      return dio_kling_make_create (call->request, call->account, call->token, call->photos, call->n_photos, error);

    case DIO_HOSTED_POLL:
      return dio_kling_make_query (call->account, call->token, question->remote_id, error);

    case DIO_HOSTED_FIND:
      return dio_kling_make_query_by_external_id (call->request, call->account, call->token, error);

    case DIO_HOSTED_TEST:
      return dio_kling_make_test (call->account, call->token, error);

    case DIO_HOSTED_UPLOAD:
    case DIO_HOSTED_LIST:
    case DIO_HOSTED_PRICE:
    default:
      g_return_val_if_reached (NULL);
    }
}

static DioWireReply *
dio_kling_provider_read_job (const DioHostedCall     *call,
                             const DioHostedQuestion *question,
                             const DioHttpReply      *reply)
{
  return question->kind == DIO_HOSTED_CREATE ? dio_kling_read_create (reply) : dio_kling_read_query (reply);
}

static void
dio_kling_provider_read_test (const DioHttpReply *reply,
                              DioKeyVerdict      *verdict,
                              DioPrice           *balance)
{
  *verdict = dio_kling_read_test (reply);
}

static gboolean
dio_kling_provider_read_clock (const DioHostedCall *call,
                               const DioHttpReply  *reply,
                               gint64               now,
                               gint64              *offset)
{
  const DioKlingKind *kind = dio_kling_find_kind (call->account->kind);

  return kind != NULL && kind->signs &&
         dio_kling_tells_clock (reply) && dio_kling_jwt_read_clock (reply, now, offset);
}

static gint64
dio_kling_provider_get_life (DioRequest *request)
{
  return PICTURE_LIFE;
}

static guint
dio_kling_provider_get_slots (DioProvider *provider,
                              DioRequest  *request)
{
  return dio_request_get_count (request);
}

static gboolean
dio_kling_provider_check (DioProvider  *provider,
                          DioRequest   *request,
                          GError      **error)
{
  return dio_kling_check (request, error);
}

static void
dio_kling_provider_class_init (DioKlingProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);
  DioHostedProviderClass *hosted_class = DIO_HOSTED_PROVIDER_CLASS (klass);

  fill_kinds ();

  provider_class->id = "kling";
  provider_class->display_name = "Kling";
  provider_class->max_jobs = MAX_SLOTS;
  provider_class->facts = &facts;
  provider_class->models = dio_kling_models;
  provider_class->n_models = DIO_KLING_N_MODELS;
  provider_class->get_slots = dio_kling_provider_get_slots;
  provider_class->check = dio_kling_provider_check;

  hosted_class->photo_limits = &dio_kling_photo_limits;
  hosted_class->poll_first = 3;
  hosted_class->n_finds = 1;
  hosted_class->make = dio_kling_provider_make;
  hosted_class->read_job = dio_kling_provider_read_job;
  hosted_class->read_test = dio_kling_provider_read_test;
  hosted_class->make_token = dio_kling_make_token;
  hosted_class->read_clock = dio_kling_provider_read_clock;
  hosted_class->get_life = dio_kling_provider_get_life;
}

static void
dio_kling_provider_init (DioKlingProvider *self)
{
}
