/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where jobs and their pictures are kept. */

#pragma once

#include "dio-job.h"

G_BEGIN_DECLS

#define DIO_TYPE_JOB_STORE (dio_job_store_get_type ())
G_DECLARE_INTERFACE (DioJobStore, dio_job_store, DIO, JOB_STORE, GObject)

/**
 * DioJobStoreInterface:
 * @add_job_async: writes a new job with its request and references; on success
 *   it survives anything
 * @update_job_async: writes a job's state, error and all that is known of it at
 *   its provider
 * @begin_sending_async: from stored or waiting to sending, if it is still ours
 *   and within the day's cap: after this, and only after this, a create may be sent
 * @take_open_async: makes this process the driver of all jobs that are not over
 *   and that no living process drives
 * @take_job_async: the same for one job, over or not
 * @add_picture_async: writes a picture's file and row; on success the picture
 *   survives anything
 * @list_remote_ids_async: the names that a provider has given to our jobs
 * @claim_async: writes that a job bears a name, if no other job can
 */
struct _DioJobStoreInterface
{
  GTypeInterface parent_iface;

  void       (*add_job_async)          (DioJobStore          *self,
                                        DioJob               *job,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  gboolean   (*add_job_finish)         (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*update_job_async)       (DioJobStore          *self,
                                        DioJob               *job,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  gboolean   (*update_job_finish)      (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*begin_sending_async)    (DioJobStore          *self,
                                        DioJob               *job,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  gboolean   (*begin_sending_finish)   (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*take_open_async)        (DioJobStore          *self,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  GPtrArray *(*take_open_finish)       (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*take_job_async)         (DioJobStore          *self,
                                        const char           *id,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  DioJob    *(*take_job_finish)        (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*add_picture_async)      (DioJobStore          *self,
                                        DioJob               *job,
                                        DioPicture           *picture,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  DioResult *(*add_picture_finish)     (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*list_remote_ids_async)  (DioJobStore          *self,
                                        const char           *provider_id,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  GStrv      (*list_remote_ids_finish) (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
  void       (*claim_async)            (DioJobStore          *self,
                                        DioJob               *job,
                                        const char           *remote_id,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
  gboolean   (*claim_finish)           (DioJobStore          *self,
                                        GAsyncResult         *result,
                                        GError              **error);
};

void       dio_job_store_add_job_async          (DioJobStore          *self,
                                                 DioJob               *job,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean   dio_job_store_add_job_finish         (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_update_job_async       (DioJobStore          *self,
                                                 DioJob               *job,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean   dio_job_store_update_job_finish      (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_begin_sending_async    (DioJobStore          *self,
                                                 DioJob               *job,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean   dio_job_store_begin_sending_finish   (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_take_open_async        (DioJobStore          *self,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray *dio_job_store_take_open_finish       (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_take_job_async         (DioJobStore          *self,
                                                 const char           *id,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
DioJob    *dio_job_store_take_job_finish        (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_add_picture_async      (DioJobStore          *self,
                                                 DioJob               *job,
                                                 DioPicture           *picture,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
DioResult *dio_job_store_add_picture_finish     (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_list_remote_ids_async  (DioJobStore          *self,
                                                 const char           *provider_id,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GStrv      dio_job_store_list_remote_ids_finish (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void       dio_job_store_claim_async            (DioJobStore          *self,
                                                 DioJob               *job,
                                                 const char           *remote_id,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean   dio_job_store_claim_finish           (DioJobStore          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

G_END_DECLS
