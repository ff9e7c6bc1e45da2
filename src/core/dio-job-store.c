/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where jobs and their pictures are kept. Storing cannot be cancelled: what a
 * provider has made is kept even when nobody waits for it any more. */

#include "config.h"

#include "dio-job-store.h"

G_DEFINE_INTERFACE (DioJobStore, dio_job_store, G_TYPE_OBJECT)

static void
dio_job_store_default_init (DioJobStoreInterface *iface)
{
}

/**
 * dio_job_store_add_job_async:
 * @self: a store
 * @job: a draft
 * @callback: called when it is written, or cannot be
 * @user_data: data for @callback
 *
 * Writes a new job with its request and the bytes of its references.
 */
void
dio_job_store_add_job_async (DioJobStore         *self,
                             DioJob              *job,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));

  DIO_JOB_STORE_GET_IFACE (self)->add_job_async (self, job, callback, user_data);
}

gboolean
dio_job_store_add_job_finish (DioJobStore   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), FALSE);

  return DIO_JOB_STORE_GET_IFACE (self)->add_job_finish (self, result, error);
}

/**
 * dio_job_store_update_job_async:
 * @self: a store
 * @job: a job that was added
 * @callback: called when its state and error are written
 * @user_data: data for @callback
 */
void
dio_job_store_update_job_async (DioJobStore         *self,
                                DioJob              *job,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));

  DIO_JOB_STORE_GET_IFACE (self)->update_job_async (self, job, callback, user_data);
}

gboolean
dio_job_store_update_job_finish (DioJobStore   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), FALSE);

  return DIO_JOB_STORE_GET_IFACE (self)->update_job_finish (self, result, error);
}

/**
 * dio_job_store_begin_sending_async:
 * @self: a store
 * @job: a job that is stored or waiting
 * @callback: called when it may be sent, or may not
 * @user_data: data for @callback
 *
 * Writes that bytes of @job may be on their way from now on: a compare-and-swap,
 * in one transaction with the look at what was spent today.
 */
void
dio_job_store_begin_sending_async (DioJobStore         *self,
                                   DioJob              *job,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));
  g_return_if_fail (DIO_IS_JOB (job));

  DIO_JOB_STORE_GET_IFACE (self)->begin_sending_async (self, job, callback, user_data);
}

/**
 * dio_job_store_begin_sending_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for a #GError: %DIO_ERROR_BUDGET beyond the day's cap,
 *   or of unknown price under a cap where that was not agreed to;
 *   %DIO_ERROR_NOT_FOUND when another process drives it, or it is further
 *   already; %DIO_ERROR_STORAGE
 *
 * Returns: whether it may be sent
 */
gboolean
dio_job_store_begin_sending_finish (DioJobStore   *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), FALSE);

  return DIO_JOB_STORE_GET_IFACE (self)->begin_sending_finish (self, result, error);
}

/**
 * dio_job_store_take_open_async:
 * @self: a store
 * @callback: called with the jobs
 * @user_data: data for @callback
 *
 * Makes this process the driver of every job that is not over and that no
 * living process drives, this one's included.
 */
void
dio_job_store_take_open_async (DioJobStore         *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));

  DIO_JOB_STORE_GET_IFACE (self)->take_open_async (self, callback, user_data);
}

/**
 * dio_job_store_take_open_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioJob) (nullable): the jobs, oldest
 *   first, with the results that they have
 */
GPtrArray *
dio_job_store_take_open_finish (DioJobStore   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), NULL);

  return DIO_JOB_STORE_GET_IFACE (self)->take_open_finish (self, result, error);
}

/**
 * dio_job_store_take_job_async:
 * @self: a store
 * @id: a job's id
 * @callback: called with the job
 * @user_data: data for @callback
 *
 * Makes this process the driver of one job, whether it is over or not.
 */
void
dio_job_store_take_job_async (DioJobStore         *self,
                              const char          *id,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));
  g_return_if_fail (id != NULL);

  DIO_JOB_STORE_GET_IFACE (self)->take_job_async (self, id, callback, user_data);
}

/**
 * dio_job_store_take_job_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for a #GError: %DIO_ERROR_NOT_FOUND, %DIO_ERROR_BUSY
 *   when another process drives it, %DIO_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the job with the results that it has
 */
DioJob *
dio_job_store_take_job_finish (DioJobStore   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), NULL);

  return DIO_JOB_STORE_GET_IFACE (self)->take_job_finish (self, result, error);
}

/**
 * dio_job_store_list_remote_ids_async:
 * @self: a store
 * @provider_id: whose
 * @callback: called with the names
 * @user_data: data for @callback
 */
void
dio_job_store_list_remote_ids_async (DioJobStore         *self,
                                     const char          *provider_id,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));
  g_return_if_fail (provider_id != NULL);

  DIO_JOB_STORE_GET_IFACE (self)->list_remote_ids_async (self, provider_id, callback, user_data);
}

/**
 * dio_job_store_list_remote_ids_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the names that the provider has given to
 *   our jobs
 */
GStrv
dio_job_store_list_remote_ids_finish (DioJobStore   *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), NULL);

  return DIO_JOB_STORE_GET_IFACE (self)->list_remote_ids_finish (self, result, error);
}

/**
 * dio_job_store_claim_async:
 * @self: a store
 * @job: a job that was sent and has no name at its provider
 * @remote_id: the name of what may be it
 * @callback: called when that is decided
 * @user_data: data for @callback
 *
 * Has @job bear @remote_id, unless another job does, or may: one of the same
 * account, of any process, that was sent about then or later and has no name
 * either.
 */
void
dio_job_store_claim_async (DioJobStore         *self,
                           DioJob              *job,
                           const char          *remote_id,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));
  g_return_if_fail (DIO_IS_JOB (job));
  g_return_if_fail (remote_id != NULL);

  DIO_JOB_STORE_GET_IFACE (self)->claim_async (self, job, remote_id, callback, user_data);
}

/**
 * dio_job_store_claim_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_OUTCOME_UNKNOWN when it may be another
 *   job's, %DIO_ERROR_NOT_FOUND, or %DIO_ERROR_STORAGE
 *
 * Returns: whether the job bears the name now
 */
gboolean
dio_job_store_claim_finish (DioJobStore   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), FALSE);

  return DIO_JOB_STORE_GET_IFACE (self)->claim_finish (self, result, error);
}

/**
 * dio_job_store_add_picture_async:
 * @self: a store
 * @job: the job it belongs to
 * @picture: a picture, whole
 * @callback: called when file and row are on disk
 * @user_data: data for @callback
 */
void
dio_job_store_add_picture_async (DioJobStore         *self,
                                 DioJob              *job,
                                 DioPicture          *picture,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (DIO_IS_JOB_STORE (self));

  DIO_JOB_STORE_GET_IFACE (self)->add_picture_async (self, job, picture, callback, user_data);
}

/**
 * dio_job_store_add_picture_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_STORAGE
 *
 * Returns: (transfer full): the result that @picture has become
 */
DioResult *
dio_job_store_add_picture_finish (DioJobStore   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (DIO_IS_JOB_STORE (self), NULL);

  return DIO_JOB_STORE_GET_IFACE (self)->add_picture_finish (self, result, error);
}
