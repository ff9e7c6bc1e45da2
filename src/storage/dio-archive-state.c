/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: what is read beside results: days, requests, and
 * small things that the program remembers with them. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"

/* Longer than any day, whatever the clocks do in spring and autumn. */
#define LONGEST_DAY (26 * G_TIME_SPAN_HOUR)

/* Many results share a day, so a new one is looked up only where it begins.
 * Summer time makes some days longer, so what is later than usual is asked for. */
static gboolean
is_on_day (const DioResultDay *day,
           gint64              created)
{
  if (created < day->start || created >= day->start + LONGEST_DAY)
    return FALSE;

  return created < day->start + 23 * G_TIME_SPAN_HOUR || dio_result_day_get_start (created) == day->start;
}

static void
add_to_days (GArray *days,
             gint64  number,
             gint64  created,
             guint   position)
{
  DioResultDay *last = days->len > 0 ? &g_array_index (days, DioResultDay, days->len - 1) : NULL;
  DioResultDay day;

  if (last != NULL && is_on_day (last, created))
    {
      last->n++;
      return;
    }

  day = (DioResultDay) { dio_result_day_get_start (created), number, position, 1 };
  g_array_append_val (days, day);
}

/**
 * dio_archive_list_days:
 * @self: an open archive
 * @query: a query in order of time
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResultDay): in the order of the list
 */
GArray *
dio_archive_list_days (DioArchive            *self,
                       const DioResultQuery  *query,
                       GError               **error)
{
  g_auto(GStrv) values = NULL;
  g_autofree char *sql = dio_result_query_to_sql (query, "seq, created", &values);
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (DioResultDay));
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query_texts (self->database, error, sql, (const char * const *) values);
  for (guint position = 0; statement != NULL && has_row; position++)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        add_to_days (days, dio_statement_get_integer (statement, 0), dio_statement_get_integer (statement, 1),
                     position);
    }

  return statement != NULL ? g_steal_pointer (&days) : NULL;
}

/**
 * dio_archive_load_request:
 * @self: an open archive
 * @job_id: a job
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what was asked for, with its photos as far as they
 *   are kept; %NULL with %DIO_ERROR_NOT_FOUND, %DIO_ERROR_INVALID or
 *   %DIO_ERROR_STORAGE
 */
DioRequest *
dio_archive_load_request (DioArchive  *self,
                          const char  *job_id,
                          GError     **error)
{
  g_autoptr(DioTakenJob) taken = NULL;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  taken = _dio_archive_load_job (self, job_id, error);

  return taken != NULL ? g_object_ref (dio_job_get_request (taken->job)) : NULL;
}

/**
 * dio_archive_get_setting:
 * @self: an open archive
 * @name: of the setting
 * @value: (out) (transfer full) (nullable): %NULL where it was never set
 * @error: return location for a #GError
 */
gboolean
dio_archive_get_setting (DioArchive  *self,
                         const char  *name,
                         char       **value,
                         GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;

  *value = NULL;
  if (!_dio_archive_check_open (self, error))
    return FALSE;

  statement = dio_database_query (self->database, error, "SELECT value FROM settings WHERE name = ?", "s", name);
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  if (has_row)
    *value = g_strdup (dio_statement_get_text (statement, 0));

  return TRUE;
}

/**
 * dio_archive_set_setting:
 * @self: an open archive
 * @name: of the setting
 * @value: (nullable): %NULL to unset it
 * @error: return location for a #GError
 */
gboolean
dio_archive_set_setting (DioArchive  *self,
                         const char  *name,
                         const char  *value,
                         GError     **error)
{
  if (!_dio_archive_check_open (self, error))
    return FALSE;

  if (value == NULL)
    return dio_database_run (self->database, error, "DELETE FROM settings WHERE name = ?", "s", name);

  return dio_database_run (self->database, error,
                           "INSERT INTO settings (name, value) VALUES (?, ?) "
                           "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                           "ss", name, value);
}

/**
 * dio_archive_find_unread:
 * @self: an open archive
 * @after: the number of a result
 * @id: (out) (transfer full) (nullable): %NULL where there is none
 * @path: (out) (transfer full) (nullable): its file
 * @number: (out): its number
 * @error: return location for a #GError
 *
 * Finds the next result that was not read for its content hash.
 */
gboolean
dio_archive_find_unread (DioArchive  *self,
                         gint64       after,
                         char       **id,
                         char       **path,
                         gint64      *number,
                         GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;

  if (!_dio_archive_check_open (self, error))
    return FALSE;

  statement = dio_database_query (self->database, error,
                                  "SELECT id, path, seq FROM results "
                                  "WHERE hash IS NULL AND seq > ? AND deleted = 0 ORDER BY seq LIMIT 1",
                                  "x", after);
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  if (has_row)
    {
      *id = g_strdup (dio_statement_get_text (statement, 0));
      *path = _dio_archive_build_path (self, dio_statement_get_text (statement, 1));
      *number = dio_statement_get_integer (statement, 2);
    }

  return TRUE;
}

/**
 * dio_archive_has_news:
 * @self: an open archive
 * @has_news: (out): whether others have written since this was asked before
 * @error: return location for a #GError
 */
gboolean
dio_archive_has_news (DioArchive  *self,
                      gboolean    *has_news,
                      GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row;
  gint64 version;

  if (!_dio_archive_check_open (self, error))
    return FALSE;

  statement = dio_database_query (self->database, error, "PRAGMA data_version", "");
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  version = has_row ? dio_statement_get_integer (statement, 0) : 0;
  *has_news = self->version_seen != 0 && self->version_seen != version;
  self->version_seen = version;

  return TRUE;
}
