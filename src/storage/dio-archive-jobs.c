/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: writing its jobs, and letting them be sent. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"

#include <math.h>

/* What changes in a job's life, and how it is bound in write_job(). */
#define JOB_CHANGES \
  "state = iif (?, state, ?), sent_at = iif (?, sent_at, ?), error_class = ?, error_message = ?, updated = ?, " \
  "estimate_source = ?, estimate_amount = ?, estimate_currency = ?, estimate_is_guess = ?, " \
  "estimate_as_of = ?, estimate_where = ?, accepts_unknown = ?, " \
  "remote_id = ?, remote_data = ?, sent = ?, answer = ?, retry_at = ?, expires = ?, billed = ?, " \
  "cost_source = ?, cost_amount = ?, cost_currency = ?"
#define JOB_CHANGE_TYPES "xsxxssx" "sdsx" "ssx" "ssssxxs" "sds"

/* Returns: what is written for @price's amount: NAN, which SQLite takes for
 * NULL, where it is not known or was told as no amount can be */
double
_dio_archive_get_amount (const DioPrice *price)
{
  return dio_price_is_known (price) && isfinite (price->amount) && price->amount >= 0 ? price->amount : NAN;
}

const char *
_dio_archive_get_source (const DioPrice *price)
{
  return dio_price_source_get_nick (isnan (_dio_archive_get_amount (price)) ? DIO_PRICE_UNKNOWN : price->source);
}

static gboolean
keep_references (DioArchive          *self,
                 const DioJobRecord  *job,
                 GError             **error)
{
  for (guint i = 0; i < job->references->len; i++)
    {
      g_autoptr(GBytes) kept = NULL;

      kept = dio_reference_store_keep (self->references,
                                       g_ptr_array_index (job->references, i),
                                       g_ptr_array_index (job->hashes, i),
                                       error);
      if (kept == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
insert_job (DioArchive          *self,
            const DioJobRecord  *job,
            GError             **error)
{
  g_autofree char *account = job->account != NULL ? _dio_archive_account_to_text (job->account) : NULL;

  return dio_database_run (self->database, error,
                           "INSERT INTO jobs (id, provider, model, title, prompt, request, state, created, updated,"
                           "                  owner, account, account_name, n_wanted) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           "sssssssxxsssx",
                           job->id, job->provider_id, job->model_id, job->title, job->prompt, job->request,
                           dio_job_state_get_nick (DIO_JOB_STORED), job->created, g_get_real_time (),
                           dio_owner_get_id (self->owner), account,
                           job->account != NULL ? job->account->name : NULL, (gint64) job->n_wanted);
}

/* Writes @state and everything else that may change, if the job is ours and
 * @condition holds. */
static gboolean
write_job (DioArchive          *self,
           const DioJobRecord  *job,
           const char          *state,
           gint64               sent_at,
           const char          *condition,
           GError             **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE jobs SET %s WHERE id = ? AND owner = ? AND (%s)",
                                          JOB_CHANGES, condition);
  const DioPrice *estimate = &job->estimate;
  const DioJobRemote *remote = &job->remote;
  gint64 keeps_state = job->keeps_state;

  if (!dio_database_run (self->database, error, sql, JOB_CHANGE_TYPES "ss",
                         keeps_state, state, keeps_state, sent_at,
                         job->error_class, job->error_message, g_get_real_time (),
                         _dio_archive_get_source (estimate), _dio_archive_get_amount (estimate),
                         estimate->currency, (gint64) estimate->is_guess,
                         estimate->as_of, estimate->where, (gint64) job->accepts_unknown,
                         remote->id, remote->data, remote->sent, remote->answer,
                         remote->retry_at, remote->expires, dio_billed_get_nick (remote->billed),
                         _dio_archive_get_source (&remote->cost), _dio_archive_get_amount (&remote->cost),
                         remote->cost.currency,
                         job->id, dio_owner_get_id (self->owner)))
    return FALSE;

  if (dio_database_get_n_changes (self->database) > 0)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no job %s that is ours to change", job->id);

  return FALSE;
}

/* Ends a transaction; its changes count if @is_right. */
static gboolean
end_transaction (DioArchive  *self,
                 gboolean     is_right,
                 GError     **error)
{
  if (is_right)
    return dio_database_commit (self->database, error);

  dio_database_rollback (self->database);

  return FALSE;
}

/**
 * dio_archive_add_job:
 * @self: an open archive
 * @job: a record with its request
 * @error: return location for a #GError
 *
 * Writes a new job and the photos it needs, in the name of this process.
 */
gboolean
dio_archive_add_job (DioArchive          *self,
                     const DioJobRecord  *job,
                     GError             **error)
{
  if (!_dio_archive_check_open (self, error) ||
      !keep_references (self, job, error) ||
      !dio_database_begin (self->database, error))
    return FALSE;

  return end_transaction (self,
                          insert_job (self, job, error) &&
                          write_job (self, job, dio_job_state_get_nick (DIO_JOB_STORED), 0, "TRUE", error),
                          error);
}

/**
 * dio_archive_update_job:
 * @self: an open archive
 * @job: a record
 * @error: return location for a #GError
 *
 * Writes what may change of a job: state, error, money, and what is known at
 * its provider.
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND for a job that was never added or
 *   that another process drives, or %DIO_ERROR_STORAGE
 */
gboolean
dio_archive_update_job (DioArchive          *self,
                        const DioJobRecord  *job,
                        GError             **error)
{
  return _dio_archive_check_open (self, error) &&
         write_job (self, job, job->state, job->remote.sent_at, "TRUE", error);
}

/* A price that nobody knows takes the person's word under a cap. */
static gboolean
check_price (DioArchive          *self,
             const DioJobRecord  *job,
             GError             **error)
{
  return (!dio_price_is_known (&job->estimate) && job->accepts_unknown) ||
         _dio_archive_check_cap (self, &job->estimate, job->id, error);
}

/**
 * dio_archive_begin_sending:
 * @self: an open archive
 * @job: a record
 * @sent_at: (out): the time that was written
 * @error: return location for a #GError
 *
 * From stored or waiting to sending, if the job is ours and within the day's
 * cap. No other connection writes meanwhile, so neither can change in between.
 *
 * Returns: %FALSE with %DIO_ERROR_NOT_FOUND, %DIO_ERROR_BUDGET or
 *   %DIO_ERROR_STORAGE, and nothing is changed
 */
gboolean
dio_archive_begin_sending (DioArchive          *self,
                           const DioJobRecord  *job,
                           gint64              *sent_at,
                           GError             **error)
{
  *sent_at = g_get_real_time ();

  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  return end_transaction (self,
                          write_job (self, job, dio_job_state_get_nick (DIO_JOB_SENDING), *sent_at,
                                     "state IN ('stored', 'waiting')", error) &&
                          check_price (self, job, error),
                          error);
}

/**
 * dio_archive_list_remote_ids:
 * @self: an open archive
 * @provider_id: whose
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the names that the provider has given to our jobs
 */
GStrv
dio_archive_list_remote_ids (DioArchive  *self,
                             const char  *provider_id,
                             GError     **error)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT remote_id FROM jobs WHERE provider = ? AND remote_id IS NOT NULL",
                                  "s", provider_id);
  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (ids, dio_statement_get_text (statement, 0));
    }

  return statement != NULL ? g_strv_builder_end (ids) : NULL;
}

