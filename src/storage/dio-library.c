/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All results and the history of jobs. The disk is the archive's, in a thread
 * of its own; here are the tasks that lead there, and the list that is seen. */

#include "config.h"

#include "dio-library-private.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (DioLibrary, dio_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_JOB_STORE, _dio_library_job_store_init))

/* What is read when the library opens. */
typedef struct
{
  GPtrArray  *results;  /* (owned) (nullable) */
  GPtrArray  *accounts; /* (owned) (nullable) */
  GHashTable *caps;     /* (owned) (nullable) */
} Loaded;

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->results, g_ptr_array_unref);
  g_clear_pointer (&loaded->accounts, g_ptr_array_unref);
  g_clear_pointer (&loaded->caps, g_hash_table_unref);
  g_free (loaded);
}

static gboolean
open_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  Loaded *loaded = task_data;

  if (!dio_archive_open (store, error))
    return FALSE;

  loaded->results = dio_archive_load_results (store, error);
  if (loaded->results != NULL)
    loaded->accounts = dio_archive_load_accounts (store, error);
  if (loaded->accounts != NULL)
    loaded->caps = dio_archive_load_caps (store, error);

  return loaded->caps != NULL;
}

static gboolean
remove_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  DioResult *removed = task_data;

  return dio_archive_remove_result (store, dio_result_get_id (removed), dio_result_get_path (removed), error);
}

static void
list_accounts (DioLibrary *self,
               GPtrArray  *accounts)
{
  while (dio_account_list_get_n (self->accounts) > 0)
    {
      const DioAccount *account = dio_account_list_get (self->accounts, 0);

      dio_account_list_remove (self->accounts, account->provider_id, account->name);
    }

  for (guint i = 0; i < accounts->len; i++)
    dio_account_list_put (self->accounts, g_ptr_array_index (accounts, i));
}

static void
open_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Loaded *loaded = g_task_get_task_data (task);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->results));

  list_accounts (self, loaded->accounts);
  g_hash_table_unref (self->caps);
  self->caps = g_steal_pointer (&loaded->caps);
  g_list_store_splice (self->results, 0, n_before, loaded->results->pdata, loaded->results->len);
  g_task_return_boolean (task, TRUE);
}

static void
remove_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  DioResult *removed = g_task_get_task_data (task);
  guint position;

  if (g_list_store_find (self->results, removed, &position))
    g_list_store_remove (self->results, position);
  g_task_return_boolean (task, TRUE);
}

static void
dio_library_finalize (GObject *object)
{
  DioLibrary *self = DIO_LIBRARY (object);

  /* Every task holds a reference, so the thread has nothing left to do. */
  g_clear_pointer (&self->thread, dio_storage_thread_free);
  g_clear_pointer (&self->archive, dio_archive_free);
  g_clear_object (&self->results);
  g_clear_object (&self->accounts);
  g_hash_table_unref (self->caps);
  g_hash_table_unref (self->sending);
  g_free (self->folder);

  G_OBJECT_CLASS (dio_library_parent_class)->finalize (object);
}

static void
dio_library_class_init (DioLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_library_finalize;
}

static void
dio_library_init (DioLibrary *self)
{
  self->results = g_list_store_new (DIO_TYPE_RESULT);
  self->accounts = dio_account_list_new ();
  self->caps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Has @func work on @data in the thread, and @done finish @task afterwards. */
void
_dio_library_push (GTask              *task,
                   gpointer            data,
                   GDestroyNotify      free_data,
                   DioStorageFunc      func,
                   DioStorageDoneFunc  done)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));

  g_task_set_task_data (task, data, free_data);
  dio_storage_thread_push (self->thread, task, func, done);
}

void
_dio_library_return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

/* Returns: (transfer full) (nullable): the result of that id as an object that
 * others hold */
DioResult *
_dio_library_find_result (DioLibrary *self,
                          const char *id)
{
  GListModel *results = G_LIST_MODEL (self->results);

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr(DioResult) result = g_list_model_get_item (results, i);

      if (g_str_equal (dio_result_get_id (result), id))
        return g_steal_pointer (&result);
    }

  return NULL;
}

/**
 * dio_library_new:
 * @folder: the data folder; it need not exist yet
 *
 * Returns: (transfer full): a library that is empty until it is opened
 */
DioLibrary *
dio_library_new (const char *folder)
{
  DioLibrary *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (DIO_TYPE_LIBRARY, NULL);
  self->folder = g_strdup (folder);
  self->archive = dio_archive_new (folder);
  self->thread = dio_storage_thread_new (self->archive);

  return self;
}

const char *
dio_library_get_folder (DioLibrary *self)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), NULL);

  return self->folder;
}

/**
 * dio_library_open_async:
 * @self: a library
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the results and accounts are in their lists
 * @user_data: data for @callback
 *
 * Opens the library, and makes it where there is none. Several processes may
 * have the same one open; each lists what was there when it opened, and its
 * own.
 */
void
dio_library_open_async (DioLibrary          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_library_open_async);
  _dio_library_push (g_steal_pointer (&task), g_new0 (Loaded, 1), (GDestroyNotify) loaded_free,
                     open_in_thread, open_done);
}

/**
 * dio_library_open_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DIO_ERROR_STORAGE when the library is damaged, written
 *   by a later version, or in a folder that cannot be written
 */
gboolean
dio_library_open_finish (DioLibrary    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dio_library_get_results:
 * @self: a library
 *
 * Returns: (transfer none) (element-type DioResult): the results, newest first;
 *   the file of one may be gone
 */
GListModel *
dio_library_get_results (DioLibrary *self)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->results);
}

/**
 * dio_library_remove_async:
 * @self: a library
 * @result: one of its results
 * @callback: called when it is gone
 * @user_data: data for @callback
 *
 * Moves a result's file to the trash and forgets its row.
 */
void
dio_library_remove_async (DioLibrary          *self,
                          DioResult           *result,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (DIO_IS_RESULT (result));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_remove_async);
  _dio_library_push (g_steal_pointer (&task), g_object_ref (result), g_object_unref,
                     remove_in_thread, remove_done);
}

gboolean
dio_library_remove_finish (DioLibrary    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dio_library_keep_reference:
 * @self: an open library
 * @bytes: a photo
 * @error: return location for a #GError
 *
 * Blocks; any thread may call it.
 *
 * Returns: (transfer full): the same bytes, from the file that keeps them now;
 *   %NULL with %DIO_ERROR_STORAGE
 */
GBytes *
dio_library_keep_reference (DioLibrary  *self,
                            GBytes      *bytes,
                            GError     **error)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  return dio_reference_store_keep (dio_archive_get_references (self->archive), bytes, NULL, error);
}

/**
 * dio_library_load_reference:
 * @self: a library
 * @hash: a content hash
 * @error: return location for a #GError
 *
 * Blocks; any thread may call it.
 *
 * Returns: (transfer full): the bytes of that hash; %NULL with
 *   %DIO_ERROR_NOT_FOUND
 */
GBytes *
dio_library_load_reference (DioLibrary  *self,
                            const char  *hash,
                            GError     **error)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), NULL);

  return dio_reference_store_load (dio_archive_get_references (self->archive), hash, error);
}
