/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: its results, read back. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"

/* The columns that make_result() reads, in its order. */
#define RESULT_COLUMNS \
  "id, job_id, path, created, provider, model, prompt, idx, width, height, seed, seconds, used, unused, notes, " \
  "remote_id, coalesce (cost, -1), currency, expires, seq, rating, verdict, tags, deleted, hash, parents"

static DioPicture *
make_picture (DioStatement *row)
{
  DioPicture *picture = dio_picture_new (NULL, NULL,
                                         dio_statement_get_integer (row, 7),
                                         dio_statement_get_integer (row, 8),
                                         dio_statement_get_integer (row, 9));

  picture->seed = dio_statement_get_integer (row, 10);
  picture->seconds = dio_statement_get_number (row, 11);
  picture->used = _dio_archive_words_of_text (dio_statement_get_text (row, 12));
  picture->unused = _dio_archive_words_of_text (dio_statement_get_text (row, 13));
  _dio_archive_notes_of_text (dio_statement_get_text (row, 14), picture->notes);
  picture->remote_id = g_strdup (dio_statement_get_text (row, 15));
  picture->cost = dio_statement_get_number (row, 16);
  picture->currency = g_strdup (dio_statement_get_text (row, 17));
  picture->expires = dio_statement_get_integer (row, 18);

  return picture;
}

static void
read_marks (DioStatement *row,
            DioResult    *result)
{
  g_auto(GStrv) tags = _dio_archive_words_of_text (dio_statement_get_text (row, 22));
  g_auto(GStrv) parents = _dio_archive_words_of_text (dio_statement_get_text (row, 25));
  DioVerdict verdict;

  dio_result_set_number (result, dio_statement_get_integer (row, 19));
  dio_result_set_rating (result, CLAMP (dio_statement_get_integer (row, 20), 0, DIO_RESULT_MAX_RATING));
  if (dio_verdict_from_nick (dio_statement_get_text (row, 21), &verdict))
    dio_result_set_verdict (result, verdict);
  dio_result_set_tags (result, (const char * const *) tags);
  dio_result_set_deleted (result, _dio_archive_read_time (row, 23));
  dio_result_set_hash (result, dio_statement_get_text (row, 24));
  dio_result_set_parents (result, (const char * const *) parents);
}

static DioResult *
make_result (DioArchive   *self,
             DioStatement *row)
{
  g_autoptr(DioPicture) picture = make_picture (row);
  const char *id = dio_statement_get_text (row, 0);
  const char *name = dio_statement_get_text (row, 2);
  g_autofree char *path = NULL;
  DioResult *result;

  if (dio_statement_get_integer (row, 23) > 0)
    path = _dio_archive_build_trash_path (self, id, name);
  else
    path = _dio_archive_build_path (self, name);

  result = dio_result_new (id,
                           dio_statement_get_text (row, 1),
                           path,
                           _dio_archive_read_time (row, 3),
                           dio_statement_get_text (row, 4),
                           dio_statement_get_text (row, 5),
                           dio_statement_get_text (row, 6),
                           picture);
  read_marks (row, result);

  return result;
}

static GPtrArray *
read_results (DioArchive    *self,
              DioStatement  *statement,
              GError       **error)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_row = TRUE;

  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (results, make_result (self, statement));
    }

  return statement != NULL ? g_steal_pointer (&results) : NULL;
}

/* Returns: %FALSE with @error; @result is NULL where there is none */
gboolean
_dio_archive_find_result (DioArchive  *self,
                          const char  *job_id,
                          guint        index,
                          DioResult  **result,
                          GError     **error)
{
  g_autoptr(DioStatement) statement = NULL;
  g_autoptr(GPtrArray) results = NULL;

  *result = NULL;
  statement = dio_database_query (self->database, error,
                                  "SELECT " RESULT_COLUMNS " FROM results WHERE job_id = ? AND idx = ?",
                                  "sx", job_id, (gint64) index);
  results = read_results (self, statement, error);
  if (results == NULL)
    return FALSE;

  if (results->len > 0)
    *result = g_object_ref (g_ptr_array_index (results, 0));

  return TRUE;
}

