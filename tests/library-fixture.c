/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library in a folder of its own, with every operation waited for. */

#include "config.h"

#include "library-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static const DioParameter parameters[] = {
  {
    .name = "n-images",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_COUNT,
    .minimum = 1,
    .maximum = 9,
    .step = 1,
    .fallback = 4,
  },
};

static const DioModelSpec spec = {
  .id = "test-model",
  .title = "Test",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

void
library_test_remove_tree (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      library_test_remove_tree (child);
    }

  g_assert_cmpint (g_remove (path), ==, 0);
}

void
library_fixture_set_up (LibraryFixture *self,
                        gconstpointer   data)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("dio-library-XXXXXX", &error);
  g_assert_no_error (error);
}

void
library_fixture_tear_down (LibraryFixture *self,
                           gconstpointer   data)
{
  library_fixture_close (self);
  library_test_remove_tree (self->folder);
  g_free (self->folder);
}

void
library_fixture_open (LibraryFixture *self)
{
  g_autoptr(GError) error = NULL;

  library_fixture_close (self);
  self->library = dio_library_new (self->folder);
  g_assert_true (library_test_open (self->library, &error));
  g_assert_no_error (error);
}

/* Rows without files: a list reads none. */
void
library_fixture_add_rows (LibraryFixture *self,
                          guint           n)
{
  g_autoptr(DioJob) job = library_fixture_add_job (self, "a table");
  g_autofree char *sql = NULL;
  g_autofree char *none = NULL;

  sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
                         "INSERT INTO results (id, job_id, idx, path, width, height, seed, seconds, notes, created,"
                         "                     provider, model, prompt, rating) "
                         "SELECT 'r' || i, '%s', i, printf ('%%06d.png', i * 7919 %% 10007), 8, 6, i, 1.5, '[]',"
                         "       i * 3600000000, 'local', 'm', 'number ' || i, i %% 6 FROM n",
                         n, dio_job_get_id (job));
  none = library_fixture_query (self, sql);
  library_fixture_open (self);
}

/* Whatever is under way holds the library, such as what it does in its own time. */
void
library_fixture_close (LibraryFixture *self)
{
  DioLibrary *library = g_steal_pointer (&self->library);

  if (library == NULL)
    return;

  g_object_add_weak_pointer (G_OBJECT (library), (gpointer *) &library);
  g_object_unref (library);
  while (library != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: (nullable): the first column of the first row */
char *
library_fixture_query (LibraryFixture *self,
                       const char     *sql)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);
  sqlite3_stmt *statement = NULL;
  sqlite3 *database = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);

  return text;
}

/* Returns: how many names in @folder begin with @prefix */
guint
library_fixture_count (LibraryFixture *self,
                       const char     *folder,
                       const char     *prefix)
{
  g_autofree char *path = g_build_filename (self->folder, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);

  return n;
}

