/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a job is. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DioJobState:
 * @DIO_JOB_DRAFT: not in the database yet
 * @DIO_JOB_STORED: in the database; nothing was sent
 * @DIO_JOB_WAITING: waits for a free slot, the network or a retry time
 * @DIO_JOB_SENDING: bytes may be on their way
 * @DIO_JOB_ACCEPTED: the provider has it and has named it
 * @DIO_JOB_MAKING: the provider works on it
 * @DIO_JOB_DOWNLOADING: its pictures are being fetched
 * @DIO_JOB_DONE: every picture is in the library
 * @DIO_JOB_FAILED: ended with an error; pictures that came are kept
 * @DIO_JOB_OUTCOME_UNKNOWN: may or may not have reached the provider
 * @DIO_JOB_CANCELLED: the person ended it
 */
typedef enum
{
  DIO_JOB_DRAFT,
  DIO_JOB_STORED,
  DIO_JOB_WAITING,
  DIO_JOB_SENDING,
  DIO_JOB_ACCEPTED,
  DIO_JOB_MAKING,
  DIO_JOB_DOWNLOADING,
  DIO_JOB_DONE,
  DIO_JOB_FAILED,
  DIO_JOB_OUTCOME_UNKNOWN,
  DIO_JOB_CANCELLED,
} DioJobState;

#define DIO_N_JOB_STATES (DIO_JOB_CANCELLED + 1)

#define DIO_TYPE_JOB_STATE (dio_job_state_get_type ())
GType         dio_job_state_get_type  (void);
const char   *dio_job_state_get_nick  (DioJobState  state);
gboolean      dio_job_state_from_nick (const char  *nick,
                                       DioJobState *state);
gboolean      dio_job_state_is_over   (DioJobState  state);

G_END_DECLS
