/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the library does once nobody waits for it; these tests do wait. */

#include "config.h"

#include "dio-hash.h"
#include "library-fixture.h"

static void
test_care_hashes (LibraryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  g_autofree char *hash = dio_hash_bytes (bytes);
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(DioResult) result = NULL;
  g_autoptr(DioResult) found = NULL;
  g_autoptr(DioJob) job = NULL;
  g_autofree char *none = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  job = library_fixture_add_job (fixture, "a table");
  g_object_unref (library_fixture_add_bytes (fixture, job, 0, bytes));
  none = library_fixture_query (fixture, "UPDATE results SET hash = NULL");
  library_fixture_open (fixture);
  result = library_fixture_get_result (fixture, 0);
  g_assert_null (dio_result_get_hash (result));
  while (dio_result_get_hash (result) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (dio_result_get_hash (result), ==, hash);

  dio_library_load_by_hash_async (fixture->library, hash, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  found = dio_library_load_by_hash_finish (fixture->library, finished, &error);
  g_assert_no_error (error);
  g_assert_true (found == result);
}

static gboolean
is_checked (LibraryFixture *fixture)
{
  g_autofree char *value = library_fixture_query (fixture, "SELECT value FROM settings WHERE name = 'checked'");

  return value != NULL;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Another process adds a picture: the list of this one shows it. */
static void
test_care_news (LibraryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr(GBytes) bytes = library_test_make_bytes (1, 1000);
  DioLibrary *other = NULL;
  g_autoptr(DioResultList) list = NULL;
  g_autoptr(DioJob) job = library_test_make_job ("local", NULL, "a table", NULL);
  g_autoptr(GError) error = NULL;
  guint wake_id = g_timeout_add (100, wake_cb, NULL);

  library_fixture_open (fixture);
  list = library_test_list (fixture->library);
  while (!is_checked (fixture))
    g_main_context_iteration (NULL, TRUE);

  other = dio_library_new (fixture->folder);
  g_assert_true (library_test_open (other, &error));
  g_assert_true (library_test_add_job (other, job, &error));
  g_object_unref (library_test_add_bytes (other, job, 0, bytes, &error));
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (wake_id);
  g_clear_object (&list);
  g_assert_finalize_object (other);
}

#define add(path, func) \
  g_test_add ("/library-care/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("hashes", test_care_hashes);
  add ("news", test_care_news);

  return g_test_run ();
}
