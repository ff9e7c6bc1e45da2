/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns the providers, the queue and the library. */

#include "config.h"

#include "dio-studio-private.h"

#include "dio-providers.h"

struct _DioStudio
{
  GObject      parent_instance;

  char        *cache_folder; /* (owned) */
  char        *draft_folder; /* (owned) */
  DioKeyStore *keys;         /* (owned) (nullable) */
  DioHttp     *http;         /* (owned) */
  GListModel  *providers;    /* (owned) */
  GListStore  *models;       /* (owned): of all providers */
  DioLibrary  *library;      /* (owned) */
  DioJobQueue *queue;        /* (owned) */
  gboolean     keeps_photos;
  gboolean     restores_jobs;
};

G_DEFINE_FINAL_TYPE (DioStudio, dio_studio, G_TYPE_OBJECT)

static void
dio_studio_finalize (GObject *object)
{
  DioStudio *self = DIO_STUDIO (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->library);
  g_clear_object (&self->models);
  g_clear_object (&self->providers);
  g_clear_object (&self->keys);
  g_clear_object (&self->http);
  g_free (self->cache_folder);
  g_free (self->draft_folder);

  G_OBJECT_CLASS (dio_studio_parent_class)->finalize (object);
}

static void
dio_studio_class_init (DioStudioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_studio_finalize;
}

static void
dio_studio_init (DioStudio *self)
{
  self->models = g_list_store_new (DIO_TYPE_MODEL_INFO);
  self->keeps_photos = TRUE;
  self->restores_jobs = TRUE;
}

static void
collect_models (DioStudio *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (self->providers, i);
      GListModel *models = dio_provider_get_models (provider);

      for (guint j = 0; j < g_list_model_get_n_items (models); j++)
        {
          g_autoptr(DioModelInfo) model = g_list_model_get_item (models, j);

          g_list_store_append (self->models, model);
        }
    }
}

/**
 * dio_studio_new:
 * @data_folder: where the library is
 * @cache_folder: where what can be made again may be kept
 * @keys: (nullable): where the keys of accounts are
 * @http: (nullable): what hosted providers send with; one of its own where %NULL
 *
 * Touches no file; dio_studio_open_async() does.
 *
 * Returns: (transfer full): a studio
 */
DioStudio *
dio_studio_new (const char  *data_folder,
                const char  *cache_folder,
                DioKeyStore *keys,
                DioHttp     *http)
{
  DioStudio *self = g_object_new (DIO_TYPE_STUDIO, NULL);

  self->cache_folder = g_strdup (cache_folder);
  self->draft_folder = g_build_filename (data_folder, "drafts", NULL);
  g_set_object (&self->keys, keys);
  self->http = http != NULL ? g_object_ref (http) : dio_http_new ();
  self->providers = dio_providers_new (cache_folder, keys, self->http);
  self->library = dio_library_new (data_folder);
  _dio_studio_inscribe_pictures (self);
  self->queue = dio_job_queue_new (self->providers, DIO_JOB_STORE (self->library));
  collect_models (self);

  return self;
}

static void
jobs_restored_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;

  if (dio_job_queue_restore_finish (DIO_JOB_QUEUE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
library_opened_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  GError *error = NULL;
  DioStudio *self;

  if (!dio_library_open_finish (DIO_LIBRARY (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self = g_task_get_source_object (task);
  if (self->restores_jobs)
    dio_job_queue_restore_async (self->queue, jobs_restored_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * dio_studio_open_async:
 * @self: a studio
 * @cancellable: (nullable): ends the opening
 * @callback: called when the library is open, or cannot be opened
 * @user_data: data for @callback
 *
 * Jobs that an earlier run left open go on from where they are, unless
 * dio_studio_set_restores_jobs() says otherwise.
 */
void
dio_studio_open_async (DioStudio           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_STUDIO (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_open_async);

  dio_library_open_async (self->library, cancellable, library_opened_cb, g_steal_pointer (&task));
}

gboolean
dio_studio_open_finish (DioStudio     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GListModel *
dio_studio_get_providers (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->providers;
}

/**
 * dio_studio_find_provider:
 * @self: a studio
 * @id: a provider's id
 *
 * Returns: (transfer none) (nullable): that provider
 */
DioProvider *
dio_studio_find_provider (DioStudio  *self,
                          const char *id)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (self->providers, i);

      if (g_str_equal (dio_provider_get_id (provider), id))
        return provider;
    }

  return NULL;
}

/**
 * dio_studio_find_model:
 * @self: a studio
 * @id: a model's id
 *
 * Returns: (transfer none) (nullable): that model, whoever's it is
 */
DioModelInfo *
dio_studio_find_model (DioStudio  *self,
                       const char *id)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->models)); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (G_LIST_MODEL (self->models), i);

      if (g_str_equal (dio_model_info_get_id (model), id))
        return model;
    }

  return NULL;
}

/**
 * dio_studio_get_models:
 * @self: a studio
 *
 * Returns: (transfer none) (element-type DioModelInfo): the models of all
 *   providers, the default first
 */
GListModel *
dio_studio_get_models (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return G_LIST_MODEL (self->models);
}

DioJobQueue *
dio_studio_get_queue (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->queue;
}

DioLibrary *
dio_studio_get_library (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->library;
}

/**
 * dio_studio_get_draft_folder:
 * @self: a studio
 *
 * Returns: where compositions are kept while they are edited; it need not exist yet
 */
const char *
dio_studio_get_draft_folder (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->draft_folder;
}

/**
 * dio_studio_get_keys:
 * @self: a studio
 *
 * Returns: (transfer none) (nullable): where the keys of accounts are
 */
DioKeyStore *
dio_studio_get_keys (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->keys;
}

DioHttp *
dio_studio_get_http (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->http;
}

const char *
dio_studio_get_cache_folder (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), NULL);

  return self->cache_folder;
}

/**
 * dio_studio_get_keeps_photos:
 * @self: a studio
 *
 * Returns: whether photos that are imported are written into the library
 */
gboolean
dio_studio_get_keeps_photos (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), FALSE);

  return self->keeps_photos;
}

/**
 * dio_studio_set_keeps_photos:
 * @self: a studio
 * @keeps_photos: %FALSE where nothing will be made of them, as for a preview:
 *   they are then in memory only, and the studio need not be open
 */
void
dio_studio_set_keeps_photos (DioStudio *self,
                             gboolean   keeps_photos)
{
  g_return_if_fail (DIO_IS_STUDIO (self));

  self->keeps_photos = keeps_photos;
}

gboolean
dio_studio_get_restores_jobs (DioStudio *self)
{
  g_return_val_if_fail (DIO_IS_STUDIO (self), FALSE);

  return self->restores_jobs;
}

/**
 * dio_studio_set_restores_jobs:
 * @self: a studio that is not open yet
 * @restores_jobs: whether jobs that an earlier run left open are taken up; a
 *   program that ends soon leaves them to one that stays
 */
void
dio_studio_set_restores_jobs (DioStudio *self,
                              gboolean   restores_jobs)
{
  g_return_if_fail (DIO_IS_STUDIO (self));

  self->restores_jobs = restores_jobs;
}
