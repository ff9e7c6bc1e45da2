/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list of results reads: which there are, and pages of them. */

#include "config.h"

#include "dio-library-private.h"
#include "dio-result-list-private.h"

struct _DioListPage
{
  /* Given: a query, or numbers */
  DioResultQuery *query;     /* (owned) (nullable) */
  guint           n_first;   /* how many of what the query finds */
  guint           n_changes; /* of the library, when it was asked */

  /* Given or found */
  GArray         *numbers;   /* (owned) (nullable) */

  /* Found */
  GPtrArray      *results;   /* (owned) (nullable) (element-type DioResult) */
};

void
_dio_list_page_free (DioListPage *page)
{
  g_clear_pointer (&page->query, dio_result_query_free);
  g_clear_pointer (&page->numbers, g_array_unref);
  g_clear_pointer (&page->results, g_ptr_array_unref);
  g_free (page);
}

static gboolean
read_page (DioListPage  *page,
           DioArchive   *archive,
           GError      **error)
{
  guint n;

  if (page->query != NULL)
    page->numbers = dio_archive_list_numbers (archive, page->query, error);
  if (page->numbers == NULL)
    return FALSE;

  n = page->query != NULL ? MIN (page->n_first, page->numbers->len) : page->numbers->len;
  page->results = dio_archive_load_numbered (archive, (const gint64 *) (gpointer) page->numbers->data, n, error);

  return page->results != NULL;
}

static gboolean
read_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  return dio_archive_open_to_read (store, error) && read_page (task_data, store, error);
}

/* Returns: (transfer full): what a list shows first, yet to be read */
DioListPage *
_dio_list_page_new_first (void)
{
  DioListPage *page = g_new0 (DioListPage, 1);

  page->query = dio_result_query_new ();
  page->n_first = DIO_RESULT_LIST_PAGE_SIZE;

  return page;
}

/* What cannot be read is read again when it is asked for, which tells why. */
void
_dio_list_page_read_ahead (DioListPage *page,
                           DioArchive  *archive)
{
  gboolean has_news;

  /* From here on the library notices what others write. */
  if (!dio_archive_has_news (archive, &has_news, NULL) || !read_page (page, archive, NULL))
    g_clear_pointer (&page->results, g_ptr_array_unref);
}

static void
read_done (GTask *task)
{
  DioLibrary *self = DIO_LIBRARY (g_task_get_source_object (task));
  DioListPage *page = g_task_get_task_data (task);

  _dio_library_share_all (self, page->results, page->n_changes == self->n_changes);
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_ahead (DioLibrary           *self,
          const DioResultQuery *query)
{
  return query != NULL && self->ahead != NULL && self->ahead->results != NULL &&
         dio_result_query_equal (query, self->ahead->query);
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
  DioListPage *page;

  g_task_set_source_tag (task, _dio_library_read_list_async);
  if (is_ahead (self, query))
    {
      g_task_set_task_data (task, g_steal_pointer (&self->ahead), (GDestroyNotify) _dio_list_page_free);
      read_done (task);
      g_object_unref (task);
      return;
    }

  page = g_new0 (DioListPage, 1);
  page->query = query != NULL ? dio_result_query_copy (query) : NULL;
  page->numbers = numbers != NULL ? g_array_ref (numbers) : NULL;
  page->n_first = n_first;
  page->n_changes = self->n_changes;
  _dio_library_push_reading (task, page, (GDestroyNotify) _dio_list_page_free, read_in_thread, read_done);
}

/* @numbers: (out) (optional) (transfer full); @results: (out) (transfer full) */
gboolean
_dio_library_read_list_finish (DioLibrary    *self,
                               GAsyncResult  *result,
                               GArray       **numbers,
                               GPtrArray    **results,
                               GError       **error)
{
  DioListPage *page;

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
