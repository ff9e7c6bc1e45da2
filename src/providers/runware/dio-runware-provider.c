/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runware, and the models that are reached through it. */

#include "config.h"

#include "runware/dio-runware-provider.h"

#include "runware/dio-runware-check.h"
#include "runware/dio-runware-lore.h"
#include "runware/dio-runware-model.h"
#include "runware/dio-runware-price.h"
#include "runware/dio-runware-wire.h"

#include <glib/gi18n-lib.h>

/* Seconds. Uploads are kept for 30 days after their last use. */
#define UPLOAD_LIFE (20 * 24 * 60 * 60)

/* Longer than this, photos are uploaded one by one before the request. */
#define MAX_INLINE (4 * 1000 * 1000)

/* What is advised at most. */
#define MAX_JOBS 4

struct _DioRunwareProvider
{
  DioHostedProvider  parent_instance;

  DioRunwareLore    *lore; /* (owned) */
};

G_DEFINE_FINAL_TYPE (DioRunwareProvider, dio_runware_provider, DIO_TYPE_HOSTED_PROVIDER)

static const DioAccountKind kinds[] = {
  {
    .id = "runware",
    .title = "Runware",
    .address = "https://api.runware.ai",
    .key_title = N_("API key"),
  },
};

static const DioProviderFacts facts = {
  .photos_go = N_("The photos go to Runware. Large ones are stored there for 30 days after their last use, and may be reachable by whoever knows their address."),
  .cancel_bills = N_("Runware does not stop a task: it is made and charged, and can be fetched later."),
  .kinds = kinds,
  .n_kinds = G_N_ELEMENTS (kinds),
  .takes_addresses = TRUE,
  .can_ask_price = TRUE,
};

static gboolean
dio_runware_provider_uploads (const DioHostedCall *call)
{
  goffset length = 0;

  for (guint i = 0; i < call->n_photos; i++)
    {
      if (call->photos[i].file != NULL)
        length += (call->photos[i].size + 2) / 3 * 4;
    }

  return length > MAX_INLINE;
}

static DioHttpRequest *
dio_runware_provider_make (const DioHostedCall      *call,
                           const DioHostedQuestion  *question,
                           GError                  **error)
{
  switch (question->kind)
    {
    case DIO_HOSTED_UPLOAD:
      return dio_runware_make_upload (call->account, call->token, question->photo);

    case DIO_HOSTED_CREATE:
      /* Once more, by the fields of now: nothing that was chosen is dropped. */
      if (!dio_runware_check (call->request, call->fields, error))
        return NULL;
      return dio_runware_make_create (call->request, call->account, call->token, call->fields,
                                      call->photos, call->n_photos);

    case DIO_HOSTED_PRICE:
      if (!dio_runware_check (call->request, call->fields, error))
        return NULL;
      return dio_runware_make_dry_run (call->request, call->account, call->token, call->fields,
                                       call->photos, call->n_photos);

    case DIO_HOSTED_POLL:
      return dio_runware_make_get_response (call->account, call->token, question->remote_id);

    case DIO_HOSTED_FIND:
      if (question->number == 0)
        return dio_runware_make_get_response (call->account, call->token, dio_request_get_id (call->request));
      return dio_runware_make_task_details (call->account, call->token, dio_request_get_id (call->request));

    case DIO_HOSTED_TEST:
      return dio_runware_make_account_details (call->account, call->token);

    case DIO_HOSTED_LIST:
    default:
      g_return_val_if_reached (NULL);
    }
}

static DioWireReply *
dio_runware_provider_read_job (const DioHostedCall     *call,
                               const DioHostedQuestion *question,
                               const DioHttpReply      *reply)
{
  if (question->kind == DIO_HOSTED_CREATE)
    return dio_runware_read_create (reply, call->request);
  if (question->kind == DIO_HOSTED_FIND && question->number > 0)
    return dio_runware_read_task_details (reply, call->request);

  return dio_runware_read_get_response (reply, call->request);
}

static gboolean
dio_runware_provider_read_price (const DioHttpReply  *reply,
                                 DioPrice            *price,
                                 GError             **error)
{
  double cost;

  if (!dio_runware_read_cost (reply, &cost, error))
    return FALSE;

  dio_price_set (price, DIO_PRICE_ASKED, cost, "USD");

  return TRUE;
}

