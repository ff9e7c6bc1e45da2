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
 * @update_job_async: writes a job's state and error
 * @add_picture_async: writes a picture's file and row; on success the picture
 *   survives anything
 */
struct _DioJobStoreInterface
{
  GTypeInterface parent_iface;

  void       (*add_job_async)      (DioJobStore          *self,
                                    DioJob               *job,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
  gboolean   (*add_job_finish)     (DioJobStore          *self,
                                    GAsyncResult         *result,
                                    GError              **error);
  void       (*update_job_async)   (DioJobStore          *self,
                                    DioJob               *job,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
  gboolean   (*update_job_finish)  (DioJobStore          *self,
                                    GAsyncResult         *result,
                                    GError              **error);
  void       (*add_picture_async)  (DioJobStore          *self,
                                    DioJob               *job,
                                    DioPicture           *picture,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
  DioResult *(*add_picture_finish) (DioJobStore          *self,
                                    GAsyncResult         *result,
                                    GError              **error);
};

void       dio_job_store_add_job_async      (DioJobStore          *self,
                                             DioJob               *job,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean   dio_job_store_add_job_finish     (DioJobStore          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void       dio_job_store_update_job_async   (DioJobStore          *self,
                                             DioJob               *job,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean   dio_job_store_update_job_finish  (DioJobStore          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void       dio_job_store_add_picture_async  (DioJobStore          *self,
                                             DioJob               *job,
                                             DioPicture           *picture,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
DioResult *dio_job_store_add_picture_finish (DioJobStore          *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
