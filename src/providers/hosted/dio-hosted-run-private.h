/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job on its way. Each step of it is a file; all of them run in the thread of
 * the job, and each goes on with the next. */

#pragma once

#include "hosted/dio-hosted-call.h"
#include "hosted/dio-hosted-photos.h"
#include "hosted/dio-hosted-pictures.h"
#include "hosted/dio-hosted-private.h"

G_BEGIN_DECLS

/**
 * DioHostedStep:
 * @task: of a run
 */
typedef void (*DioHostedStep) (GTask *task);

/**
 * DioHostedRun:
 * @provider: (borrowed): the task's source
 * @job: (owned): which is driven
 * @store: (owned): where what is known of it is written
 * @call: (owned): what questions are made of
 * @photos: (owned) (nullable): once they are prepared
 * @pictures: (owned): what the provider has told of
 * @n_fetching: pictures on their way
 * @is_writing: what is known is on its way to the disk, and something follows
 * @is_told: no more questions are asked
 * @error: (owned) (nullable): why not all pictures come
 * @fetch_error: (owned) (nullable): why one that was made did not
 * @interval: seconds before the next poll
 * @news_at: when something new was told, in monotonic microseconds
 * @progress: what was told last
 * @n_absent: how often the provider said that it does not know the job
 * @n_untrusted: how often in a row the server did not prove who it is
 * @n_asked: how often it was looked for
 * @question: of the look-up that is under way
 * @candidate: (owned) (nullable): what may be it, among what the account had made,
 *   of the size that was asked for
 * @n_candidates: how many may be
 * @known: (owned) (nullable): ids of our jobs at the provider
 * @page_error: (owned) (nullable): why past outputs could not be read
 * @next: (nullable): what follows when past outputs were read
 * @words: (owned) (nullable): what look-ups have answered
 *
 * The data of a #GTask; that task is what the steps hand on.
 */
typedef struct
{
  /* Given */
  DioHostedProvider *provider;
  DioJob            *job;
  DioJobStore       *store;
  DioHostedCall     *call;

  /* Under way */
  GPtrArray         *photos;
  DioHostedPictures *pictures;
  guint              n_fetching;
  gboolean           is_writing;
  gboolean           is_told;
  GError            *error;
  GError            *fetch_error;

  /* Polling */
  double             interval;
  gint64             news_at;
  double             progress;
  guint              n_absent;
  guint              n_untrusted;

  /* Looking for it */
  guint              n_asked;
  DioHostedQuestion  question;
  DioWireReply      *candidate;
  guint              n_candidates;
  GHashTable        *known;
  GError            *page_error;
  DioHostedStep      next;
  GString           *words;
} DioHostedRun;

/* Of dio-hosted-run.c. */
void dio_hosted_run_report_bytes (DioHostedRun *self,
                                  DioJobState   state,
                                  double        progress,
                                  const char   *step,
                                  gint64        done,
                                  gint64        total);
void dio_hosted_run_report     (DioHostedRun  *self,
                                DioJobState    state,
                                double         progress,
                                const char    *step);
void dio_hosted_run_write      (GTask         *task,
                                DioHostedStep  next);
void dio_hosted_run_set_named  (DioHostedRun  *self,
                                const char    *remote_id);
void dio_hosted_run_set_answer (DioHostedRun  *self,
                                DioWireReply  *reply);
void dio_hosted_run_end        (GTask         *task,
                                GError        *error);
void dio_hosted_run_settle     (GTask         *task);

/* Of dio-hosted-sweep.c. */
void dio_hosted_sweep_async    (DioHostedProvider   *provider,
                                const char          *job_id,
                                DioHostedPictures   *pictures,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
void dio_hosted_sweep_finish   (DioHostedPictures   *pictures,
                                GAsyncResult        *result);

/* Of dio-hosted-create.c. */
void dio_hosted_run_create     (GTask         *task);

/* Of dio-hosted-poll.c. */
void dio_hosted_run_poll       (GTask         *task,
                                double         seconds);
void dio_hosted_run_take_reply (GTask         *task,
                                DioWireReply  *reply);

/* Of dio-hosted-past.c. */
void dio_hosted_run_look_before (GTask        *task,
                                 DioHostedStep next);
void dio_hosted_run_set_known  (DioHostedRun  *self,
                                GStrv          ids);
void dio_hosted_run_look_among (GTask         *task,
                                DioHostedStep  next);

/* Of dio-hosted-lookup.c. */
void dio_hosted_run_look_up    (GTask         *task,
                                const GError  *why);

/* Of dio-hosted-download.c. */
void dio_hosted_run_fetch      (GTask         *task);

G_END_DECLS