static GPtrArray *
load_where (DioArchive  *self,
            const char  *condition,
            const char  *value,
            GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT " RESULT_COLUMNS " FROM results WHERE %s", condition);
  g_autoptr(DioStatement) statement = NULL;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query (self->database, error, sql, "s", value);

  return read_results (self, statement, error);
}

/* Returns: (transfer full) (element-type DioResult): those of one job in the
 * order of coming, with what is in the trash: that came, too */
GPtrArray *
_dio_archive_load_results_of (DioArchive  *self,
                              const char  *job_id,
                              GError     **error)
{
  return load_where (self, "job_id = ? ORDER BY seq", job_id, error);
}

/**
 * dio_archive_load_results_of_job:
 * @self: an open archive
 * @job_id: a job
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): its results in the order of
 *   coming, without those in the trash
 */
GPtrArray *
dio_archive_load_results_of_job (DioArchive  *self,
                                 const char  *job_id,
                                 GError     **error)
{
  return load_where (self, "job_id = ? AND deleted = 0 ORDER BY seq", job_id, error);
}

/**
 * dio_archive_load_result:
 * @self: an open archive
 * @id: a result
 * @error: return location for a #GError
 *
 * Returns: (transfer full): also one that is in the trash; %NULL with
 *   %DIO_ERROR_NOT_FOUND or %DIO_ERROR_STORAGE
 */
DioResult *
dio_archive_load_result (DioArchive  *self,
                         const char  *id,
                         GError     **error)
{
  g_autoptr(GPtrArray) results = load_where (self, "id = ?", id, error);

  if (results == NULL)
    return NULL;

  if (results->len > 0)
    return g_object_ref (g_ptr_array_index (results, 0));

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no result %s", id);

  return NULL;
}

/**
 * dio_archive_load_result_by_hash:
 * @self: an open archive
 * @hash: a content hash
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the oldest result with that content, one that is not
 *   in the trash first; %NULL with %DIO_ERROR_NOT_FOUND or %DIO_ERROR_STORAGE
 */
DioResult *
dio_archive_load_result_by_hash (DioArchive  *self,
                                 const char  *hash,
                                 GError     **error)
{
  g_autoptr(GPtrArray) results = load_where (self, "hash = ? ORDER BY deleted > 0, seq LIMIT 1", hash, error);

  if (results == NULL)
    return NULL;

  if (results->len > 0)
    return g_object_ref (g_ptr_array_index (results, 0));

  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "No result has the content %s", hash);

  return NULL;
}

/**
 * dio_archive_load_children:
 * @self: an open archive
 * @hash: a content hash
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): what was made from a
 *   reference of that content, oldest first, without what is in the trash
 */
GPtrArray *
dio_archive_load_children (DioArchive  *self,
                           const char  *hash,
                           GError     **error)
{
  return load_where (self,
                     "deleted = 0 AND seq IN (SELECT seq FROM result_parents WHERE hash = ?) ORDER BY seq",
                     hash, error);
}

/**
 * dio_archive_list_numbers:
 * @self: an open archive
 * @query: what to look for
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type gint64): the numbers of what matches,
 *   in order
 */
GArray *
dio_archive_list_numbers (DioArchive            *self,
                          const DioResultQuery  *query,
                          GError               **error)
{
  g_auto(GStrv) values = NULL;
  g_autofree char *sql = dio_result_query_to_sql (query, "seq", &values);
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(DioStatement) statement = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  statement = dio_database_query_texts (self->database, error, sql, (const char * const *) values);
  while (statement != NULL && has_row)
    {
      if (!dio_statement_next (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          gint64 number = dio_statement_get_integer (statement, 0);

          g_array_append_val (numbers, number);
        }
    }

  return statement != NULL ? g_steal_pointer (&numbers) : NULL;
}

/**
 * dio_archive_load_numbered:
 * @self: an open archive
 * @numbers: (array length=n): of results
 * @n: how many; a page of them
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): those that are still there,
 *   in any order
 */
GPtrArray *
dio_archive_load_numbered (DioArchive    *self,
                           const gint64  *numbers,
                           guint          n,
                           GError       **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT " RESULT_COLUMNS " FROM results WHERE seq IN (");
  g_autoptr(DioStatement) statement = NULL;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", numbers[i]);
  g_string_append_c (sql, ')');
  statement = dio_database_query (self->database, error, sql->str, "");

  return read_results (self, statement, error);
}