/* What was sent longer ago than this before another was made long before it. */
#define LONGEST_SENDING G_TIME_SPAN_HOUR

/* @is_free: (out): whether nobody but @job can bear @remote_id */
static gboolean
find_rivals (DioArchive          *self,
             const DioJobRecord  *job,
             const char          *remote_id,
             gboolean            *is_free,
             GError             **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean is_taken;

  statement = dio_database_query (self->database, error,
                                  "SELECT 1 FROM jobs WHERE provider = ? AND id <> ? AND "
                                  "(remote_id = ? OR (remote_id IS NULL AND account_name IS ? AND sent_at > ? AND "
                                  "                   billed <> 'no' AND state <> 'done')) LIMIT 1",
                                  "ssssx", job->provider_id, job->id, remote_id,
                                  job->account != NULL ? job->account->name : NULL,
                                  MAX (job->remote.sent_at - LONGEST_SENDING, 0));
  if (statement == NULL || !dio_statement_next (statement, &is_taken, error))
    return FALSE;

  *is_free = !is_taken;

  return TRUE;
}

static gboolean
write_name (DioArchive          *self,
            const DioJobRecord  *job,
            const char          *remote_id,
            GError             **error)
{
  if (!dio_database_run (self->database, error,
                         "UPDATE jobs SET remote_id = ?, updated = ? WHERE id = ? AND owner = ? AND remote_id IS NULL",
                         "sxss", remote_id, g_get_real_time (), job->id, dio_owner_get_id (self->owner)))
    return FALSE;

  if (dio_database_get_n_changes (self->database) > 0)
    return TRUE;

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no job %s that is ours to name", job->id);

  return FALSE;
}

/**
 * dio_archive_claim:
 * @self: an open archive
 * @job: a record of a job that was sent and has no name at its provider
 * @remote_id: the name of what may be it
 * @error: return location for a #GError
 *
 * Has @job bear @remote_id, unless another job does or may. No other connection
 * writes meanwhile, so of several jobs one gets it.
 *
 * Returns: %FALSE with %DIO_ERROR_OUTCOME_UNKNOWN, %DIO_ERROR_NOT_FOUND or
 *   %DIO_ERROR_STORAGE, and nothing is changed
 */
gboolean
dio_archive_claim (DioArchive          *self,
                   const DioJobRecord  *job,
                   const char          *remote_id,
                   GError             **error)
{
  gboolean is_free = FALSE;
  gboolean is_right;

  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  is_right = find_rivals (self, job, remote_id, &is_free, error);
  if (is_right && !is_free)
    g_set_error (error, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN, "%s may be another job", remote_id);

  return end_transaction (self, is_right && is_free && write_name (self, job, remote_id, error), error);
}
