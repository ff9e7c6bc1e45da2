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
DioJob      *dio_job_queue_retry      (DioJobQueue *self,
                                       DioJob      *job);
void         dio_job_queue_remove     (DioJobQueue *self,
                                       DioJob      *job);
guint        dio_job_queue_get_n_open (DioJobQueue *self);

G_END_DECLS
