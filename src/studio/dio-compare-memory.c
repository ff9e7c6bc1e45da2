/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was being compared, across restarts: the library keeps the ids of results
 * and the hashes of references; the pictures are found again one by one. What is
 * no longer there is left out. */

#include "config.h"

#include "dio-compare-memory.h"

#include "dio-kept-photo.h"

#define SETTING "compare-set"

typedef struct
{
  /* Given */
  GStrv       keys;       /* (owned) */
  GListModel *references; /* (owned): of the strip, to be looked through first */

  /* Under way */
  guint       next;

  /* Result */
  GPtrArray  *entries; /* (owned) (element-type DioCompareEntry) */
} Finding;

static void find_next (GTask *task);

static void
finding_free (Finding *finding)
{
  g_strfreev (finding->keys);
  g_clear_object (&finding->references);
  g_clear_pointer (&finding->entries, g_ptr_array_unref);
  g_free (finding);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!dio_library_set_setting_finish (DIO_LIBRARY (source), result, &error))
    g_message ("What is compared is not remembered: %s", error->message);
}

/**
 * dio_compare_set_save:
 * @set: what is compared
 * @studio: whose library remembers it
 *
 * Returns at once; that it could not be written is not worth a word.
 */
void
dio_compare_set_save (DioCompareSet *set,
                      DioStudio     *studio)
{
  g_auto(GStrv) keys = dio_compare_set_dup_keys (set);
  g_autofree char *text = g_strjoinv ("\n", keys);

  dio_library_set_setting_async (dio_studio_get_library (studio), SETTING, text, saved_cb, NULL);
}

static void
add_result (Finding   *finding,
            DioResult *result)
{
  if (dio_result_get_deleted (result) == 0)
    g_ptr_array_add (finding->entries, dio_compare_entry_new_for_result (result));
}

static void
result_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioResult) found = dio_library_load_result_finish (DIO_LIBRARY (source), result, &error);

  if (found != NULL)
    add_result (g_task_get_task_data (task), found);
  else
    g_debug ("%s", error->message);

  find_next (task);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Finding *finding = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(DioReference) reference = dio_studio_import_finish (DIO_STUDIO (source), result, &error);

  if (reference != NULL)
    g_ptr_array_add (finding->entries, dio_compare_entry_new_for_reference (reference));
  else
    g_debug ("%s", error->message);

  find_next (task);
}

static void
reference_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = dio_kept_photo_load_finish (result, &error);

  if (bytes == NULL)
    {
      g_debug ("%s", error->message);
      find_next (task);
      return;
    }

  dio_studio_import_bytes_async (g_task_get_source_object (task), bytes, NULL, NULL, imported_cb, g_object_ref (task));
}

static gboolean
find_in_strip (Finding    *finding,
               const char *hash)
{
  for (guint i = 0; finding->references != NULL && i < g_list_model_get_n_items (finding->references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (finding->references, i);

      if (g_str_equal (dio_reference_get_hash (reference), hash))
        {
          g_ptr_array_add (finding->entries, dio_compare_entry_new_for_reference (reference));
          return TRUE;
        }
    }

  return FALSE;
}

static void
find_next (GTask *task)
{
  Finding *finding = g_task_get_task_data (task);
  DioLibrary *library = dio_studio_get_library (g_task_get_source_object (task));

  while (finding->keys[finding->next] != NULL)
    {
      const char *key = finding->keys[finding->next++];
      gboolean is_reference;
      const char *id;

      if (!dio_compare_key_parse (key, &is_reference, &id) || (is_reference && find_in_strip (finding, id)))
        continue;

      if (is_reference)
        dio_kept_photo_load_async (library, id, NULL, reference_read_cb, g_object_ref (task));
      else
        dio_library_load_result_async (library, id, result_loaded_cb, g_object_ref (task));
      return;
    }

  g_task_return_pointer (task, g_steal_pointer (&finding->entries), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dio_compare_find_async:
 * @studio: the studio
 * @keys: see dio_compare_entry_dup_key()
 * @references: (nullable): photos that are there already
 * @callback: called when all have been looked for
 * @user_data: data for @callback
 */
void
dio_compare_find_async (DioStudio           *studio,
                        const char * const  *keys,
                        GListModel          *references,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (studio, NULL, callback, user_data);
  Finding *finding = g_new0 (Finding, 1);

  finding->keys = g_strdupv ((char **) keys);
  finding->references = references != NULL ? g_object_ref (references) : NULL;
  finding->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, dio_compare_find_async);
  g_task_set_task_data (task, finding, (GDestroyNotify) finding_free);
  find_next (task);
}

/**
 * dio_compare_find_finish:
 * @studio: the studio
 * @result: given to the callback
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (element-type DioCompareEntry): what is still there, in
 *   the order of the keys
 */
GPtrArray *
dio_compare_find_finish (DioStudio     *studio,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, studio), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_compare_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;

  g_task_return_pointer (task, dio_compare_find_finish (DIO_STUDIO (source), result, NULL),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
setting_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = dio_library_get_setting_finish (DIO_LIBRARY (source), result, &error);
  g_auto(GStrv) keys = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  keys = g_strsplit (text != NULL ? text : "", "\n", DIO_COMPARE_MAX + 1);
  dio_compare_find_async (g_task_get_source_object (task), (const char * const *) keys,
                          g_task_get_task_data (task), found_cb, g_object_ref (task));
}

/**
 * dio_compare_set_load_async:
 * @studio: the studio
 * @references: photos that are there already
 * @callback: called when all have been looked for
 * @user_data: data for @callback
 *
 * What was saved last.
 */
void
dio_compare_set_load_async (DioStudio           *studio,
                            GListModel          *references,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (studio, NULL, callback, user_data);

  g_task_set_source_tag (task, dio_compare_set_load_async);
  g_task_set_task_data (task, g_object_ref (references), g_object_unref);
  dio_library_get_setting_async (dio_studio_get_library (studio), SETTING, setting_read_cb, g_object_ref (task));
}

/**
 * dio_compare_set_load_finish:
 * @studio: the studio
 * @result: given to the callback
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (element-type DioCompareEntry): what was compared, as far
 *   as it is still there
 */
GPtrArray *
dio_compare_set_load_finish (DioStudio     *studio,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, studio), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_compare_set_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
