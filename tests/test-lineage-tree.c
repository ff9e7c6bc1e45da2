/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results that were used as references are found again by what is in their files. */

#include "config.h"

#include "library-fixture.h"

#include "dio-error.h"
#include "dio-hash.h"
#include "dio-kept-photo.h"
#include "dio-lineage-tree.h"

/* A job of one photo, and what came of it. */
static DioResult *
make_pass (LibraryFixture *fixture,
           GBytes         *photo,
           guint           number)
{
  g_autoptr(DioJob) job = library_test_make_job ("test", "", "a pass", photo);
  g_autoptr(GBytes) picture = library_test_make_bytes (number, 1000);
  g_autoptr(GError) error = NULL;

  g_assert_true (library_test_add_job (fixture->library, job, &error));
  g_assert_no_error (error);

  return library_fixture_add_bytes (fixture, job, 0, picture);
}

static DioLineageTree *
load (LibraryFixture *fixture,
      DioResult      *result)
{
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GError) error = NULL;
  DioLineageTree *tree;

  dio_lineage_tree_load_async (fixture->library, result, NULL, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  tree = dio_lineage_tree_load_finish (fixture->library, finished, &error);
  g_assert_no_error (error);

  return tree;
}

static const DioLineageNode *
get_only (const DioLineageNode *node,
          DioLineageKind        kind)
{
  const DioLineageNode *only;

  g_assert_cmpuint (node->nodes->len, ==, 1);
  only = g_ptr_array_index (node->nodes, 0);
  g_assert_cmpint (only->kind, ==, kind);

  return only;
}

static void
assert_is (const DioLineageNode *node,
           DioResult            *result)
{
  g_assert_cmpstr (dio_result_get_id (node->result), ==, dio_result_get_id (result));
}

static void
remove_reference (LibraryFixture *fixture,
                  GBytes         *photo)
{
  g_autofree char *hash = dio_hash_bytes (photo);
  g_autofree char *path = g_build_filename (fixture->folder, "references", hash, NULL);

  library_test_remove_tree (path);
}

/* A photo, a pass, a pass of that: seen from both ends, and after a restart. */
static void
test_passes (LibraryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (1, 500);
  g_autoptr(GBytes) picture = library_test_make_bytes (2, 1000);
  g_autoptr(DioResult) first = NULL;
  g_autoptr(DioResult) second = NULL;
  g_autoptr(DioLineageTree) of_first = NULL;
  g_autoptr(DioLineageTree) of_second = NULL;
  g_autoptr(DioLineageTree) without = NULL;
  const DioLineageNode *node;

  library_fixture_open (fixture);
  first = make_pass (fixture, photo, 2);
  second = make_pass (fixture, picture, 3);
  library_fixture_open (fixture);

  of_first = load (fixture, first);
  get_only (of_first->up, DIO_LINEAGE_PHOTO);
  assert_is (get_only (of_first->down, DIO_LINEAGE_RESULT), second);

  of_second = load (fixture, second);
  node = get_only (of_second->up, DIO_LINEAGE_RESULT);
  assert_is (node, first);
  get_only (node, DIO_LINEAGE_PHOTO);
  g_assert_cmpuint (of_second->down->nodes->len, ==, 0);

  remove_reference (fixture, photo);
  library_fixture_open (fixture);
  without = load (fixture, first);
  get_only (without->up, DIO_LINEAGE_MISSING);
}

static void
test_cancelled (LibraryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (1, 500);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(DioLineageTree) tree = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  result = make_pass (fixture, photo, 2);
  dio_lineage_tree_load_async (fixture->library, result, cancellable, library_test_finished_cb, &finished);
  g_cancellable_cancel (cancellable);
  library_test_wait_for (&finished);
  tree = dio_lineage_tree_load_finish (fixture->library, finished, &error);
  g_assert_null (tree);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_photo (LibraryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr(GBytes) photo = library_test_make_bytes (1, 500);
  g_autofree char *hash = dio_hash_bytes (photo);
  g_autoptr(DioResult) result = NULL;
  g_autoptr(GAsyncResult) finished = NULL;
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(GBytes) none = NULL;
  g_autoptr(GError) error = NULL;

  library_fixture_open (fixture);
  result = make_pass (fixture, photo, 2);

  dio_kept_photo_load_async (fixture->library, hash, NULL, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  kept = dio_kept_photo_load_finish (finished, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, photo));

  g_clear_object (&finished);
  dio_kept_photo_load_async (fixture->library, "no hash", NULL, library_test_finished_cb, &finished);
  library_test_wait_for (&finished);
  none = dio_kept_photo_load_finish (finished, &error);
  g_assert_null (none);
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

#define add(path, func) \
  g_test_add ("/lineage-tree/" path, LibraryFixture, NULL, library_fixture_set_up, func, library_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("passes", test_passes);
  add ("cancelled", test_cancelled);
  add ("photo", test_photo);

  return g_test_run ();
}
