/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the queue share. */

#pragma once

#include "dio-job-entry-private.h"

G_BEGIN_DECLS

struct _DioJobQueue
{
  GObject          parent_instance;

  /* Set once */
  GListModel      *providers; /* (owned) (element-type DioProvider) */
  DioJobStore     *store;     /* (owned) */

  /* Under way */
  GPtrArray       *entries;   /* (owned) (element-type DioJobEntry): oldest first,
                               * and of those that have not begun, the next first */
  guint            n_open;    /* entries that are not over, listed or not */
  gboolean         is_paused;
  gboolean         waits_for_network;

  /* When something may begin */
  GHashTable      *busy_until; /* (owned): by lane, a gint64 of microseconds since 1970 */
  guint            look_id;    /* a look is due */
  guint            timer_id;   /* so is a later one */
  GNetworkMonitor *monitor;    /* (owned) (nullable): once something waits for it */
};

/* The list */
void         _dio_job_queue_count_open    (DioJobQueue *self,
                                           int          change);
DioProvider *_dio_job_queue_find_provider (DioJobQueue *self,
                                           DioJob      *job);
DioJobEntry *_dio_job_queue_find_id       (DioJobQueue *self,
                                           const char  *id);
DioJobEntry *_dio_job_queue_list          (DioJobQueue *self,
                                           DioJob      *job,
                                           DioProvider *provider);
void         _dio_job_queue_drop          (DioJobQueue *self,
                                           DioJobEntry *entry);

/* Jobs of earlier runs */
gboolean     _dio_job_queue_adopt         (DioJobQueue *self,
                                           DioJob      *job);
void         _dio_job_queue_store_after_all (DioJobQueue *self);

/* When something may begin */
void         _dio_job_queue_look          (DioJobQueue *self);
void         _dio_job_queue_hold_lane     (DioJobQueue *self,
                                           const char  *lane,
                                           gint64       until);
void         _dio_job_queue_watch_network (DioJobQueue *self);
void         _dio_job_queue_stop_looking  (DioJobQueue *self);

G_END_DECLS
