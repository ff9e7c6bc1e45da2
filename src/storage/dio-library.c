/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All results and the history of jobs. The disk is the archive's, in a thread
 * of its own; here are the tasks that lead there, and the list that is seen. */

#include "config.h"

#include "dio-library.h"

#include "dio-archive.h"
#include "dio-storage-thread.h"

struct _DioLibrary
{
  GObject           parent_instance;

  char             *folder;  /* (owned) */
  DioArchive       *archive; /* (owned): the thread's, but for its references */
  DioStorageThread *thread;  /* (owned) */
  GListStore       *results; /* (owned) (element-type DioResult): newest first */
};

static void dio_library_job_store_init (DioJobStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DioLibrary, dio_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_JOB_STORE, dio_library_job_store_init))

/* One piece of writing; of the fields, those that its kind needs. */
typedef struct
{
  /* Given */
  DioJobRecord *job;     /* (owned) (nullable) */
  DioPicture   *picture; /* (owned) (nullable) */
  DioResult    *removed; /* (owned) (nullable) */

  /* Result */
  DioResult    *result;  /* (owned) (nullable) */
  gboolean      is_new;
} Writing;

static void
writing_free (Writing *writing)
{
  g_clear_pointer (&writing->job, dio_job_record_free);
  g_clear_pointer (&writing->picture, dio_picture_unref);
  g_clear_object (&writing->removed);
  g_clear_object (&writing->result);
  g_free (writing);
}

static void
push_writing (GTask              *task,
              Writing            *writing,
              DioStorageFunc      func,
              DioStorageDoneFunc  done)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));

  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  dio_storage_thread_push (self->thread, task, func, done);
}

static void
return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

/* What runs in the thread */

static gboolean
open_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  GPtrArray **loaded = task_data;

  if (!dio_archive_open (store, error))
    return FALSE;

  *loaded = dio_archive_load_results (store, error);

  return *loaded != NULL;
}

static gboolean
add_job_in_thread (gpointer   store,
                   gpointer   task_data,
                   GError   **error)
{
  Writing *writing = task_data;

  return dio_archive_add_job (store, writing->job, error);
}

static gboolean
update_job_in_thread (gpointer   store,
                      gpointer   task_data,
                      GError   **error)
{
  Writing *writing = task_data;

  return dio_archive_update_job (store, writing->job, error);
}

static gboolean
add_picture_in_thread (gpointer   store,
                       gpointer   task_data,
                       GError   **error)
{
  Writing *writing = task_data;

  writing->result = dio_archive_add_picture (store, writing->job, writing->picture, &writing->is_new, error);

  return writing->result != NULL;
}

static gboolean
remove_in_thread (gpointer   store,
                  gpointer   task_data,
                  GError   **error)
{
  Writing *writing = task_data;

  return dio_archive_remove_result (store,
                                    dio_result_get_id (writing->removed),
                                    dio_result_get_path (writing->removed),
                                    error);
}

/* What follows in the main context */

static void
loaded_free (GPtrArray **loaded)
{
  g_clear_pointer (loaded, g_ptr_array_unref);
  g_free (loaded);
}

static void
open_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  GPtrArray **loaded = g_task_get_task_data (task);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->results));

  g_list_store_splice (self->results, 0, n_before, (*loaded)->pdata, (*loaded)->len);
  g_task_return_boolean (task, TRUE);
}

/* What was written before is in the list as an object that others hold. */
static DioResult *
find_listed (DioLibrary *self,
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

static void
add_picture_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Writing *writing = g_task_get_task_data (task);
  g_autoptr(DioResult) result = NULL;

  if (writing->is_new)
    g_list_store_insert (self->results, 0, writing->result);
  else
    result = find_listed (self, dio_result_get_id (writing->result));

  if (result == NULL)
    result = g_object_ref (writing->result);
  g_task_return_pointer (task, g_steal_pointer (&result), g_object_unref);
}

static void
remove_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Writing *writing = g_task_get_task_data (task);
  guint position;

  if (g_list_store_find (self->results, writing->removed, &position))
    g_list_store_remove (self->results, position);
  g_task_return_boolean (task, TRUE);
}

/* The job store */

static void
dio_library_add_job_async (DioJobStore         *store,
                           DioJob              *job,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_add_job_async);
  writing->job = dio_job_record_new (job);
  dio_job_record_add_request (writing->job, dio_job_get_request (job));
  push_writing (g_steal_pointer (&task), writing, add_job_in_thread, return_true);
}

static gboolean
dio_library_add_job_finish (DioJobStore   *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_add_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dio_library_update_job_async (DioJobStore         *store,
                              DioJob              *job,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_update_job_async);
  writing->job = dio_job_record_new (job);
  push_writing (g_steal_pointer (&task), writing, update_job_in_thread, return_true);
}

static gboolean
dio_library_update_job_finish (DioJobStore   *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_update_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dio_library_add_picture_async (DioJobStore         *store,
                               DioJob              *job,
                               DioPicture          *picture,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_add_picture_async);
  writing->job = dio_job_record_new (job);
  writing->picture = dio_picture_ref (picture);
  push_writing (g_steal_pointer (&task), writing, add_picture_in_thread, add_picture_done);
}

static DioResult *
dio_library_add_picture_finish (DioJobStore   *store,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_library_add_picture_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dio_library_job_store_init (DioJobStoreInterface *iface)
{
  iface->add_job_async = dio_library_add_job_async;
  iface->add_job_finish = dio_library_add_job_finish;
  iface->update_job_async = dio_library_update_job_async;
  iface->update_job_finish = dio_library_update_job_finish;
  iface->add_picture_async = dio_library_add_picture_async;
  iface->add_picture_finish = dio_library_add_picture_finish;
}

static void
dio_library_finalize (GObject *object)
{
  DioLibrary *self = DIO_LIBRARY (object);

  /* Every task holds a reference, so the thread has nothing left to do. */
  g_clear_pointer (&self->thread, dio_storage_thread_free);
  g_clear_pointer (&self->archive, dio_archive_free);
  g_clear_object (&self->results);
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
 * @callback: called when the results are in the list
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
  g_task_set_task_data (task, g_new0 (GPtrArray *, 1), (GDestroyNotify) loaded_free);
  dio_storage_thread_push (self->thread, g_steal_pointer (&task), open_in_thread, open_done);
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
  Writing *writing;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (DIO_IS_RESULT (result));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dio_library_remove_async);
  writing = g_new0 (Writing, 1);
  writing->removed = g_object_ref (result);
  push_writing (g_steal_pointer (&task), writing, remove_in_thread, remove_done);
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

  return dio_reference_store_keep (dio_archive_get_references (self->archive), bytes, error);
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
