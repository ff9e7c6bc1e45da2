/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: the history of jobs, page by page. */

#include "config.h"

#include "dio-archive-private.h"

/* The columns that make_summary() reads, in its order. */
#define SUMMARY_COLUMNS \
  "id, provider, model, title, prompt, account_name, error_class, error_message, state, created, updated, " \
  "(SELECT count (*) FROM results WHERE job_id = jobs.id), n_wanted, owner, " _DIO_ARCHIVE_REMOTE_COLUMNS
#define FIRST_REMOTE_COLUMN 14

static DioJobSummary *
make_summary (DioArchive   *self,
              DioStatement *row)
{
  DioJobSummary *summary = g_new0 (DioJobSummary, 1);

  summary->id = g_strdup (dio_statement_get_text (row, 0));
  summary->provider_id = g_strdup (dio_statement_get_text (row, 1));
  summary->model_id = g_strdup (dio_statement_get_text (row, 2));
  summary->title = g_strdup (dio_statement_get_text (row, 3));
  summary->prompt = g_strdup (dio_statement_get_text (row, 4));
  summary->account = g_strdup (dio_statement_get_text (row, 5));
  summary->error_class = g_strdup (dio_statement_get_text (row, 6));
  summary->error_message = g_strdup (dio_statement_get_text (row, 7));
  if (!dio_job_state_from_nick (dio_statement_get_text (row, 8), &summary->state))
    summary->state = DIO_JOB_FAILED;
  summary->created = dio_statement_get_integer (row, 9);
  summary->updated = dio_statement_get_integer (row, 10);
  summary->n_pictures = dio_statement_get_integer (row, 11);
  summary->n_wanted = dio_statement_get_integer (row, 12);
  summary->is_driven = !dio_job_state_is_over (summary->state) &&
                       !dio_owner_is_gone (self->owners, dio_statement_get_text (row, 13));
  _dio_archive_read_remote (row, FIRST_REMOTE_COLUMN, &summary->remote);

  return summary;
}

/**
 * dio_archive_load_jobs:
 * @self: an open archive
 * @offset: how many of the newest to leave out
 * @n: how many at most
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioJobSummary): jobs, newest first
 */
GPtrArray *
dio_archive_load_jobs (DioArchive  *self,
                       guint        offset,
                       guint        n,
                       GError     **error)
{
  g_autoptr(GPtrArray) summaries = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_job_summary_free);
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error,
                                  "SELECT " SUMMARY_COLUMNS " FROM jobs "
                                  "ORDER BY created DESC, rowid DESC LIMIT ? OFFSET ?",
                                  "xx", (gint64) n, (gint64) offset);
  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (summaries, make_summary (self, statement));
    }

  return statement != NULL ? g_steal_pointer (&summaries) : NULL;
}
