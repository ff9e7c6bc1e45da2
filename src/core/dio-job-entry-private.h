/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job and where it is with the queue. */

#pragma once

#include "dio-job-queue.h"

G_BEGIN_DECLS

/**
 * DioJobPhase:
 * @DIO_JOB_PHASE_WRITING: it goes on when its row is written
 * @DIO_JOB_PHASE_WAITING: nothing is under way
 * @DIO_JOB_PHASE_RUNNING: its provider drives it, or its pictures are being stored
 * @DIO_JOB_PHASE_ASKING: the store is asked whose it is
 * @DIO_JOB_PHASE_ENDING: it is over; that is being written
 * @DIO_JOB_PHASE_OVER: it is over
 */
typedef enum
{
  DIO_JOB_PHASE_WRITING,
  DIO_JOB_PHASE_WAITING,
  DIO_JOB_PHASE_RUNNING,
  DIO_JOB_PHASE_ASKING,
  DIO_JOB_PHASE_ENDING,
  DIO_JOB_PHASE_OVER,
} DioJobPhase;

/**
 * DioJobWait:
 * @DIO_JOB_WAIT_NONE: for nothing of its own
 * @DIO_JOB_WAIT_NETWORK: its server could not be reached
 * @DIO_JOB_WAIT_BUSY: its provider had too much to do
 * @DIO_JOB_WAIT_AGAIN: its provider could not do it then
 *
 * What a job waits for, besides a place.
 */
typedef enum
{
  DIO_JOB_WAIT_NONE,
  DIO_JOB_WAIT_NETWORK,
  DIO_JOB_WAIT_BUSY,
  DIO_JOB_WAIT_AGAIN,
} DioJobWait;

typedef struct _DioJobEntry DioJobEntry;

/**
 * DioJobEntryWritten:
 * @entry: an entry
 * @error: (nullable): why its row is not written
 */
typedef void (*DioJobEntryWritten) (DioJobEntry  *entry,
                                    const GError *error);

struct _DioJobEntry
{
  /* Set once */
  DioJobQueue *queue;      /* (borrowed): outlives the list that this is in */
  DioJob      *job;        /* (owned) */
  DioProvider *provider;   /* (borrowed): in queue->providers */
  const char  *lane;       /* interned: who shares places with it */
  guint        weight;     /* how many places it takes */

  /* Under way */
  DioJobPhase  phase;
  DioJobQueue *held;       /* (owned) (nullable): while something is under way, so
                            * that it goes on to its end when nobody else cares */
  gboolean     is_stored;  /* its row is in the database */
  gboolean     was_sent;   /* the store has let it be sent, in this run */
  gboolean     has_ended;  /* its provider is done with it */
  guint        n_storing;  /* pictures on their way to the disk */
  guint        serial;     /* of the latest writing of its row */
  GError      *error;      /* (owned) (nullable): of the provider, or of storing */
  DioJobState  former;     /* what it was before it was asked for again */

  /* Waiting */
  DioJobWait   wait;
  gint64       wait_until; /* microseconds since 1970, or 0 */
  guint        n_tries;    /* that the provider had no time for */
  guint        n_offline;  /* in a row without a network */
};

/* Its life */
DioJobEntry *_dio_job_entry_new         (DioJobQueue        *queue,
                                         DioJob             *job,
                                         DioProvider        *provider);
DioJobEntry *_dio_job_entry_ref         (DioJobEntry        *self);
void         _dio_job_entry_unref       (DioJobEntry        *self);
void         _dio_job_entry_disconnect  (DioJobEntry        *self);
void         _dio_job_entry_set_phase   (DioJobEntry        *self,
                                         DioJobPhase         phase);
void         _dio_job_entry_take_error  (DioJobEntry        *self,
                                         GError             *error);
gboolean     _dio_job_entry_is_unsent   (DioJobEntry        *self);
gboolean     _dio_job_entry_has_begun   (DioJobEntry        *self);

/* Its way */
void         _dio_job_entry_add         (DioJobEntry        *self);
void         _dio_job_entry_go_waiting  (DioJobEntry        *self);
void         _dio_job_entry_start       (DioJobEntry        *self);
void         _dio_job_entry_end         (DioJobEntry        *self);
void         _dio_job_entry_check_again (DioJobEntry        *self);

/* When its provider is done with it */
void         _dio_job_entry_settle      (DioJobEntry        *self);
void         _dio_job_entry_ask_whose   (DioJobEntry        *self);

/* Its row */
void         _dio_job_entry_write       (DioJobEntry        *self,
                                         DioJobEntryWritten  written);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioJobEntry, _dio_job_entry_unref)

G_END_DECLS
