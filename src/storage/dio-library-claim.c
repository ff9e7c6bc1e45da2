/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library as a job store: which of several lost jobs a provider's name is. */

#include "config.h"

#include "dio-library-private.h"

/* Plain data for the thread. */
typedef struct
{
  DioJobRecord *job;       /* (owned) */
  char         *remote_id; /* (owned) */
} Claim;

static void
claim_free (Claim *claim)
{
  dio_job_record_free (claim->job);
  g_free (claim->remote_id);
  g_free (claim);
}

static gboolean
claim_in_thread (gpointer   store,
                 gpointer   task_data,
                 GError   **error)
{
  Claim *claim = task_data;

  return dio_archive_claim (store, claim->job, claim->remote_id, error);
}

void
_dio_library_claim_async (DioJobStore         *store,
                          DioJob              *job,
                          const char          *remote_id,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  Claim *claim = g_new (Claim, 1);

  g_task_set_source_tag (task, _dio_library_claim_async);
  claim->job = dio_job_record_new (job);
  claim->remote_id = g_strdup (remote_id);
  _dio_library_push (task, claim, (GDestroyNotify) claim_free, claim_in_thread, _dio_library_return_true);
}

gboolean
_dio_library_claim_finish (DioJobStore   *store,
                           GAsyncResult  *result,
                           GError       **error)
{
  return _dio_library_finish_boolean (store, result, _dio_library_claim_async, error);
}
