/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All results and the history of jobs. The disk is the archive's, in a thread
 * of its own; here are the tasks that lead there. Of each result there is one
 * object, however often it is read. */

#include "config.h"

#include "dio-library-private.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (DioLibrary, dio_library, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_JOB_STORE, _dio_library_job_store_init))

enum
{
  RESULT_ADDED,
  RESULTS_CHANGED,
  DAMAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is read when the library opens. */
typedef struct
{
  GPtrArray   *accounts; /* (owned) (nullable) */
  GHashTable  *caps;     /* (owned) (nullable) */
  DioListPage *page;     /* (owned) (nullable): to be read as well */
} Loaded;

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->accounts, g_ptr_array_unref);
  g_clear_pointer (&loaded->caps, g_hash_table_unref);
  g_clear_pointer (&loaded->page, _dio_list_page_free);
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

  loaded->accounts = dio_archive_load_accounts (store, error);
  if (loaded->accounts != NULL)
    loaded->caps = dio_archive_load_caps (store, error);
  if (loaded->caps != NULL && loaded->page != NULL)
    _dio_list_page_read_ahead (loaded->page, store);

  return loaded->caps != NULL;
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

  list_accounts (self, loaded->accounts);
  g_hash_table_unref (self->caps);
  self->caps = g_steal_pointer (&loaded->caps);
  self->is_open = TRUE;
  _dio_library_care_later (self);
  self->ahead = g_steal_pointer (&loaded->page);
  _dio_library_emit_changed (self, DIO_LIBRARY_CHANGE_RESULTS | DIO_LIBRARY_CHANGE_MARKS);
  /* For the lists that there are: to those to come it would be old. */
  g_clear_pointer (&self->ahead, _dio_list_page_free);
  g_task_return_boolean (task, TRUE);
}

/* Nobody holds that result any more. */
static void
result_gone_cb (gpointer  user_data,
                GObject  *result)
{
  DioLibrary *self = user_data;

  g_hash_table_remove (self->results, dio_result_get_id ((DioResult *) result));
}

static void
let_go_of_results (DioLibrary *self)
{
  GHashTableIter iter;
  gpointer result;

  g_hash_table_iter_init (&iter, self->results);
  while (g_hash_table_iter_next (&iter, NULL, &result))
    g_object_weak_unref (result, result_gone_cb, self);

  g_clear_pointer (&self->results, g_hash_table_unref);
}

