/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All jobs of this run of the program, and the one who drives them. */

#pragma once

#include "dio-job-store.h"
#include "dio-provider.h"

G_BEGIN_DECLS

#define DIO_TYPE_JOB_QUEUE (dio_job_queue_get_type ())
G_DECLARE_FINAL_TYPE (DioJobQueue, dio_job_queue, DIO, JOB_QUEUE, GObject)

DioJobQueue *dio_job_queue_new        (GListModel  *providers,
                                       DioJobStore *store);
gboolean     dio_job_queue_add        (DioJobQueue *self,
                                       DioJob      *job);
void         dio_job_queue_remove     (DioJobQueue *self,
                                       DioJob      *job);
guint        dio_job_queue_get_n_open (DioJobQueue *self);

/* What the person does with what waits and what is over. */
void         dio_job_queue_move        (DioJobQueue *self,
                                        DioJob      *job,
                                        guint        position);
gboolean     dio_job_queue_can_move    (DioJobQueue *self,
                                        DioJob      *job);
void         dio_job_queue_cancel_all  (DioJobQueue *self);
void         dio_job_queue_check_again (DioJobQueue *self,
                                        DioJob      *job);
DioJob      *dio_job_queue_new_retry   (DioJobQueue *self,
                                        DioJob      *job);
DioJob      *dio_job_queue_retry       (DioJobQueue *self,
                                        DioJob      *job);
gboolean     dio_job_queue_get_paused  (DioJobQueue *self);
void         dio_job_queue_set_paused  (DioJobQueue *self,
                                        gboolean     paused);
gboolean     dio_job_queue_get_waits_for_network (DioJobQueue *self);
void         dio_job_queue_set_waits_for_network (DioJobQueue *self,
                                                  gboolean     waits);

/* Jobs of earlier runs. */
void         dio_job_queue_restore_async  (DioJobQueue          *self,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     dio_job_queue_restore_finish (DioJobQueue          *self,
                                           GAsyncResult         *result,
                                           guint                *n_restored,
                                           GError              **error);
void         dio_job_queue_take_async     (DioJobQueue          *self,
                                           const char           *id,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
DioJob      *dio_job_queue_take_finish    (DioJobQueue          *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
