/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives the jobs of a hosted provider, whichever it is. */

#include "config.h"

#include "hosted/dio-hosted-private.h"

/* Photos that are open at the same time, over all jobs: two that 24 megapixels of
 * are kept, and more of smaller ones. */
#define MAX_OPEN (160 * 1000 * 1000)

typedef struct
{
  GThreadPool *pool;    /* (owned): prepares photos */
  DioRoom     *room;    /* (owned): for their pixels */
  gint64       clock;   /* seconds by which the server is ahead of this computer */
} DioHostedProviderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DioHostedProvider, dio_hosted_provider, DIO_TYPE_PROVIDER)

const DioHostedTimes dio_hosted_times = {
  .poll_max = 10,
  .trouble_max = 60,
  .patience = 30 * 60,
  .lookup = { 2, 5, 10, 20 },
  .fetch = { 1, 2, 4, 8, 16 },
};

/* What is in the pool are tasks that bring their own function. */
static void
run_in_pool (gpointer data,
             gpointer user_data)
{
  g_autoptr(GTask) task = data;
  GTaskThreadFunc func = (GTaskThreadFunc) g_task_get_source_tag (task);

  func (task, NULL, g_task_get_task_data (task), g_task_get_cancellable (task));
}

static void
dio_hosted_provider_finalize (GObject *object)
{
  DioHostedProviderPrivate *priv = dio_hosted_provider_get_instance_private (DIO_HOSTED_PROVIDER (object));

  g_thread_pool_free (priv->pool, FALSE, FALSE);
  dio_room_unref (priv->room);

  G_OBJECT_CLASS (dio_hosted_provider_parent_class)->finalize (object);
}

static void
dio_hosted_provider_class_init (DioHostedProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dio_hosted_provider_finalize;

  provider_class->run_async = dio_hosted_run_async;
  provider_class->run_finish = dio_hosted_run_finish;
  provider_class->preview_async = dio_hosted_preview_async;
  provider_class->preview_finish = dio_hosted_preview_finish;
  provider_class->ask_price_async = dio_hosted_ask_price_async;
  provider_class->ask_price_finish = dio_hosted_ask_price_finish;
  provider_class->test_key_async = dio_hosted_test_key_async;
  provider_class->test_key_finish = dio_hosted_test_key_finish;

  klass->times = &dio_hosted_times;
  klass->poll_first = 2;
}

static void
dio_hosted_provider_init (DioHostedProvider *self)
{
  DioHostedProviderPrivate *priv = dio_hosted_provider_get_instance_private (self);

  priv->pool = g_thread_pool_new (run_in_pool, NULL, g_get_num_processors (), FALSE, NULL);
  priv->room = dio_room_new (MAX_OPEN);
}

/**
 * dio_hosted_provider_get_pool:
 * @self: a provider
 *
 * Returns: (transfer none): takes tasks whose source tag is a #GTaskThreadFunc
 */
GThreadPool *
dio_hosted_provider_get_pool (DioHostedProvider *self)
{
  DioHostedProviderPrivate *priv = dio_hosted_provider_get_instance_private (self);

  return priv->pool;
}

/**
 * dio_hosted_provider_get_room:
 * @self: a provider
 *
 * Returns: (transfer none): for the pixels of photos
 */
DioRoom *
dio_hosted_provider_get_room (DioHostedProvider *self)
{
  DioHostedProviderPrivate *priv = dio_hosted_provider_get_instance_private (self);

  return priv->room;
}

/**
 * dio_hosted_provider_get_clock:
 * @self: a provider
 *
 * Returns: seconds to be added to this computer's time to have the server's
 */
gint64
dio_hosted_provider_get_clock (DioHostedProvider *self)
{
  DioHostedProviderPrivate *priv = dio_hosted_provider_get_instance_private (self);

  return priv->clock;
}

void
dio_hosted_provider_set_clock (DioHostedProvider *self,
                               gint64             offset)
{
  DioHostedProviderPrivate *priv = dio_hosted_provider_get_instance_private (self);

  priv->clock = offset;
}

/**
 * dio_hosted_provider_dup_folder:
 * @self: a provider
 * @name: of what is kept
 *
 * Returns: (transfer full): where it is kept; need not be there
 */
char *
dio_hosted_provider_dup_folder (DioHostedProvider *self,
                                const char        *name)
{
  const char *cache = dio_provider_get_cache_folder (DIO_PROVIDER (self));

  return g_build_filename (cache != NULL ? cache : g_get_tmp_dir (), name, NULL);
}