static void
dio_library_finalize (GObject *object)
{
  DioLibrary *self = DIO_LIBRARY (object);

  g_clear_handle_id (&self->care_id, g_source_remove);
  g_clear_object (&self->monitor);

  /* Every task holds a reference, so the thread has nothing left to do. */
  g_clear_pointer (&self->worker, dio_storage_thread_free);
  g_clear_pointer (&self->reading, dio_storage_thread_free);
  g_clear_pointer (&self->reader, dio_archive_free);
  g_clear_pointer (&self->thread, dio_storage_thread_free);
  g_clear_pointer (&self->archive, dio_archive_free);
  let_go_of_results (self);
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

  /* One came that was not there before. */
  signals[RESULT_ADDED] = g_signal_new ("result-added", DIO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, DIO_TYPE_RESULT);

  /* Lists may have to be read again; with a DioLibraryChange. */
  signals[RESULTS_CHANGED] = g_signal_new ("results-changed", DIO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /* The database was found damaged while it was in use; with the reason. */
  signals[DAMAGED] = g_signal_new ("damaged", DIO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
dio_library_init (DioLibrary *self)
{
  self->results = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->showing);
  self->accounts = dio_account_list_new ();
  self->caps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
update_result (DioResult *known,
               DioResult *read)
{
  dio_result_set_path (known, dio_result_get_path (read));
  dio_result_set_rating (known, dio_result_get_rating (read));
  dio_result_set_verdict (known, dio_result_get_verdict (read));
  dio_result_set_tags (known, dio_result_get_tags (read));
  dio_result_set_deleted (known, dio_result_get_deleted (read));
  /* It is found out while others read. */
  if (dio_result_get_hash (read) != NULL)
    dio_result_set_hash (known, dio_result_get_hash (read));
  dio_result_set_parents (known, dio_result_get_parents (read));
}

/* @is_latest: whether nothing was changed since @read was read
 * Returns: (transfer full): the object that others hold of that result, which is
 * @read where there was none */
DioResult *
_dio_library_share (DioLibrary *self,
                    DioResult  *read,
                    gboolean    is_latest)
{
  DioResult *known = g_hash_table_lookup (self->results, dio_result_get_id (read));

  if (known == NULL)
    {
      g_hash_table_insert (self->results, (gpointer) dio_result_get_id (read), read);
      g_object_weak_ref (G_OBJECT (read), result_gone_cb, self);
    }
  else if (known != read && is_latest)
    {
      update_result (known, read);
    }

  return g_object_ref (known != NULL ? known : read);
}

/* Puts the objects that others hold in the places of those that were read, from
 * @first to before @end. */
void
_dio_library_share_some (DioLibrary *self,
                         GPtrArray  *results,
                         guint       first,
                         guint       end,
                         gboolean    is_latest)
{
  for (guint i = first; i < end; i++)
    {
      g_autoptr(DioResult) read = g_ptr_array_index (results, i);

      g_ptr_array_index (results, i) = _dio_library_share (self, read, is_latest);
    }
}

void
_dio_library_share_all (DioLibrary *self,
                        GPtrArray  *results,
                        gboolean    is_latest)
{
  _dio_library_share_some (self, results, 0, results->len, is_latest);
}

void
_dio_library_emit_added (DioLibrary *self,
                         DioResult  *result)
{
  _dio_library_care_later (self);
  g_signal_emit (self, signals[RESULT_ADDED], 0, result);
  _dio_library_emit_changed (self, DIO_LIBRARY_CHANGE_RESULTS);
}

void
_dio_library_emit_changed (DioLibrary       *self,
                           DioLibraryChange  change)
{
  g_signal_emit (self, signals[RESULTS_CHANGED], 0, (guint) change);
}

void
_dio_library_emit_damaged (DioLibrary   *self,
                           const GError *error)
{
  g_message ("%s", error->message);
  g_signal_emit (self, signals[DAMAGED], 0, error);
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
  self->reader = dio_archive_new (folder);
  self->reading = dio_storage_thread_new (self->reader);
  self->worker = dio_storage_thread_new (NULL);

  return self;
}

/**
 * dio_library_set_inscribe:
 * @self: a library that is not open yet
 * @inscribe: puts into a picture's file what it is to tell; called in a thread
 * @user_data: data for @inscribe
 * @free_data: (nullable): frees it
 */
void
dio_library_set_inscribe (DioLibrary      *self,
                          DioInscribeFunc  inscribe,
                          gpointer         user_data,
                          GDestroyNotify   free_data)
{
  g_return_if_fail (DIO_IS_LIBRARY (self));

  dio_archive_set_inscribe (self->archive, inscribe, user_data, free_data);
}

/**
 * dio_library_set_reads_ahead:
 * @self: a library that is not open yet
 * @reads_ahead: whether opening it also reads what a list shows first
 *
 * For programs with a list of all results: where that is there by the time the
 * library is open, it is filled at once.
 */
void
dio_library_set_reads_ahead (DioLibrary *self,
                             gboolean    reads_ahead)
{
  g_return_if_fail (DIO_IS_LIBRARY (self));

  self->reads_ahead = reads_ahead;
}

const char *
dio_library_get_folder (DioLibrary *self)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), NULL);

  return self->folder;
}

/**
 * dio_library_is_open:
 * @self: a library
 *
 * Returns: whether results can be read by now; “results-changed” tells when
 */
gboolean
dio_library_is_open (DioLibrary *self)
{
  g_return_val_if_fail (DIO_IS_LIBRARY (self), FALSE);

  return self->is_open;
}

/**
 * dio_library_open_async:
 * @self: a library
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when the accounts are in their list
 * @user_data: data for @callback
 *
 * Opens the library, and makes it where there is none. Several processes may
 * have the same one open. No result is read for that, unless
 * dio_library_set_reads_ahead() says otherwise.
 */
void
dio_library_open_async (DioLibrary          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Loaded *loaded;

  g_return_if_fail (DIO_IS_LIBRARY (self));

  loaded = g_new0 (Loaded, 1);
  loaded->page = self->reads_ahead ? _dio_list_page_new_first () : NULL;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_library_open_async);
  _dio_library_push (g_steal_pointer (&task), loaded, (GDestroyNotify) loaded_free,
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
