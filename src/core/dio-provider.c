/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes the picture. */

#include "config.h"

#include "dio-provider.h"

typedef struct
{
  char        *cache_folder; /* (owned) (nullable) */
  DioKeyStore *key_store;    /* (owned) (nullable) */
  DioHttp     *http;         /* (owned) (nullable) */
  GListStore  *models;       /* (owned) */
} DioProviderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DioProvider, dio_provider, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CACHE_FOLDER,
  PROP_KEY_STORE,
  PROP_HTTP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dio_provider_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (DIO_PROVIDER (object));

  switch (id)
    {
    case PROP_CACHE_FOLDER:
      g_value_set_string (value, priv->cache_folder);
      break;

    case PROP_KEY_STORE:
      g_value_set_object (value, priv->key_store);
      break;

    case PROP_HTTP:
      g_value_set_object (value, priv->http);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_provider_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (DIO_PROVIDER (object));

  switch (id)
    {
    case PROP_CACHE_FOLDER:
      priv->cache_folder = g_value_dup_string (value);
      break;

    case PROP_KEY_STORE:
      priv->key_store = g_value_dup_object (value);
      break;

    case PROP_HTTP:
      priv->http = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_provider_constructed (GObject *object)
{
  DioProvider *self = DIO_PROVIDER (object);
  DioProviderPrivate *priv = dio_provider_get_instance_private (self);
  DioProviderClass *klass = DIO_PROVIDER_GET_CLASS (self);

  G_OBJECT_CLASS (dio_provider_parent_class)->constructed (object);

  priv->models = g_list_store_new (DIO_TYPE_MODEL_INFO);
  for (guint i = 0; i < klass->n_models; i++)
    {
      g_autoptr(DioModelInfo) model = dio_model_info_new (klass->id, &klass->models[i]);

      g_list_store_append (priv->models, model);
    }
}

static void
dio_provider_finalize (GObject *object)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (DIO_PROVIDER (object));

  g_free (priv->cache_folder);
  g_clear_object (&priv->key_store);
  g_clear_object (&priv->http);
  g_clear_object (&priv->models);

  G_OBJECT_CLASS (dio_provider_parent_class)->finalize (object);
}

static void
dio_provider_class_init (DioProviderClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_provider_get_property;
  object_class->set_property = dio_provider_set_property;
  object_class->constructed = dio_provider_constructed;
  object_class->finalize = dio_provider_finalize;

  klass->max_jobs = 1;

  properties[PROP_CACHE_FOLDER] = g_param_spec_string ("cache-folder", NULL, NULL, NULL, flags);
  properties[PROP_KEY_STORE] = g_param_spec_object ("key-store", NULL, NULL, DIO_TYPE_KEY_STORE, flags);
  properties[PROP_HTTP] = g_param_spec_object ("http", NULL, NULL, DIO_TYPE_HTTP, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_provider_init (DioProvider *self)
{
}

const char *
dio_provider_get_id (DioProvider *self)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  return DIO_PROVIDER_GET_CLASS (self)->id;
}

/**
 * dio_provider_get_display_name:
 * @self: a provider
 *
 * Returns: its name as its owner writes it; the interface translates it where
 *   it is ours
 */
const char *
dio_provider_get_display_name (DioProvider *self)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  return DIO_PROVIDER_GET_CLASS (self)->display_name;
}

/**
 * dio_provider_is_local:
 * @self: a provider
 *
 * Returns: whether nothing leaves this computer and nothing is paid
 */
gboolean
dio_provider_is_local (DioProvider *self)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), FALSE);

  return DIO_PROVIDER_GET_CLASS (self)->is_local;
}

guint
dio_provider_get_max_jobs (DioProvider *self)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), 0);

  return DIO_PROVIDER_GET_CLASS (self)->max_jobs;
}

/**
 * dio_provider_get_cache_folder:
 * @self: a provider
 *
 * Returns: (nullable): where what can be made again may be kept; made on demand
 */
const char *
dio_provider_get_cache_folder (DioProvider *self)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (self);

  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  return priv->cache_folder;
}

/**
 * dio_provider_get_key_store:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): where the keys of its accounts are
 */
