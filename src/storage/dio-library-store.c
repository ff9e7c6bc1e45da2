/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library as the place where jobs and their pictures are kept. */

#include "config.h"

#include "dio-library-private.h"

/* One piece of work on jobs; of the fields, those that its kind needs. */
typedef struct
{
  /* Given */
  DioJobRecord *job;        /* (owned) (nullable) */
  DioPicture   *picture;    /* (owned) (nullable) */
  DioJob       *sent;       /* (owned) (nullable): the main thread's */
  char         *id;         /* (owned) (nullable): of a job, or a provider */

  /* Result */
  DioResult    *result;     /* (owned) (nullable) */
  gboolean      is_new;
  gint64        sent_at;
  GPtrArray    *taken;      /* (owned) (nullable) (element-type DioTakenJob) */
  GStrv         remote_ids; /* (owned) (nullable) */
  GError       *error;      /* (owned) (nullable) */
} Writing;

static void
writing_free (Writing *writing)
{
  g_clear_pointer (&writing->job, dio_job_record_free);
  g_clear_pointer (&writing->picture, dio_picture_unref);
  g_clear_object (&writing->sent);
  g_free (writing->id);
  g_clear_object (&writing->result);
  g_clear_pointer (&writing->taken, g_ptr_array_unref);
  g_strfreev (writing->remote_ids);
  g_clear_error (&writing->error);
  g_free (writing);
}

static void
push_writing (GTask              *task,
              Writing            *writing,
              DioStorageFunc      func,
              DioStorageDoneFunc  done)
{
  _dio_library_push (task, writing, (GDestroyNotify) writing_free, func, done);
}

/* What runs in the thread */

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

/* What went wrong is told afterwards, where it is also known that it is over. */
static gboolean
begin_sending_in_thread (gpointer   store,
                         gpointer   task_data,
                         GError   **error)
{
  Writing *writing = task_data;

  dio_archive_begin_sending (store, writing->job, &writing->sent_at, &writing->error);

  return TRUE;
}

static gboolean
take_open_in_thread (gpointer   store,
                     gpointer   task_data,
                     GError   **error)
{
  Writing *writing = task_data;

  writing->taken = dio_archive_take_open (store, error);

  return writing->taken != NULL;
}

static gboolean
take_job_in_thread (gpointer   store,
                    gpointer   task_data,
                    GError   **error)
{
  Writing *writing = task_data;
  DioTakenJob *taken = dio_archive_take_job (store, writing->id, error);

  if (taken == NULL)
    return FALSE;

  writing->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_taken_job_free);
  g_ptr_array_add (writing->taken, taken);

  return TRUE;
}

static gboolean
list_remote_ids_in_thread (gpointer   store,
                           gpointer   task_data,
                           GError   **error)
{
  Writing *writing = task_data;

  writing->remote_ids = dio_archive_list_remote_ids (store, writing->id, error);

  return writing->remote_ids != NULL;
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

/* What follows in the main context */

static void
begin_sending_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Writing *writing = g_task_get_task_data (task);

  g_hash_table_remove (self->sending, writing->job->id);
  if (writing->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&writing->error));
      return;
    }

  dio_job_edit_remote (writing->sent)->sent_at = writing->sent_at;
  dio_job_set_state (writing->sent, DIO_JOB_SENDING);
  g_task_return_boolean (task, TRUE);
}

/* Returns: (transfer full) (element-type DioJob): the jobs with their results;
 * what another process has made is new to the lists */
static GPtrArray *
finish_taken (DioLibrary *self,
              GPtrArray  *taken)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_results = 0;

  for (guint i = 0; i < taken->len; i++)
    {
      DioTakenJob *one = g_ptr_array_index (taken, i);

      _dio_library_share_all (self, one->results, FALSE);
      for (guint j = 0; j < one->results->len; j++)
        dio_job_add_result (one->job, g_ptr_array_index (one->results, j));
      n_results += one->results->len;
      g_ptr_array_add (jobs, g_object_ref (one->job));
    }

  if (n_results > 0)
    _dio_library_emit_changed (self, DIO_LIBRARY_CHANGE_RESULTS);

  return jobs;
}

static void
take_open_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Writing *writing = g_task_get_task_data (task);

  g_task_return_pointer (task, finish_taken (self, writing->taken), (GDestroyNotify) g_ptr_array_unref);
}

static void
take_job_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Writing *writing = g_task_get_task_data (task);
  g_autoptr(GPtrArray) jobs = finish_taken (self, writing->taken);

  g_task_return_pointer (task, g_object_ref (g_ptr_array_index (jobs, 0)), g_object_unref);
}

static void
list_remote_ids_done (GTask *task)
{
  Writing *writing = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&writing->remote_ids), (GDestroyNotify) g_strfreev);
}

