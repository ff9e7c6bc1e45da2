/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The studio, as the verbs of the command line need it. */

#include "config.h"

#include "dio-cli.h"

#include "dio-error.h"
#include "dio-keyring.h"
#include "dio-paths.h"

/**
 * dio_cli_studio_new:
 *
 * It drives no job but those of its own, and does not wait for a network.
 *
 * Returns: (transfer full): this person's studio, not opened yet: it knows the
 *   models, and has touched neither a file nor a keyring
 */
DioStudio *
dio_cli_studio_new (void)
{
  g_autofree char *data_folder = dio_paths_dup_data_folder ();
  g_autofree char *cache_folder = dio_paths_dup_cache_folder ();

  g_autoptr(DioKeyring) keys = dio_keyring_new ();
  DioStudio *studio = dio_studio_new (data_folder, cache_folder, DIO_KEY_STORE (keys), NULL);

  dio_studio_set_restores_jobs (studio, FALSE);
  dio_job_queue_set_waits_for_network (dio_studio_get_queue (studio), FALSE);

  return studio;
}

/**
 * dio_cli_studio_has_library:
 * @studio: a studio, not opened yet
 *
 * Returns: whether opening it would find what an earlier run has left
 */
gboolean
dio_cli_studio_has_library (DioStudio *studio)
{
  const char *folder = dio_library_get_folder (dio_studio_get_library (studio));
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * dio_cli_studio_open:
 * @studio: a studio
 * @cancellable: (nullable): ends the waiting
 * @error: return location for a #GError
 *
 * Waits for dio_studio_open_async().
 */
gboolean
dio_cli_studio_open (DioStudio     *studio,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  dio_studio_open_async (studio, cancellable, dio_cli_result_cb, &pending);
  result = dio_cli_wait (&pending);

  return dio_studio_open_finish (studio, result, error);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * dio_cli_studio_close:
 * @studio: (transfer full): a studio
 *
 * Waits until the library has written what it was given, such as the end of a
 * job: the program is about to end, and its threads with it.
 */
void
dio_cli_studio_close (DioStudio *studio)
{
  /* A thread that lets the library go wakes nobody. */
  guint wake_id = g_timeout_add (10, wake_cb, NULL);
  GWeakRef library;
  gpointer alive;

  g_weak_ref_init (&library, dio_studio_get_library (studio));
  g_object_unref (studio);

  /* Whatever is under way in the library holds a reference to it. */
  while ((alive = g_weak_ref_get (&library)) != NULL)
    {
      g_object_unref (alive);
      g_main_context_iteration (NULL, TRUE);
    }

  g_weak_ref_clear (&library);
  g_source_remove (wake_id);
}

static char *
join_ids (GListModel *items,
          const char *(*get_id) (gpointer item))
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      /* The list keeps its items, and they keep their ids. */
      g_autoptr(GObject) item = g_list_model_get_item (items, i);

      g_ptr_array_add (ids, (char *) get_id (item));
    }
  g_ptr_array_add (ids, NULL);

  return g_strjoinv (", ", (char **) ids->pdata);
}

static const char *
get_provider_id (gpointer item)
{
  return dio_provider_get_id (item);
}

static const char *
get_model_id (gpointer item)
{
  return dio_model_info_get_id (item);
}

/**
 * dio_cli_find_provider:
 * @studio: a studio
 * @provider_id: a provider
 * @error: return location for %DIO_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): the provider
 */
DioProvider *
dio_cli_find_provider (DioStudio   *studio,
                       const char  *provider_id,
                       GError     **error)
{
  DioProvider *provider = dio_studio_find_provider (studio, provider_id);

  if (provider == NULL)
    {
      g_autofree char *known = join_ids (dio_studio_get_providers (studio), get_provider_id);

      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                   "There is no provider “%s”; there is: %s", provider_id, known);
    }

  return provider;
}

static DioModelInfo *
find_first_model (DioStudio   *studio,
                  const char  *provider_id,
                  GError     **error)
{
  DioProvider *provider = dio_cli_find_provider (studio, provider_id, error);
  g_autoptr(DioModelInfo) model = NULL;

  if (provider == NULL)
    return NULL;

  model = g_list_model_get_item (dio_provider_get_models (provider), 0);

  /* The provider keeps its models. */
  return model;
}

/**
 * dio_cli_find_model:
 * @studio: a studio
 * @provider_id: (nullable): a provider
 * @model_id: (nullable): a model; the provider's first where %NULL
 * @error: return location for %DIO_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): the model
 */
DioModelInfo *
dio_cli_find_model (DioStudio   *studio,
                    const char  *provider_id,
                    const char  *model_id,
                    GError     **error)
{
  DioModelInfo *model;

  if (model_id == NULL)
    return find_first_model (studio, provider_id != NULL ? provider_id : "local", error);

  model = dio_studio_find_model (studio, model_id);
  if (model == NULL)
    {
      g_autofree char *known = join_ids (dio_studio_get_models (studio), get_model_id);

      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                   "There is no model “%s”; there is: %s", model_id, known);
      return NULL;
    }

  if (provider_id != NULL && !g_str_equal (provider_id, dio_model_info_get_provider_id (model)))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                   "The model “%s” is of the provider “%s”, not “%s”",
                   model_id, dio_model_info_get_provider_id (model), provider_id);
      return NULL;
    }

  return model;
}