DioKeyStore *
dio_provider_get_key_store (DioProvider *self)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (self);

  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  return priv->key_store;
}

/**
 * dio_provider_get_http:
 * @self: a provider
 *
 * Returns: (transfer none) (nullable): what it sends with
 */
DioHttp *
dio_provider_get_http (DioProvider *self)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (self);

  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  return priv->http;
}

/**
 * dio_provider_get_models:
 * @self: a provider
 *
 * Returns: (transfer none) (element-type DioModelInfo): its models, the one to
 *   begin with first
 */
GListModel *
dio_provider_get_models (DioProvider *self)
{
  DioProviderPrivate *priv = dio_provider_get_instance_private (self);

  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  return G_LIST_MODEL (priv->models);
}

/**
 * dio_provider_get_facts:
 * @self: a provider
 *
 * Returns: (transfer none): what to know of it before paying
 */
const DioProviderFacts *
dio_provider_get_facts (DioProvider *self)
{
  static const DioProviderFacts none;
  const DioProviderFacts *facts;

  g_return_val_if_fail (DIO_IS_PROVIDER (self), NULL);

  facts = DIO_PROVIDER_GET_CLASS (self)->facts;

  return facts != NULL ? facts : &none;
}

/**
 * dio_provider_get_slots:
 * @self: a provider
 * @request: for one of its models
 *
 * Returns: how many of dio_provider_get_max_jobs() it takes, 1 or more
 */
guint
dio_provider_get_slots (DioProvider *self,
                        DioRequest  *request)
{
  DioProviderClass *klass;

  g_return_val_if_fail (DIO_IS_PROVIDER (self), 1);

  klass = DIO_PROVIDER_GET_CLASS (self);

  return klass->get_slots != NULL ? MAX (1, klass->get_slots (self, request)) : 1;
}

/**
 * dio_provider_estimate:
 * @self: a provider
 * @request: for one of its models
 * @account: (nullable): whose money
 * @price: (out): what is known; what the person typed comes first
 */
void
dio_provider_estimate (DioProvider      *self,
                       DioRequest       *request,
                       const DioAccount *account,
                       DioPrice         *price)
{
  DioProviderClass *klass;

  g_return_if_fail (DIO_IS_PROVIDER (self));
  g_return_if_fail (price != NULL);

  klass = DIO_PROVIDER_GET_CLASS (self);
  *price = (DioPrice) { 0 };

  if (klass->is_local)
    dio_price_set (price, DIO_PRICE_FREE, 0, NULL);
  else if (account != NULL && account->price >= 0)
    dio_price_set (price, DIO_PRICE_TYPED, account->price * dio_request_get_count (request),
                   account->currency);
  else if (klass->estimate != NULL)
    klass->estimate (self, request, price);
}

/**
 * dio_provider_check:
 * @self: a provider
 * @request: for one of its models
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: whether its values go together
 */
gboolean
dio_provider_check (DioProvider  *self,
                    DioRequest   *request,
                    GError      **error)
{
  DioProviderClass *klass;

  g_return_val_if_fail (DIO_IS_PROVIDER (self), FALSE);

  klass = DIO_PROVIDER_GET_CLASS (self);

  return klass->check == NULL || klass->check (self, request, error);
}

/**
 * dio_provider_run_async:
 * @self: a provider
 * @job: a job for one of its models
 * @store: where what is known of it is written
 * @cancellable: (nullable): ends the work
 * @callback: called when the job has ended
 * @user_data: data for @callback
 *
 * Drives @job from its present state to its end.
 */
void
dio_provider_run_async (DioProvider         *self,
                        DioJob              *job,
                        DioJobStore         *store,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (DIO_IS_PROVIDER (self));
  g_return_if_fail (DIO_IS_JOB (job));

  DIO_PROVIDER_GET_CLASS (self)->run_async (self, job, store, cancellable, callback, user_data);
}

/**
 * dio_provider_run_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %FALSE when the job ended without all its pictures
 */
gboolean
dio_provider_run_finish (DioProvider   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (DIO_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return DIO_PROVIDER_GET_CLASS (self)->run_finish (self, result, error);
}