static void
add_picture_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Writing *writing = g_task_get_task_data (task);
  g_autoptr(DioResult) result = _dio_library_share (self, writing->result, FALSE);

  if (writing->is_new)
    _dio_library_emit_added (self, result);
  g_task_return_pointer (task, g_steal_pointer (&result), g_object_unref);
}

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
  push_writing (g_steal_pointer (&task), writing, add_job_in_thread, _dio_library_return_true);
}

static gboolean
dio_library_add_job_finish (DioJobStore   *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  return _dio_library_finish_boolean (store, result, dio_library_add_job_async, error);
}

static void
dio_library_update_job_async (DioJobStore         *store,
                              DioJob              *job,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DioLibrary *self = DIO_LIBRARY (store);
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_update_job_async);
  writing->job = dio_job_record_new (job);
  /* This may come behind a change to "sending" that @job does not show yet, and
   * to go back on that would have it sent twice. */
  writing->job->keeps_state = g_hash_table_contains (self->sending, dio_job_get_id (job));
  push_writing (g_steal_pointer (&task), writing, update_job_in_thread, _dio_library_return_true);
}

static gboolean
dio_library_update_job_finish (DioJobStore   *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  return _dio_library_finish_boolean (store, result, dio_library_update_job_async, error);
}

static void
dio_library_begin_sending_async (DioJobStore         *store,
                                 DioJob              *job,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DioLibrary *self = DIO_LIBRARY (store);
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_begin_sending_async);
  writing->job = dio_job_record_new (job);
  writing->sent = g_object_ref (job);
  g_hash_table_add (self->sending, g_strdup (dio_job_get_id (job)));
  push_writing (g_steal_pointer (&task), writing, begin_sending_in_thread, begin_sending_done);
}

static gboolean
dio_library_begin_sending_finish (DioJobStore   *store,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return _dio_library_finish_boolean (store, result, dio_library_begin_sending_async, error);
}

static void
dio_library_take_open_async (DioJobStore         *store,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_set_source_tag (task, dio_library_take_open_async);
  push_writing (g_steal_pointer (&task), g_new0 (Writing, 1), take_open_in_thread, take_open_done);
}

static GPtrArray *
dio_library_take_open_finish (DioJobStore   *store,
                              GAsyncResult  *result,
                              GError       **error)
{
  return _dio_library_finish_pointer (store, result, dio_library_take_open_async, error);
}

static void
dio_library_take_job_async (DioJobStore         *store,
                            const char          *id,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_take_job_async);
  writing->id = g_strdup (id);
  push_writing (g_steal_pointer (&task), writing, take_job_in_thread, take_job_done);
}

static DioJob *
dio_library_take_job_finish (DioJobStore   *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  return _dio_library_finish_pointer (store, result, dio_library_take_job_async, error);
}

static void
dio_library_list_remote_ids_async (DioJobStore         *store,
                                   const char          *provider_id,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  g_task_set_source_tag (task, dio_library_list_remote_ids_async);
  writing->id = g_strdup (provider_id);
  push_writing (g_steal_pointer (&task), writing, list_remote_ids_in_thread, list_remote_ids_done);
}

static GStrv
dio_library_list_remote_ids_finish (DioJobStore   *store,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return _dio_library_finish_pointer (store, result, dio_library_list_remote_ids_async, error);
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
  writing->job->asked = g_object_ref (dio_job_get_request (job));
  writing->picture = dio_picture_ref (picture);
  push_writing (g_steal_pointer (&task), writing, add_picture_in_thread, add_picture_done);
}

static DioResult *
dio_library_add_picture_finish (DioJobStore   *store,
                                GAsyncResult  *result,
                                GError       **error)
{
  return _dio_library_finish_pointer (store, result, dio_library_add_picture_async, error);
}

void
_dio_library_job_store_init (DioJobStoreInterface *iface)
{
  iface->add_job_async = dio_library_add_job_async;
  iface->add_job_finish = dio_library_add_job_finish;
  iface->update_job_async = dio_library_update_job_async;
  iface->update_job_finish = dio_library_update_job_finish;
  iface->begin_sending_async = dio_library_begin_sending_async;
  iface->begin_sending_finish = dio_library_begin_sending_finish;
  iface->take_open_async = dio_library_take_open_async;
  iface->take_open_finish = dio_library_take_open_finish;
  iface->take_job_async = dio_library_take_job_async;
  iface->take_job_finish = dio_library_take_job_finish;
  iface->add_picture_async = dio_library_add_picture_async;
  iface->add_picture_finish = dio_library_add_picture_finish;
  iface->list_remote_ids_async = dio_library_list_remote_ids_async;
  iface->list_remote_ids_finish = dio_library_list_remote_ids_finish;
  iface->claim_async = _dio_library_claim_async;
  iface->claim_finish = _dio_library_claim_finish;
}
