/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many results, such as all that a person has selected: a page at a time, so that
 * others who read, and the main loop, get their turn in between. */

#include "config.h"

#include "dio-library-private.h"
#include "dio-result-list-private.h"

typedef struct
{
  GArray              *numbers;   /* (owned) */
  GHashTable          *found;     /* (owned): of this page, number to DioResult */
  guint                n_asked;
  DioLibraryManyFunc   progress;  /* (nullable) */
  gpointer             progress_data;
  GPtrArray           *results;   /* (owned) (nullable) (element-type DioResult) */
} Many;

static void read_next (GTask *task);

static void
many_free (Many *many)
{
  g_array_unref (many->numbers);
  g_hash_table_unref (many->found);
  g_clear_pointer (&many->results, g_ptr_array_unref);
  g_free (many);
}

/* A page comes in any order. */
static void
take (Many      *many,
      GArray    *numbers,
      GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      gint64 *key = g_new (gint64, 1);

      *key = dio_result_get_number (g_ptr_array_index (results, i));
      g_hash_table_insert (many->found, key, g_ptr_array_index (results, i));
    }

  for (guint i = 0; i < numbers->len; i++)
    {
      DioResult *result = g_hash_table_lookup (many->found, &g_array_index (numbers, gint64, i));

      /* Another process may have taken it away. */
      if (result != NULL)
        g_ptr_array_add (many->results, g_object_ref (result));
    }

  g_hash_table_remove_all (many->found);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Many *many = g_task_get_task_data (task);
  g_autoptr(GArray) numbers = NULL;
  g_autoptr(GPtrArray) results = NULL;
  GError *error = NULL;

  if (!_dio_library_read_list_finish (DIO_LIBRARY (source), result, &numbers, &results, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  take (many, numbers, results);
  if (many->progress != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    many->progress (many->n_asked, many->progress_data);
  read_next (g_steal_pointer (&task));
}

/* Takes @task. */
static void
read_next (GTask *task)
{
  Many *many = g_task_get_task_data (task);
  guint n = MIN (many->numbers->len - many->n_asked, DIO_RESULT_LIST_PAGE_SIZE * 4);
  g_autoptr(GArray) numbers = NULL;

  if (n == 0 || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_pointer (task, g_steal_pointer (&many->results), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }

  numbers = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  g_array_append_vals (numbers, &g_array_index (many->numbers, gint64, many->n_asked), n);
  many->n_asked += n;
  _dio_library_read_list_async (g_task_get_source_object (task), NULL, numbers, 0, page_read_cb, task);
}

/**
 * dio_library_load_many_async:
 * @self: an open library
 * @numbers: (element-type gint64): of results
 * @progress: (nullable): called now and then with how many are read
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends the reading, and the calls of @progress
 * @callback: called when all are read
 * @user_data: data for @callback
 */
void
dio_library_load_many_async (DioLibrary          *self,
                             GArray              *numbers,
                             DioLibraryManyFunc   progress,
                             gpointer             progress_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Many *many;

  g_return_if_fail (DIO_IS_LIBRARY (self));
  g_return_if_fail (numbers != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  many = g_new0 (Many, 1);
  many->numbers = g_array_ref (numbers);
  many->found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  many->progress = progress;
  many->progress_data = progress_data;
  many->results = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, dio_library_load_many_async);
  g_task_set_task_data (task, many, (GDestroyNotify) many_free);
  read_next (task);
}

/**
 * dio_library_load_many_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type DioResult): those that are still there,
 *   in the order of their numbers as they were given; %NULL with
 *   %DIO_ERROR_STORAGE
 */
GPtrArray *
dio_library_load_many_finish (DioLibrary    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return _dio_library_finish_pointer (self, result, dio_library_load_many_async, error);
}
