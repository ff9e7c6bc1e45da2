/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library on the disk: the tags of results, and which there are. */

#include "config.h"

#include "dio-archive-private.h"

/* Returns: (transfer full): @before without @remove and with @add */
static GStrv
edit_words (GStrv                before,
            const char * const  *add,
            const char * const  *remove)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    {
      if (remove == NULL || !g_strv_contains (remove, before[i]))
        g_strv_builder_add (words, before[i]);
    }
  for (guint i = 0; add != NULL && add[i] != NULL; i++)
    {
      if (before == NULL || !g_strv_contains ((const char * const *) before, add[i]))
        g_strv_builder_add (words, add[i]);
    }

  return g_strv_builder_end (words);
}

static gboolean
tag_one (DioArchive          *self,
         const char          *id,
         const char * const  *add,
         const char * const  *remove,
         GError             **error)
{
  g_autoptr(DioStatement) statement = NULL;
  g_auto(GStrv) before = NULL;
  g_auto(GStrv) after = NULL;
  g_autofree char *text = NULL;
  gboolean has_row;

  statement = dio_database_query (self->database, error, "SELECT tags FROM results WHERE id = ?", "s", id);
  if (statement == NULL || !dio_statement_next (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;

  before = _dio_archive_words_of_text (dio_statement_get_text (statement, 0));
  after = edit_words (before, add, remove);
  text = _dio_archive_words_to_text (after);
  g_clear_pointer (&statement, dio_statement_free);

  return dio_database_run (self->database, error, "UPDATE results SET tags = ? WHERE id = ?", "ss", text, id);
}

/**
 * dio_archive_tag:
 * @self: an open archive
 * @ids: (array zero-terminated=1): results
 * @add: (nullable) (array zero-terminated=1): tags that they get
 * @remove: (nullable) (array zero-terminated=1): tags that they lose
 * @error: return location for a #GError
 */
gboolean
dio_archive_tag (DioArchive          *self,
                 const char * const  *ids,
                 const char * const  *add,
                 const char * const  *remove,
                 GError             **error)
{
  gboolean is_right = TRUE;

  if (!_dio_archive_check_open (self, error) || !dio_database_begin (self->database, error))
    return FALSE;

  for (guint i = 0; is_right && ids[i] != NULL; i++)
    is_right = tag_one (self, ids[i], add, remove, error);

  return _dio_archive_end_transaction (self, is_right, error);
}

/**
 * dio_archive_list_tags:
 * @self: an archive that can be read
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the tags of all results, in the order of their letters
 */
GStrv
dio_archive_list_tags (DioArchive  *self,
                       GError     **error)
{
  g_autoptr(GStrvBuilder) tags = g_strv_builder_new ();
  g_autoptr(DioStatement) rows = NULL;
  gboolean has_row = TRUE;

  if (!_dio_archive_check_open (self, error))
    return NULL;

  rows = dio_database_query (self->database, error, "SELECT DISTINCT tag FROM result_tags ORDER BY tag COLLATE NOCASE, tag",
                             "");
  while (rows != NULL && has_row)
    {
      if (!dio_statement_next (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (tags, dio_statement_get_text (rows, 0));
    }

  return rows != NULL ? g_strv_builder_end (tags) : NULL;
}
