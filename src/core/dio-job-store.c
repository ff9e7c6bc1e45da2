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
