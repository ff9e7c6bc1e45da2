/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list of results reads: which there are, and pages of them. */

#include "config.h"

#include "dio-library-private.h"
#include "dio-result-list-private.h"

typedef struct
{
  /* Given: a query, or numbers */
  DioResultQuery *query;     /* (owned) (nullable) */
  guint           n_first;   /* how many of what the query finds */
  guint           n_changes; /* of the library, when it was asked */

  /* Given or found */
  GArray         *numbers;   /* (owned) (nullable) */

  /* Found */
  GPtrArray      *results;   /* (owned) (nullable) (element-type DioResult) */
} Page;

static void
page_free (Page *page)
{
  g_clear_pointer (&page->query, dio_result_query_free);
  g_clear_pointer (&page->numbers, g_array_unref);
  g_clear_pointer (&page->results, g_ptr_array_unref);
  g_free (page);
}

static gboolean
read_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  Page *page = task_data;
  guint n;

  if (!dio_archive_open_to_read (store, error))
    return FALSE;

  if (page->query != NULL)
    page->numbers = dio_archive_list_numbers (store, page->query, error);
  if (page->numbers == NULL)
    return FALSE;

  n = page->query != NULL ? MIN (page->n_first, page->numbers->len) : page->numbers->len;
  page->results = dio_archive_load_numbered (store, (const gint64 *) (gpointer) page->numbers->data, n, error);

  return page->results != NULL;
}

static void
read_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  Page *page = g_task_get_task_data (task);

  _dio_library_share_all (self, page->results, page->n_changes == self->n_changes);
  g_task_return_boolean (task, TRUE);
}

/* @query and @numbers: (nullable): one of them */
void
_dio_library_read_list_async (DioLibrary            *self,
                              const DioResultQuery  *query,
                              GArray                *numbers,
                              guint                  n_first,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Page *page = g_new0 (Page, 1);

  g_task_set_source_tag (task, _dio_library_read_list_async);
  page->query = query != NULL ? dio_result_query_copy (query) : NULL;
  page->numbers = numbers != NULL ? g_array_ref (numbers) : NULL;
  page->n_first = n_first;
  page->n_changes = self->n_changes;
  _dio_library_push_reading (task, page, (GDestroyNotify) page_free, read_in_thread, read_done);
}

/* @numbers: (out) (optional) (transfer full); @results: (out) (transfer full) */
gboolean
_dio_library_read_list_finish (DioLibrary    *self,
                               GAsyncResult  *result,
                               GArray       **numbers,
                               GPtrArray    **results,
                               GError       **error)
{
  Page *page;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, _dio_library_read_list_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  page = g_task_get_task_data (G_TASK (result));
  if (numbers != NULL)
    *numbers = g_steal_pointer (&page->numbers);
  *results = g_steal_pointer (&page->results);

  return TRUE;
}