static void
dio_runware_provider_read_test (const DioHttpReply *reply,
                                DioKeyVerdict      *verdict,
                                DioPrice           *balance)
{
  DioRunwareBalance told;

  *verdict = dio_runware_read_key (reply);
  if (*verdict == DIO_KEY_ACCEPTED && dio_runware_read_balance (reply, &told, NULL))
    dio_price_set (balance, DIO_PRICE_TOLD, told.amount, told.currency);
}

static void
dio_runware_provider_learn_async (DioHostedProvider   *provider,
                                  DioHostedCall       *call,
                                  gboolean             may_ask,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  DioRunwareProvider *self = DIO_RUNWARE_PROVIDER (provider);

  dio_runware_lore_learn_async (self->lore, provider, call, may_ask, cancellable, callback, user_data);
}

static void
dio_runware_provider_learn_finish (DioHostedProvider *provider,
                                   GAsyncResult      *result)
{
  dio_runware_lore_learn_finish (DIO_RUNWARE_PROVIDER (provider)->lore, provider, result);
}

static gboolean
dio_runware_provider_asks_base64 (DioRequest *request)
{
  g_autofree char *type = dio_wire_dup_value (request, "outputType");

  return type != NULL && !g_str_equal (type, "URL");
}

static gint64
dio_runware_provider_get_life (DioRequest *request)
{
  return dio_request_get_integer (request, "ttl", 0);
}

static void
dio_runware_provider_estimate (DioProvider *provider,
                               DioRequest  *request,
                               DioPrice    *price)
{
  DioRunwareEstimate estimate;

  if (!dio_runware_estimate (request, &estimate))
    return;

  dio_price_set (price, DIO_PRICE_LISTED, estimate.amount, "USD");
  price->is_guess = estimate.is_guess;
  price->as_of = estimate.read;
  price->where = estimate.source;
}

static gboolean
dio_runware_provider_check (DioProvider  *provider,
                            DioRequest   *request,
                            GError      **error)
{
  DioRunwareProvider *self = DIO_RUNWARE_PROVIDER (provider);
  g_autoptr(GHashTable) fields = dio_runware_lore_ref_fields (self->lore, dio_request_get_model_id (request));

  return dio_runware_check (request, fields, error);
}

static void
dio_runware_provider_finalize (GObject *object)
{
  dio_runware_lore_free (DIO_RUNWARE_PROVIDER (object)->lore);

  G_OBJECT_CLASS (dio_runware_provider_parent_class)->finalize (object);
}

static void
dio_runware_provider_class_init (DioRunwareProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);
  DioHostedProviderClass *hosted_class = DIO_HOSTED_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dio_runware_provider_finalize;

  provider_class->id = "runware";
  provider_class->display_name = "Runware";
  provider_class->max_jobs = MAX_JOBS;
  provider_class->facts = &facts;
  provider_class->models = dio_runware_models;
  provider_class->n_models = DIO_RUNWARE_N_MODELS;
  provider_class->estimate = dio_runware_provider_estimate;
  provider_class->check = dio_runware_provider_check;

  hosted_class->photo_limits = &dio_runware_photo_limits;
  hosted_class->poll_first = 1;
  hosted_class->upload_life = UPLOAD_LIFE;
  hosted_class->n_finds = 2;
  hosted_class->uploads = dio_runware_provider_uploads;
  hosted_class->make = dio_runware_provider_make;
  hosted_class->read_job = dio_runware_provider_read_job;
  hosted_class->read_upload = dio_runware_read_upload;
  hosted_class->read_price = dio_runware_provider_read_price;
  hosted_class->read_test = dio_runware_provider_read_test;
  hosted_class->learn_async = dio_runware_provider_learn_async;
  hosted_class->learn_finish = dio_runware_provider_learn_finish;
  hosted_class->asks_base64 = dio_runware_provider_asks_base64;
  hosted_class->get_life = dio_runware_provider_get_life;
}

static void
dio_runware_provider_init (DioRunwareProvider *self)
{
  self->lore = dio_runware_lore_new ();
}
