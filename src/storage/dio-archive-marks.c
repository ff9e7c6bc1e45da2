/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: what a person thinks of results, and where they say a
 * picture has gone. Results are changed one by one within a transaction, so
 * that there is no limit to how many there are. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-error.h"
#include "dio-hash.h"
#include "dio-part-file.h"
#include "dio-read-file.h"

#include <glib/gstdio.h>

/* More than any picture has. */
#define MAX_BYTES (1024u * 1024 * 1024)

/* Returns: %FALSE with @error; @name is NULL where no result with @id fulfils
 * @condition */
gboolean
_dio_archive_read_name (DioArchive  *self,
                        const char  *id,
                        const char  *condition,
                        char       **name,
                        GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT path FROM results WHERE id = ? AND %s", condition);
  g_autoptr(DioStatement) statement = dio_database_query (self->database, error, sql, "s", id);
  gboolean has_row;

  *name = NULL;
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;

  if (has_row)
    *name = g_strdup (dio_statement_get_text (statement, 0));

  return TRUE;
}

gboolean
_dio_archive_has_result (DioArchive  *self,
                         const char  *id,
                         gboolean    *has_it,
                         GError     **error)
{
  g_autofree char *name = NULL;

  if (!_dio_archive_read_name (self, id, "TRUE", &name, error))
    return FALSE;

  *has_it = name != NULL;

  return TRUE;
}

/* Returns: whether all is written; nothing is where @is_right is not so */
gboolean
_dio_archive_end_transaction (DioArchive  *self,
                              gboolean     is_right,
                              GError     **error)
{
  if (is_right)
    return dio_database_commit (self->database, error);

  dio_database_rollback (self->database);

  return FALSE;
}

/* Runs @sql for each of @ids, with @value before it. */
static gboolean
run_for_all (DioArchive          *self,
             const char          *sql,
             const char          *value,
             const char * const  *ids,
             GError             **error)
{
  gboolean is_right = TRUE;

  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  for (guint i = 0; is_right && ids[i] != NULL; i++)
    is_right = value != NULL ? dio_database_run (self->database, error, sql, "ss", value, ids[i])
                             : dio_database_run (self->database, error, sql, "s", ids[i]);

  return _dio_archive_end_transaction (self, is_right, error);
}

/**
 * dio_archive_rate:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results
 * @rating: stars
 * @error: return location for a #GError
 */
gboolean
dio_archive_rate (DioArchive          *self,
                  const char * const  *ids,
                  guint                rating,
                  GError             **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE results SET rating = %u WHERE id = ?", rating);

  return run_for_all (self, sql, NULL, ids, error);
}

/**
 * dio_archive_judge:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results
 * @verdict: what the person thinks of them
 * @error: return location for a #GError
 */
gboolean
dio_archive_judge (DioArchive          *self,
                   const char * const  *ids,
                   DioVerdict           verdict,
                   GError             **error)
{
  return run_for_all (self, "UPDATE results SET verdict = ? WHERE id = ?", dio_verdict_get_nick (verdict), ids, error);
}

/**
 * dio_archive_forget:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results
 * @error: return location for a #GError
 *
 * Takes away rows, and touches no file.
 */
gboolean
dio_archive_forget (DioArchive          *self,
                    const char * const  *ids,
                    GError             **error)
{
  return run_for_all (self, "DELETE FROM results WHERE id = ?", NULL, ids, error);
}

/* Returns: (transfer full): the file, whose content must be what the result was
 * made as: what follows from it has to stay true */
static GBytes *
load_content (DioArchive  *self,
              const char  *id,
              const char  *path,
              GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) bytes = dio_read_file (file, MAX_BYTES, NULL, error);
  g_autoptr(DioResult) result = NULL;
  g_autofree char *hash = NULL;

  if (bytes == NULL)
    return NULL;

  result = dio_archive_load_result (self, id, error);
  if (result == NULL)
    return NULL;

  hash = dio_hash_bytes (bytes);
  if (dio_result_get_hash (result) == NULL || g_str_equal (dio_result_get_hash (result), hash))
    return g_steal_pointer (&bytes);

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "%s is another picture", path);

  return NULL;
}

/* Returns: (transfer full): the name of a copy in pictures/ */
static char *
copy_in (DioArchive  *self,
         GBytes      *bytes,
         const char  *name,
         GError     **error)
{
  g_autofree char *part = NULL;
  const char *dot = strrchr (name, '.');
  int stem = dot != NULL ? dot - name : (int) strlen (name);
  gboolean taken = TRUE;

  part = dio_part_file_write (self->pictures, dio_owner_get_id (self->owner), bytes, error);
  for (guint attempt = 1; part != NULL && taken; attempt++)
    {
      g_autofree char *other = attempt > 1 ? g_strdup_printf ("%.*s (%u)%s", stem, name, attempt, name + stem)
                                           : g_strdup (name);

      if (dio_part_file_publish (part, other, &taken, error))
        return g_steal_pointer (&other);
    }

  return NULL;
}

/**
 * dio_archive_locate:
 * @self: an open archive
 * @id: a result whose file is missing
 * @path: where the person has found it
 * @error: return location for a #GError
 *
 * Has the result use a copy of that file. The file itself is left alone.
 *
 * Returns: %FALSE with %DIO_ERROR_INVALID where it is another picture,
 *   %DIO_ERROR_NOT_FOUND, or %DIO_ERROR_STORAGE
 */
gboolean
dio_archive_locate (DioArchive  *self,
                    const char  *id,
                    const char  *path,
                    GError     **error)
{
  g_autofree char *name = NULL;
  g_autofree char *base = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *copy_path = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (!_dio_archive_check_open (self, error))
    return FALSE;

  bytes = load_content (self, id, path, error);
  if (bytes == NULL || !_dio_archive_read_name (self, id, "TRUE", &name, error))
    return FALSE;

  base = g_path_get_basename (name);
  copy = copy_in (self, bytes, base, error);
  if (copy == NULL)
    return FALSE;

  if (dio_database_run (self->database, error, "UPDATE results SET path = ?, deleted = 0 WHERE id = ?", "ss",
                        copy, id))
    return TRUE;

  copy_path = _dio_archive_build_path (self, copy);
  g_unlink (copy_path);

  return FALSE;
}

/**
 * dio_archive_set_hash:
 * @self: an open archive
 * @id: a result
 * @hash: the content hash of its file
 * @error: return location for a #GError
 */
gboolean
dio_archive_set_hash (DioArchive  *self,
                      const char  *id,
                      const char  *hash,
                      GError     **error)
{
  return _dio_archive_check_open (self, error) &&
         dio_database_run (self->database, error, "UPDATE results SET hash = ? WHERE id = ?", "ss", hash, id);
}
