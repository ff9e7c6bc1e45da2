/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: rows without files, and files without rows. */

#include "config.h"

#include "dio-archive-private.h"

#include "dio-part-file.h"

void
dio_survey_clear (DioSurvey *self)
{
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->strays, g_ptr_array_unref);
}

static gboolean
survey_rows (DioArchive  *self,
             DioSurvey   *survey,
             GHashTable  *known,
             GError     **error)
{
  g_autoptr(DioStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = dio_database_query (self->database, error, "SELECT id, path, deleted FROM results ORDER BY seq", "");
  while (rows != NULL && has_row)
    {
      const char *name;

      if (!dio_statement_next (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;

      survey->n_results++;
      name = dio_statement_get_text (rows, 1);
      if (dio_statement_get_integer (rows, 2) == 0)
        {
          g_autofree char *path = _dio_archive_build_path (self, name);

          g_hash_table_add (known, g_path_get_basename (path));
          if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add (survey->missing, g_steal_pointer (&path));
        }
    }

  return rows != NULL;
}

/**
 * dio_archive_survey:
 * @self: an archive that can be read
 * @survey: (out): what there is
 * @error: return location for a #GError
 *
 * Compares rows and files.
 */
gboolean
dio_archive_survey (DioArchive  *self,
                    DioSurvey   *survey,
                    GError     **error)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GDir) dir = NULL;
  const char *name;

  *survey = (DioSurvey) { 0 };
  if (!_dio_archive_check_open (self, error))
    return FALSE;

  survey->missing = g_ptr_array_new_with_free_func (g_free);
  survey->strays = g_ptr_array_new_with_free_func (g_free);
  if (!survey_rows (self, survey, known, error))
    return FALSE;

  dir = g_dir_open (self->pictures, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->pictures, name, NULL);

      if (!dio_part_file_is_part (name) && !g_hash_table_contains (known, name) &&
          g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (survey->strays, g_steal_pointer (&path));
    }

  return TRUE;
}
