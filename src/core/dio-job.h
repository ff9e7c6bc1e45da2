/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request under way. */

#pragma once

#include "dio-account.h"
#include "dio-job-remote.h"
#include "dio-job-state.h"
#include "dio-request.h"
#include "dio-result.h"

G_BEGIN_DECLS

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
gboolean      dio_job_get_bytes       (DioJob       *self,
                                       gint64       *done,
                                       gint64       *total);
gint64        dio_job_get_waits_until (DioJob       *self);
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
gboolean            dio_job_is_unstored  (DioJob           *self);

/* For the provider that drives the job. */
void          dio_job_report          (DioJob       *self,
                                       DioJobState   state,
                                       double        progress,
                                       const char   *step);
void          dio_job_report_bytes    (DioJob       *self,
                                       gint64        done,
                                       gint64        total);
void          dio_job_deliver         (DioJob       *self,
                                       DioPicture   *picture);
DioJobRemote *dio_job_edit_remote     (DioJob       *self);

/* For the queue that owns it. */
void          dio_job_set_state       (DioJob       *self,
                                       DioJobState   state);
void          dio_job_set_wait        (DioJob       *self,
                                       const char   *step,
                                       gint64        until);
void          dio_job_set_error       (DioJob       *self,
                                       const GError *error);
void          dio_job_revive          (DioJob       *self);
void          dio_job_add_result      (DioJob       *self,
                                       DioResult    *result);

G_END_DECLS