void
library_test_wait_for_list (DioResultList *list)
{
  while (dio_result_list_get_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: (transfer full): the list has it, too, as long as it lives */
DioResult *
library_test_read (DioResultList *list,
                   guint          position)
{
  g_autoptr(DioResultSlot) slot = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (slot);
  while (dio_result_slot_get_result (slot) == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_object_ref (dio_result_slot_get_result (slot));
}

/* Returns: (transfer full): all that is not in the trash, newest first */
DioResultList *
library_test_list (DioLibrary *library)
{
  DioResultList *list = dio_result_list_new (library);

  library_test_wait_for_list (list);

  return list;
}

guint
library_fixture_get_n_results (LibraryFixture *self)
{
  g_autoptr(DioResultList) list = library_test_list (self->library);

  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

DioResult *
library_fixture_get_result (LibraryFixture *self,
                            guint           position)
{
  g_autoptr(DioResultList) list = library_test_list (self->library);

  return library_test_read (list, position);
}

DioJob *
library_fixture_add_job (LibraryFixture *self,
                         const char     *prompt)
{
  g_autoptr(DioJob) job = library_test_make_job ("local", NULL, prompt, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (library_test_add_job (self->library, job, &error));
  g_assert_no_error (error);

  return g_steal_pointer (&job);
}

DioResult *
library_fixture_add_bytes (LibraryFixture *self,
                           DioJob         *job,
                           guint           index,
                           GBytes         *bytes)
{
  g_autoptr(GError) error = NULL;
  DioResult *result = library_test_add_bytes (self->library, job, index, bytes, &error);

  g_assert_no_error (error);
  g_assert_true (DIO_IS_RESULT (result));

  return result;
}

void
library_test_assert_file (DioResult *result,
                          GBytes    *bytes)
{
  g_autoptr(GBytes) contents = library_test_read_file (dio_result_get_path (result));

  g_assert_true (g_bytes_equal (contents, bytes));
}

DioJob *
library_test_make_job (const char *provider_id,
                       const char *title,
                       const char *prompt,
                       GBytes     *photo)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioModelInfo) model = dio_model_info_new (provider_id, &spec);
  g_autoptr(DioRequest) request = NULL;
  g_autoptr(GError) error = NULL;

  if (photo != NULL)
    {
      g_autoptr(DioReference) reference = dio_reference_new (photo, "image/png", 4, 4, "watch.png");

      dio_reference_set_name (reference, "watch");
      dio_composition_add_reference (composition, reference, 0);
    }
  if (title != NULL)
    dio_composition_set_title (composition, title);
  dio_prompt_set_text (dio_composition_get_prompt (composition), prompt);

  request = dio_request_new (composition, model, &error);
  g_assert_no_error (error);

  return dio_job_new (request);
}

/* Bytes that tell their number and their place, so that a mix-up shows. */
GBytes *
library_test_make_bytes (guint number,
                         gsize size)
{
  guint32 *words = g_new (guint32, size / 4 + 1);

  for (gsize i = 0; i < size / 4 + 1; i++)
    words[i] = number * 2654435761u + (guint32) i;

  return g_bytes_new_take (words, size);
}

GBytes *
library_test_read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

void
library_test_finished_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  GAsyncResult **finished = user_data;

  *finished = g_object_ref (result);
}

void
library_test_wait_for (GAsyncResult **finished)
{
  while (*finished == NULL)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
library_test_open (DioLibrary *library,
                   GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_library_open_async (library, NULL, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_library_open_finish (library, finished, error);
}

gboolean
library_test_add_job (DioLibrary *library,
                      DioJob     *job,
                      GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_add_job_async (DIO_JOB_STORE (library), job, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_add_job_finish (DIO_JOB_STORE (library), finished, error);
}

gboolean
library_test_update_job (DioLibrary *library,
                         DioJob     *job,
                         GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_update_job_async (DIO_JOB_STORE (library), job, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_update_job_finish (DIO_JOB_STORE (library), finished, error);
}

DioResult *
library_test_add_picture (DioLibrary *library,
                          DioJob     *job,
                          DioPicture *picture,
                          GError    **error)
{
  g_autoptr(GAsyncResult) finished = NULL;

  dio_job_store_add_picture_async (DIO_JOB_STORE (library), job, picture, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_job_store_add_picture_finish (DIO_JOB_STORE (library), finished, error);
}

DioResult *
library_test_add_bytes (DioLibrary *library,
                        DioJob     *job,
                        guint       index,
                        GBytes     *bytes,
                        GError    **error)
{
  g_autoptr(DioPicture) picture = dio_picture_new (bytes, "png", index, 8, 6);

  return library_test_add_picture (library, job, picture, error);
}

gboolean
library_test_delete (DioLibrary *library,
                     DioResult  *result,
                     GError    **error)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();
  g_autoptr(GAsyncResult) finished = NULL;

  g_ptr_array_add (results, result);
  dio_library_delete_async (library, results, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_library_delete_finish (library, finished, error);
}

gboolean
library_test_restore (DioLibrary *library,
                      DioResult  *result,
                      GError    **error)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new ();
  g_autoptr(GAsyncResult) finished = NULL;

  g_ptr_array_add (results, result);
  dio_library_restore_async (library, results, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);

  return dio_library_restore_finish (library, finished, error);
}
