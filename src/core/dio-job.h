/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request under way. */

#pragma once

#include "dio-account.h"
#include "dio-job-remote.h"
#include "dio-request.h"
#include "dio-result.h"

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

#define DIO_TYPE_JOB (dio_job_get_type ())
G_DECLARE_FINAL_TYPE (DioJob, dio_job, DIO, JOB, GObject)

DioJob       *dio_job_new             (DioRequest   *request);
DioJob       *dio_job_new_stored      (DioRequest   *request,
                                       DioJobState   state,
                                       gint64        created);
const char   *dio_job_get_id          (DioJob       *self);
DioRequest   *dio_job_get_request     (DioJob       *self);
DioJobState   dio_job_get_state       (DioJob       *self);
double        dio_job_get_progress    (DioJob       *self);
const char   *dio_job_get_step        (DioJob       *self);
const GError *dio_job_get_error       (DioJob       *self);
GListModel   *dio_job_get_results     (DioJob       *self);
gint64        dio_job_get_created     (DioJob       *self);
void          dio_job_cancel          (DioJob       *self);
GCancellable *dio_job_get_cancellable (DioJob       *self);

/* Paid jobs. */
const DioAccount   *dio_job_get_account  (DioJob           *self);
void                dio_job_set_account  (DioJob           *self,
                                          const DioAccount *account);
const DioPrice     *dio_job_get_estimate (DioJob           *self);
void                dio_job_set_estimate (DioJob           *self,
                                          const DioPrice   *estimate);
gboolean            dio_job_get_accepts_unknown_price (DioJob *self);
void                dio_job_set_accepts_unknown_price (DioJob *self,
                                                       gboolean accepts);
const DioJobRemote *dio_job_get_remote   (DioJob           *self);
gboolean            dio_job_can_check_again (DioJob        *self);

/* For the provider that drives the job. */
void          dio_job_report          (DioJob       *self,
                                       DioJobState   state,
                                       double        progress,
                                       const char   *step);
void          dio_job_deliver         (DioJob       *self,
                                       DioPicture   *picture);
DioJobRemote *dio_job_edit_remote     (DioJob       *self);

/* For the queue that owns it. */
void          dio_job_set_state       (DioJob       *self,
                                       DioJobState   state);
void          dio_job_set_error       (DioJob       *self,
                                       const GError *error);
void          dio_job_add_result      (DioJob       *self,
                                       DioResult    *result);

G_END_DECLS
