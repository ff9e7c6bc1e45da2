/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is compared, as a sheet: each picture under what it is called, and in what
 * the results differ. */

#include "config.h"

#include "dio-compare-sheet.h"

#include "dio-compare-rows.h"
#include "dio-compare-words.h"

#include <glib/gi18n.h>

/**
 * dio_compare_list_rows:
 * @set: what is compared
 * @studio: who knows models and providers
 * @references: (nullable): photos, by whose numbers references are called
 * @jobs: (element-type utf8 DioJob): those that are known, by their ids
 * @names: (out) (transfer full): the head of each column
 *
 * Returns: (transfer full) (element-type DioCompareRow): how the results came about
 */
GPtrArray *
dio_compare_list_rows (DioCompareSet  *set,
                       DioStudio      *studio,
                       GListModel     *references,
                       GHashTable     *jobs,
                       GStrv          *names)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) of_results = g_ptr_array_new ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (set)); i++)
    {
      g_autoptr(DioCompareEntry) entry = g_list_model_get_item (G_LIST_MODEL (set), i);
      DioResult *result = dio_compare_entry_get_result (entry);
      g_autofree char *name = dio_compare_format_name (entry, references);

      if (result == NULL)
        continue;

      g_ptr_array_add (results, g_object_ref (result));
      g_ptr_array_add (of_results, g_hash_table_lookup (jobs, dio_result_get_job_id (result)));
      g_strv_builder_add (builder, name);
    }

  *names = g_strv_builder_end (builder);
  return dio_compare_rows_new (studio, results, of_results);
}

static void
add_picture (DioSheet        *sheet,
             DioCompareEntry *entry,
             DioStudio       *studio,
             GListModel      *references)
{
  DioResult *result = dio_compare_entry_get_result (entry);
  g_autofree char *badge = dio_compare_format_badge (entry, references, studio);
  g_autoptr(GFile) file = result != NULL ? g_file_new_for_path (dio_result_get_path (result)) : NULL;

  dio_sheet_add_picture (sheet, badge, file,
                         result == NULL ? dio_reference_get_bytes (dio_compare_entry_get_reference (entry)) : NULL);
}

/**
 * dio_compare_sheet_new:
 * @set: what is compared
 * @studio: who knows models and providers
 * @references: (nullable): photos, by whose numbers references are called
 * @jobs: (element-type utf8 DioJob): those that are known, by their ids
 * @title: (nullable): what is above the pictures
 *
 * Returns: (transfer full): a sheet, to be saved
 */
DioSheet *
dio_compare_sheet_new (DioCompareSet  *set,
                       DioStudio      *studio,
                       GListModel     *references,
                       GHashTable     *jobs,
                       const char     *title)
{
  /* Translators: title of a page with the pictures that were compared. */
  DioSheet *sheet = dio_sheet_new (title != NULL ? title : _("Comparison"));
  g_auto(GStrv) names = NULL;
  g_autoptr(GPtrArray) rows = dio_compare_list_rows (set, studio, references, jobs, &names);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (set)); i++)
    {
      g_autoptr(DioCompareEntry) entry = g_list_model_get_item (G_LIST_MODEL (set), i);

      add_picture (sheet, entry, studio, references);
    }

  /* Translators: in the place of a picture on such a page. */
  dio_sheet_set_unread (sheet, _("This picture could not be read"));
  dio_sheet_set_columns (sheet, (const char * const *) names);
  for (guint i = 0; i < rows->len; i++)
    {
      const DioCompareRow *row = g_ptr_array_index (rows, i);

      dio_sheet_add_row (sheet, row->title, (const char * const *) row->values);
    }

  return sheet;
}
