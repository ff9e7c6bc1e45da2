/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells that a queue holds other jobs, or a job is in another state. */

#pragma once

#include "dio-job-queue.h"

G_BEGIN_DECLS

#define DIO_TYPE_QUEUE_WATCH (dio_queue_watch_get_type ())
G_DECLARE_FINAL_TYPE (DioQueueWatch, dio_queue_watch, DIO, QUEUE_WATCH, GObject)

DioQueueWatch *dio_queue_watch_new (DioJobQueue *queue);

G_END_DECLS
