/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: jobs as they were written, read back. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-json.h"

/* The columns that make_job() reads, in its order. */
#define TAKEN_COLUMNS \
  "request, state, created, account, estimate_source, estimate_amount, estimate_currency, " \
  "estimate_is_guess, estimate_as_of, estimate_where, accepts_unknown, error_class, error_message, " \
  _DIO_ARCHIVE_REMOTE_COLUMNS
#define FIRST_REMOTE_COLUMN 13

void
dio_taken_job_free (DioTakenJob *self)
{
  g_clear_object (&self->job);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self);
}

static GBytes *
load_photo_cb (const char *hash,
               gpointer    user_data)
{
  DioReferenceStore *references = user_data;

  return dio_reference_store_load (references, hash, NULL);
}

/* A photo that is gone is told by the reference that has no bytes. */
static DioRequest *
make_request (DioArchive  *self,
              const char  *text,
              GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(GError) reason = NULL;
  g_autoptr(JsonNode) node = dio_json_parse (bytes, &reason);
  DioRequest *request = NULL;

  if (node != NULL)
    request = dio_request_new_from_json (node, load_photo_cb, self->references, &reason);
  if (request == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The request is damaged: %s", reason->message);

  return request;
}

void
_dio_archive_read_price (DioStatement *row,
                         int           column,
                         DioPrice     *price)
{
  DioPriceSource source;

  if (!dio_price_source_from_nick (dio_statement_get_text (row, column), &source))
    source = DIO_PRICE_UNKNOWN;

  dio_price_set (price, source,
                 dio_statement_get_number (row, column + 1),
                 dio_statement_get_text (row, column + 2));
}

void
_dio_archive_read_remote (DioStatement *row,
                          int           column,
                          DioJobRemote *remote)
{
  remote->id = g_strdup (dio_statement_get_text (row, column));
  remote->data = g_strdup (dio_statement_get_text (row, column + 1));
  remote->sent = g_strdup (dio_statement_get_text (row, column + 2));
  remote->answer = g_strdup (dio_statement_get_text (row, column + 3));
  remote->sent_at = dio_statement_get_integer (row, column + 4);
  remote->retry_at = dio_statement_get_integer (row, column + 5);
  remote->expires = dio_statement_get_integer (row, column + 6);
  if (!dio_billed_from_nick (dio_statement_get_text (row, column + 7), &remote->billed))
    remote->billed = DIO_BILLED_UNKNOWN;
  _dio_archive_read_price (row, column + 8, &remote->cost);
}

static void
read_money (DioStatement *row,
            DioJob       *job)
{
  g_autoptr(DioAccount) account = _dio_archive_account_of_text (dio_statement_get_text (row, 3));
  DioPrice estimate;

  _dio_archive_read_price (row, 4, &estimate);
  estimate.is_guess = dio_statement_get_integer (row, 7) != 0;
  /* Static in a price; there are as many as there are lists. */
  estimate.as_of = g_intern_string (dio_statement_get_text (row, 8));
  estimate.where = g_intern_string (dio_statement_get_text (row, 9));

  dio_job_set_account (job, account);
  dio_job_set_estimate (job, &estimate);
  dio_job_set_accepts_unknown_price (job, dio_statement_get_integer (row, 10) != 0);
}

static void
read_error (DioStatement *row,
            DioJob       *job)
{
  const char *message = dio_statement_get_text (row, 12);
  g_autoptr(GError) error = NULL;
  DioError code;

  if (message == NULL)
    return;

  if (dio_error_from_nick (dio_statement_get_text (row, 11), &code))
    error = g_error_new_literal (DIO_ERROR, code, message);
  else
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message);
  dio_job_set_error (job, error);
}

static DioJob *
make_job (DioArchive    *self,
          DioStatement  *row,
          GError       **error)
{
  g_autoptr(DioRequest) request = make_request (self, dio_statement_get_text (row, 0), error);
  g_autoptr(DioJob) job = NULL;
  DioJobState state;

  if (request == NULL)
    return NULL;

  if (!dio_job_state_from_nick (dio_statement_get_text (row, 1), &state))
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "No state is called %s", dio_statement_get_text (row, 1));
      return NULL;
    }

  job = dio_job_new_stored (request, state, _dio_archive_read_time (row, 2));
  read_money (row, job);
  read_error (row, job);
  _dio_archive_read_remote (row, FIRST_REMOTE_COLUMN, dio_job_edit_remote (job));

  return g_steal_pointer (&job);
}

/* Returns: (transfer full): a job as it was written; NULL with
 * %DIO_ERROR_NOT_FOUND, %DIO_ERROR_INVALID where it cannot be understood, or
 * %DIO_ERROR_STORAGE */
DioTakenJob *
_dio_archive_load_job (DioArchive  *self,
                       const char  *id,
                       GError     **error)
{
  g_autoptr(DioTakenJob) taken = g_new0 (DioTakenJob, 1);
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;

  statement = dio_database_query (self->database, error, "SELECT " TAKEN_COLUMNS " FROM jobs WHERE id = ?", "s", id);
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return NULL;

  if (!has_row)
    {
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no job %s", id);
      return NULL;
    }

  taken->job = make_job (self, statement, error);
  if (taken->job == NULL)
    return NULL;

  taken->results = _dio_archive_load_results_of (self, id, error);

  return taken->results != NULL ? g_steal_pointer (&taken) : NULL;
}

/**
 * dio_archive_load_job:
 * @self: an open archive
 * @id: of a job
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the job as it was written, to be looked at and not
 *   driven, without its results
 */
DioJob *
dio_archive_load_job (DioArchive  *self,
                      const char  *id,
                      GError     **error)
{
  g_autoptr(DioTakenJob) taken = NULL;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  taken = _dio_archive_load_job (self, id, error);

  return taken != NULL ? g_steal_pointer (&taken->job) : NULL;
}
