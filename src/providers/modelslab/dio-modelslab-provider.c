/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ModelsLab's Nano Banana server. It takes photos by address alone, and its jobs
 * bear no id of ours. */

#include "config.h"

#include "modelslab/dio-modelslab-provider.h"

#include "modelslab/dio-modelslab-model.h"
#include "modelslab/dio-modelslab-reply.h"
#include "modelslab/dio-modelslab-wire.h"

#include <glib/gi18n-lib.h>

/* Seconds. An upload is there for a day, which has to be enough for a queue. */
#define PICTURE_LIFE (24 * 60 * 60)
#define UPLOAD_LIFE  (20 * 60 * 60)

/* Queued requests of an account that is paid as it goes. */
#define MAX_JOBS 5

struct _DioModelslabProvider
{
  DioHostedProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (DioModelslabProvider, dio_modelslab_provider, DIO_TYPE_HOSTED_PROVIDER)

static const DioAccountKind kinds[] = {
  {
    .id = "enterprise",
    .title = "ModelsLab",
    .help = N_("The key of an enterprise account"),
    .address = "https://modelslab.com",
    .key_title = N_("API key"),
  },
};

static const DioProviderFacts facts = {
  .photos_go = N_("The photos are uploaded to ModelsLab, where whoever knows their addresses can see them for 24 hours."),
  .warning = N_("ModelsLab deletes pictures after 24 hours unless S3 details of the account’s own are configured for this server."),
  .warning_url = "https://docs.modelslab.com/enterprise-api/general/update-s3-details",
  .cancel_bills = N_("ModelsLab cannot stop a request: it is made and charged, and can be fetched for 24 hours."),
  .kinds = kinds,
  .n_kinds = G_N_ELEMENTS (kinds),
  .has_upload_url = TRUE,
  .takes_addresses = TRUE,
};

static gboolean
dio_modelslab_provider_uploads (const DioHostedCall *call)
{
  return TRUE;
}

static DioHttpRequest *
dio_modelslab_provider_make (const DioHostedCall      *call,
                             const DioHostedQuestion  *question,
                             GError                  **error)
{
  switch (question->kind)
    {
    case DIO_HOSTED_UPLOAD:
      return dio_modelslab_make_upload (call->account, call->token, question->photo);

    case DIO_HOSTED_CREATE:
      return dio_modelslab_make_create (call->request, call->account, call->token,
                                        call->photos, call->n_photos, error);

    case DIO_HOSTED_POLL:
      return dio_modelslab_make_fetch (call->account, call->token, question->remote_id);

    case DIO_HOSTED_LIST:
      return dio_modelslab_make_past_outputs (call->account, call->token, question->number);

    case DIO_HOSTED_TEST:
      return dio_modelslab_make_balance (call->account, call->token);

    case DIO_HOSTED_FIND:
    case DIO_HOSTED_PRICE:
    default:
      g_return_val_if_reached (NULL);
    }
}

static DioWireReply *
dio_modelslab_provider_read_job (const DioHostedCall     *call,
                                 const DioHostedQuestion *question,
                                 const DioHttpReply      *reply)
{
  return question->kind == DIO_HOSTED_CREATE ? dio_modelslab_read_create (reply) : dio_modelslab_read_fetch (reply);
}

static void
dio_modelslab_provider_read_test (const DioHttpReply *reply,
                                  DioKeyVerdict      *verdict,
                                  DioPrice           *balance)
{
  g_autofree char *currency = NULL;
  g_autoptr(GError) error = NULL;
  double amount;

  if (dio_modelslab_read_balance (reply, &amount, &currency, &error))
    {
      *verdict = DIO_KEY_ACCEPTED;
      dio_price_set (balance, DIO_PRICE_TOLD, amount, currency);
    }
  else if (g_error_matches (error, DIO_ERROR, DIO_ERROR_AUTH))
    {
      *verdict = DIO_KEY_REFUSED;
    }
}

static gboolean
dio_modelslab_provider_asks_base64 (DioRequest *request)
{
  g_autoptr(GVariant) value = dio_request_lookup (request, "base64");

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
}

static gint64
dio_modelslab_provider_get_life (DioRequest *request)
{
  return PICTURE_LIFE;
}

static void
dio_modelslab_provider_class_init (DioModelslabProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);
  DioHostedProviderClass *hosted_class = DIO_HOSTED_PROVIDER_CLASS (klass);

  provider_class->id = "modelslab";
  provider_class->display_name = "ModelsLab";
  provider_class->max_jobs = MAX_JOBS;
  provider_class->facts = &facts;
  provider_class->models = &dio_modelslab_model;
  provider_class->n_models = 1;

  hosted_class->photo_limits = &dio_modelslab_photo_limits;
  hosted_class->poll_first = 2;
  hosted_class->upload_life = UPLOAD_LIFE;
  hosted_class->has_list = TRUE;
  hosted_class->uploads = dio_modelslab_provider_uploads;
  hosted_class->make = dio_modelslab_provider_make;
  hosted_class->read_job = dio_modelslab_provider_read_job;
  hosted_class->read_upload = dio_modelslab_read_upload;
  hosted_class->read_list = dio_modelslab_read_past_outputs;
  hosted_class->read_test = dio_modelslab_provider_read_test;
  hosted_class->asks_base64 = dio_modelslab_provider_asks_base64;
  hosted_class->get_life = dio_modelslab_provider_get_life;
}

static void
dio_modelslab_provider_init (DioModelslabProvider *self)
{
}
